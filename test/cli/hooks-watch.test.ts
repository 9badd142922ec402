import { describe, expect, test } from "vitest";
import { compareHooks, type Hook, Secret } from "../../src/instance/index.js";
import { useHookAccount } from "../support/hook-account.js";

const { hooks } = useHookAccount();

const hook = (changes: Partial<Hook> = {}): Hook => ({
  id: "1",
  userId: "u",
  name: "bot",
  url: "https://bot.example/",
  secret: new Secret("s"),
  on: ["note"],
  active: true,
  latestSentAt: null,
  latestStatus: null,
  ...changes,
});

describe("what differs between two lists", () => {
  const kinds = (before: Hook[], after: Hook[]): string[] => compareHooks(before, after).map(({ kind }) => kind);
  test.each([
    ["nothing", [hook()], [hook()], []],
    ["an attempt", [hook()], [hook({ latestSentAt: "2026", latestStatus: 200 })], ["delivered"]],
    [
      "one with the same status",
      [hook({ latestSentAt: "2025", latestStatus: 200 })],
      [hook({ latestSentAt: "2026", latestStatus: 200 })],
      ["delivered"],
    ],
    ["an edit", [hook()], [hook({ url: "https://other.example/" })], ["changed"]],
    ["a new secret", [hook()], [hook({ secret: new Secret("t") })], ["changed"]],
    ["a new hook", [], [hook()], ["created"]],
    ["a deleted hook", [hook()], [], ["deleted"]],
  ])("%s", (_case, before, after, expected) => {
    expect(kinds(before, after)).toEqual(expected);
  });
});

test("too often is refused", async () => {
  expect(await hooks(["watch", "--interval", "1ms"])).toMatchObject({ exitCode: 2 });
});
