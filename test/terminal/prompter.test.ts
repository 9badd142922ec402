import { PassThrough } from "node:stream";
import { stripVTControlCharacters } from "node:util";
import { expect, test } from "vitest";
import { InterruptedError } from "../../src/errors.js";
import { createPrompter } from "../../src/terminal/index.js";

/** A person at a terminal: types `keys` once the question is on the screen. */
function person(question: string, keys: string) {
  const input = new PassThrough();
  const output = new PassThrough();
  let screen = "";
  let typed = false;
  output.on("data", (chunk: Buffer) => {
    screen += chunk.toString();
    if (typed || !screen.includes(question)) return;
    typed = true;
    // The prompt listens from the turn after its first drawing.
    setImmediate(() => setImmediate(() => input.write(keys)));
  });
  const abort = new AbortController();
  return {
    prompter: createPrompter({ input, output, signal: abort.signal }),
    screen: () => stripVTControlCharacters(screen),
    abort: () => abort.abort(),
  };
}

test("asks for a line of text", async () => {
  const { prompter } = person("Name?", "my bot\r");
  await expect(prompter.text("Name?")).resolves.toBe("my bot");
});

test("what is hidden never reaches the screen", async () => {
  const { prompter, screen } = person("Secret?", "hunter2\r");
  await expect(prompter.hidden("Secret?")).resolves.toBe("hunter2");
  expect(screen()).not.toContain("hunter2");
});

test("offers choices with what they mean", async () => {
  const { prompter, screen } = person("Events?", " \r");
  const choices = [{ value: "note", description: "you post" }, { value: "reply" }] as const;
  await expect(prompter.some("Events?", choices)).resolves.toEqual(["note"]);
  expect(screen()).toContain("you post");
});

test("Ctrl-C in a question is an interruption", async () => {
  const { prompter } = person("Sure?", "\u0003");
  await expect(prompter.yesOrNo("Sure?", false)).rejects.toBeInstanceOf(InterruptedError);
});

test("Ctrl-D and a terminal that goes away are interruptions too", async () => {
  const { prompter } = person("Name?", "\u0004");
  await expect(prompter.text("Name?")).rejects.toBeInstanceOf(InterruptedError);
});

test("one question can follow another", async () => {
  const first = person("Name?", "my bot\r");
  await first.prompter.text("Name?");
  await expect(person("Name?", "another\r").prompter.text("Name?")).resolves.toBe("another");
});

test("a signal from elsewhere ends the question too", async () => {
  const { prompter, abort } = person("Sure?", "");
  const answer = prompter.yesOrNo("Sure?", false);
  abort();
  await expect(answer).rejects.toBeInstanceOf(InterruptedError);
});
