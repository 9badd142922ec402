import { expect, test } from "vitest";
import { RecentIds } from "../../src/receiver/core/recent-ids.js";

test("an id is known while it is among the last ones", () => {
  const recent = new RecentIds(3);
  expect(["a", "b", "a", "c", "d"].map((id) => recent.seenBefore(id))).toEqual([false, false, true, false, false]);
  expect(recent.seenBefore("b")).toBe(true);
  expect(recent.seenBefore("a")).toBe(false);
});

test("an id that no server would send takes no memory", () => {
  const recent = new RecentIds(3);
  const long = "x".repeat(129);
  expect([recent.seenBefore(long), recent.seenBefore(long)]).toEqual([false, false]);
});
