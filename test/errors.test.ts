// Errors are facts: a code and parameters. Their words come from whichever catalogue was registered.
import { afterEach, describe, expect, test } from "vitest";
import { LocalError, MisskeyHooksError, UsageError, useWords } from "../src/errors.js";
import { en } from "../src/reporters/messages/en.js";
import { speak } from "../src/reporters/messages/index.js";

afterEach(() => speak(en));

describe("an error", () => {
  test("keeps its code and parameters, and speaks the language in use at the time", () => {
    const error = new LocalError("port-in-use", { host: "127.0.0.1", port: 4649, by: "sandbox" });
    expect(error).toMatchObject({
      name: "LocalError",
      code: "port-in-use",
      outcome: "local",
      params: { host: "127.0.0.1", port: 4649 },
    });
    expect(error.message).toBe("Port 4649 on 127.0.0.1 is taken by another program.");
    expect(error.hint).toMatch(/--port 0/);
    useWords(() => ({ message: "使われています" }));
    expect(error).toMatchObject({ message: "使われています", hint: undefined });
  });

  test("says its code and parameters where no words are known", () => {
    useWords(() => undefined as never);
    const error = new UsageError("no-such-profile", { name: "a\nb", known: ["c"] });
    expect(error.message).toBe(String.raw`no-such-profile name="a\nb" known=["c"]`);
    expect(error.stack?.split("\n")[0]).toBe(`UsageError: ${error.message}`);
  });

  test("has its message in the stack, and its cause", () => {
    const cause = new Error("below");
    const error = new LocalError("config-busy", { path: "/tmp/x" }, { cause });
    expect(error.stack?.split("\n")[0]).toBe(`LocalError: ${error.message}`);
    expect(error.cause).toBe(cause);
    expect(error).toBeInstanceOf(MisskeyHooksError);
  });

  test("may be known by the code that somebody else gave it", () => {
    const params = { endpoint: "notes/create", text: "No such note.", info: "" };
    const error = new UsageError("refused-by-sandbox", params, { knownAs: "no-such-note" });
    expect(error).toMatchObject({ code: "no-such-note", fact: { code: "refused-by-sandbox", params } });
    const about = new UsageError("script-line-refused", { line: 3, of: error.fact });
    expect(about.message).toBe("Line 3 of the script: notes/create: No such note.");
  });

  test("is one line of text whatever its parameters hold, and lists stay lists", () => {
    const evil = "x\n::error::\u001B[2J\u202E";
    const error = new UsageError("no-such-profile", { name: evil, known: [evil, "b"] });
    expect(error.message).toBe(String.raw`There is no profile called “x\u{a}::error::\u{1b}[2J\u{202e}”.`);
    expect(error.hint).toBe(String.raw`There are: x\u{a}::error::\u{1b}[2J\u{202e}, b.`);
  });
});

test("a code without words or a wrong parameter doesn't compile", () => {
  // @ts-expect-error: no such code
  expect(new UsageError("nobody-knows-this", {}).code).toBe("nobody-knows-this");
  // @ts-expect-error: a parameter is missing
  expect(new UsageError("config-busy", {}).code).toBe("config-busy");
  // @ts-expect-error: a parameter of another type
  expect(new LocalError("config-busy", { path: 1 }).code).toBe("config-busy");
});
