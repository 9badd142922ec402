// The slots themselves: as many tasks at once as there are, in order, whatever becomes of the tasks.
import { expect, test } from "vitest";
import { createSlots } from "../../src/delivery/index.js";

test.each([1, 2, 5])("%i at once, no more and no less, also after tasks that failed", async (count) => {
  const inSlot = createSlots(count);
  const order: number[] = [];
  let running = 0;
  for (const fails of [false, true, false]) {
    let most = 0;
    const tasks = Array.from({ length: 20 }, (_, index) =>
      inSlot(async () => {
        running++;
        most = Math.max(most, running);
        order.push(index);
        await new Promise((resolve) => void setImmediate(resolve));
        running--;
        if (fails && index % 3 === 0) throw new Error("failed");
        return index;
      }),
    );
    await Promise.allSettled(tasks);
    expect(most).toBe(count);
    expect(running).toBe(0);
  }
  const once = Array.from({ length: 20 }, (_, index) => index);
  expect(order).toEqual([...once, ...once, ...once]);
});
