import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { CommandContext } from "../../../src/commands/command.js";
import { followKeys } from "../../../src/commands/sandbox/keys.js";
import { createSandbox } from "../../../src/sandbox/index.js";
import { startRecordingReceiver } from "../../support/recording-receiver.js";

test("q shows what is pending, r tries it again, d drops it", async () => {
  await using receiver = await startRecordingReceiver((_request, response) => void response.writeHead(500).end());
  const sandbox = await createSandbox();
  const stdin = new PassThrough();
  const notes: string[] = [];
  const context = {
    interactive: true,
    stdin,
    colour: { result: false, note: false },
    note: (text: string) => void notes.push(text),
    now: () => Date.now(),
  } as unknown as CommandContext;
  const stop = followKeys(sandbox, context);
  const type = async (line: string): Promise<string | undefined> => {
    const before = notes.length;
    stdin.write(`${line}\n`);
    await expect.poll(() => notes.length).toBeGreaterThan(before);
    return notes.at(-1);
  };

  expect(await type("q")).toBe("Nothing is pending.");
  await sandbox.as("alice").hook(receiver.url, { on: ["note"], secret: "hush" });
  const attempt = () => new Promise((resolve) => void sandbox.on("delivery", resolve));
  let attempted = attempt();
  await sandbox.as("alice").note("hello");
  await attempted;
  expect(await type("q")).toMatch(/1 +note +http:\/\/127\.0\.0\.1:\d+ +1 +500 +in \d/);
  attempted = attempt();
  expect(await type("r")).toMatch(/^Trying again now: note/);
  await attempted;
  expect(receiver.requests).toHaveLength(2);
  expect(await type("d 2")).toBe("There is no such pending delivery.");
  expect(await type("d 1")).toMatch(/^Dropped: note/);
  expect(await type("help")).toContain("q shows pending");
  expect(notes.join("\n")).not.toContain("hush");
  stop();
  await sandbox.settled();
  await sandbox.close();
});

test("nobody at a terminal: standard input is left alone", async () => {
  const sandbox = await createSandbox();
  const stdin = new PassThrough();
  followKeys(sandbox, { interactive: false, stdin } as unknown as CommandContext)();
  stdin.write("q\n");
  expect(stdin.readableLength).toBe(2);
  await sandbox.close();
});
