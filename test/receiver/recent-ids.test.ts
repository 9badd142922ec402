import * as fc from "fast-check";
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

test("an id of the longest kind is remembered", () => {
  const recent = new RecentIds(3);
  const longest = "x".repeat(128);
  expect([recent.seenBefore(longest), recent.seenBefore(longest)]).toEqual([false, true]);
});

test("exactly the last ones are known, however many come", () => {
  const ids = fc.array(fc.constantFrom(..."abcdefgh"), { minLength: 20, maxLength: 60 });
  fc.assert(
    fc.property(ids, fc.integer({ min: 1, max: 5 }), (order, capacity) => {
      const recent = new RecentIds(capacity);
      const last: string[] = [];
      for (const id of order) {
        expect(recent.seenBefore(id)).toBe(last.includes(id));
        if (!last.includes(id)) last.push(id);
        if (last.length > capacity) last.shift();
      }
    }),
  );
});
