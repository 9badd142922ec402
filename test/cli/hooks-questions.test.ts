import { expect, test } from "vitest";
import { newHook, useHookAccount } from "../support/hook-account.js";

const { hooks, createBot, onServer } = useHookAccount();

const enter = "\r";

test("asks for what is missing", async () => {
  const { exitCode, stdout, stderr } = await hooks(["create"], {
    dialogue: [
      ["Name of the hook", `asked${enter}`],
      ["URL to deliver to", `http://127.0.0.1:4649/${enter}`],
      ["Events", ` ${enter}`],
      ["Secret", enter],
    ],
  });
  expect(exitCode, stderr).toBe(0);
  const [hook] = await onServer();
  expect(hook).toMatchObject({ name: "asked", on: ["note"] });
  expect(stdout).toContain(hook?.["secret"]);
});

test("a secret that is typed isn't shown", async () => {
  const { exitCode, stdout, stderr } = await hooks(newHook, {
    dialogue: [
      ["Secret", `\u001B[B${enter}`],
      ["Secret of the hook", `hunter2${enter}`],
    ],
  });
  expect(exitCode, stderr).toBe(0);
  expect(await onServer()).toMatchObject([{ secret: "hunter2" }]);
  expect(stdout + stderr).not.toContain("hunter2");
});

test("an answer that can't be used is asked for again", async () => {
  const { exitCode, stderr } = await hooks(["create", "--name", "bot", "--on", "note", "--generate-secret"], {
    dialogue: [
      ["URL to deliver to", `bot.example${enter}`],
      ["That is no URL", `${"\u007F".repeat(11)}http://127.0.0.1/${enter}`],
    ],
  });
  expect(exitCode, stderr).toBe(0);
  expect(await onServer()).toMatchObject([{ url: "http://127.0.0.1/" }]);
});

test("delete asks, and no means no", async () => {
  await createBot();
  const kept = await hooks(["delete", "bot"], { dialogue: [["Delete “bot", enter]] });
  expect(kept.exitCode).toBe(0);
  expect(kept.stderr).toContain("Not deleted");
  expect(await onServer()).toHaveLength(1);
  const deleted = await hooks(["delete", "bot"], { dialogue: [["Delete “bot", `y${enter}`]] });
  expect(deleted.exitCode).toBe(0);
  expect(await onServer()).toEqual([]);
});

test("Ctrl-C in a question changes nothing and exits 130", async () => {
  await createBot();
  const { exitCode, stderr } = await hooks(["delete", "bot"], { dialogue: [["Delete “bot", "\u0003"]] });
  expect(exitCode).toBe(130);
  expect(stderr).not.toMatch(/\bat .*:\d+/);
  expect(await onServer()).toHaveLength(1);
});
