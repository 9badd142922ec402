// The queue by itself: how many at once, which first, and what a clock that is set anew does to it.
import { expect, test } from "vitest";
import type { Sender } from "../../src/delivery/index.js";
import { resolveDialect } from "../../src/protocol/index.js";
import { DeliveryQueue } from "../../src/sandbox/queue/delivery-queue.js";
import type { Job } from "../../src/sandbox/queue/job.js";

const dayMs = 86_400_000;

interface Deliveries {
  readonly sender: Sender;
  /** Deliveries that wait for their answer, in order. */
  readonly open: ((status: number) => void)[];
  /** Resolves once so many have been begun. */
  readonly begun: (count: number) => Promise<void>;
}

/** A sender whose answers the test gives. */
function heldSender(): Deliveries {
  const open: ((status: number) => void)[] = [];
  const waiting: { readonly count: number; readonly resolve: () => void }[] = [];
  let count = 0;
  const deliver = (): Promise<unknown> =>
    new Promise((resolve) => {
      open.push((status) => resolve({ attempts: [{ n: 1, status, ms: 0, redirects: [] }] }));
      count++;
      for (const entry of waiting) if (entry.count <= count) entry.resolve();
    });
  return {
    sender: { deliver, close: async () => {} } as unknown as Sender,
    open,
    begun: (wanted) =>
      new Promise((resolve) => {
        if (count >= wanted) resolve();
        else waiting.push({ count: wanted, resolve });
      }),
  };
}

function queueOf(sender: Sender, now: () => number = Date.now, timeScale = 1): DeliveryQueue {
  return new DeliveryQueue({
    dialect: resolveDialect("misskey"),
    sender,
    timeScale,
    blockPrivate: false,
    host: () => "127.0.0.1",
    now,
    jitter: () => 0,
    onAttempt: () => {},
  });
}

function jobOf(index: number, rest: Partial<Job> = {}): Job {
  return {
    id: `job-${index}`,
    scope: "user",
    hookId: `hook-${index}`,
    type: "note",
    eventId: `event-${index}`,
    url: "http://127.0.0.1:1/",
    secret: "",
    body: "{}",
    once: false,
    attempts: 0,
    dueAt: 0,
    ...rest,
  };
}

/** Long enough for the queue to start whatever it would. */
const turns = () => new Promise((resolve) => setTimeout(resolve, 50));

test.each([
  ["user", 64],
  ["system", 16],
] as const)("%s hooks are delivered to %i at once, and the next begins when one ends", async (scope, limit) => {
  const { sender, open, begun } = heldSender();
  const queue = queueOf(sender);
  for (let index = 0; index < limit + 3; index++) queue.add(jobOf(index, { scope }));
  await begun(limit);
  await turns();
  expect(open).toHaveLength(limit);
  open[0]?.(204);
  await begun(limit + 1);
  await turns();
  expect(open).toHaveLength(limit + 1);
  for (const answer of open) answer(204);
  await begun(limit + 3);
  for (const answer of open) answer(204);
  await queue.settled();
  expect(queue.size).toBe(0);
});

test("the two kinds of hooks don't wait for each other", async () => {
  const { sender, open, begun } = heldSender();
  const queue = queueOf(sender);
  for (let index = 0; index < 70; index++) queue.add(jobOf(index));
  for (let index = 100; index < 120; index++) queue.add(jobOf(index, { scope: "system" }));
  await begun(64 + 16);
  await turns();
  expect(open).toHaveLength(64 + 16);
  queue.close();
});

test("a clock that is set back by a day while a delivery waits doesn't make it wait for a day", async () => {
  const { sender, open, begun } = heldSender();
  let offset = 0;
  const queue = queueOf(sender, () => Date.now() + offset, 600);
  queue.add(jobOf(1));
  await begun(1);
  open[0]?.(500);
  offset = -dayMs;
  await begun(2);
  open[1]?.(204);
  await queue.settled();
});

test("nor does one that was set back between two runs", async () => {
  const { sender, open, begun } = heldSender();
  const queue = queueOf(sender, Date.now, 600);
  queue.restore([jobOf(1, { attempts: 1, dueAt: Date.now() + dayMs }), jobOf(2, { dueAt: Date.now() + dayMs })]);
  expect(queue.size).toBe(2);
  queue.start();
  await begun(2);
  for (const answer of open) answer(204);
  await queue.settled();
});
