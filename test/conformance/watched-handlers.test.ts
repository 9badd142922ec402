// What the checks say of a handler whose doings are watched, and what they don't claim when the watching sees nothing.
import type { ServerResponse } from "node:http";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CheckRun, openOutbound } from "../../src/conformance/index.js";
import { createVirtualTime, type VirtualTime } from "../support/virtual-time.js";
import { checkHandler, type HandlerRun } from "./check-handler.js";
import { type Parts, type StartedHandler, startHandler } from "./handlers/handler.js";

let handler: StartedHandler | undefined;
let time: VirtualTime;
beforeEach(() => void (time = createVirtualTime()));
afterEach(async () => {
  time.end();
  await handler?.close();
});

async function watch(parts: Parts, options: HandlerRun): Promise<CheckRun> {
  const started = await startHandler(parts, undefined, time.pause);
  handler = started;
  return checkHandler(started.url, { effectCounter: async () => started.acted(), time, ...options });
}

const outcomes = ({ results }: CheckRun): Record<string, string> =>
  Object.fromEntries(results.map(({ check, verdict }) => [check.id, verdict]));
const messageOf = ({ results }: CheckRun, id: string): string | undefined =>
  results.find(({ check }) => check.id === id)?.message;

const okay = (response: ServerResponse): void =>
  void response.writeHead(200, { "content-type": "text/plain" }).end("ok");
/** Does something about follows alone. */
const following: Parts = {
  handle: (payload, act) => {
    if (payload["type"] === "follow") act();
  },
};

test("an event that it accepts and does nothing about: a warning when the hook is for it", async () => {
  const only = ["accepts", "handler"];
  const given = await watch(following, { on: ["mention", "follow"], only });
  expect(outcomes(given)).toEqual({ "handler.alive": "pass", "accepts.mention": "warn", "accepts.follow": "pass" });
  expect(messageOf(given, "accepts.mention")).toContain("was not seen to act on any");
  expect(messageOf(given, "accepts.follow")).toContain("was seen to act");
  await handler?.close();
  const guessed = await watch(following, { on: ["mention", "follow"], onIsGiven: false, only });
  expect(outcomes(guessed)["accepts.mention"]).toBe("pass");
});

test("idempotency is tried with an event that it acts on", async () => {
  const run = await watch(
    { ...following, remembers: false },
    { on: ["mention", "follow"], only: ["delivery.redelivery"] },
  );
  expect(outcomes(run)).toEqual({ "delivery.redelivery": "fail" });
});

test("a watch that sees nothing proves nothing, and says so", async () => {
  const parts: Parts = { handle: () => {}, onWrong: okay, answer: okay };
  const run = await watch(parts, {
    on: ["mention"],
    only: ["handler", "accepts", "secret.wrong", "delivery.redelivery"],
  });
  expect(outcomes(run)).toEqual({
    "handler.alive": "pass",
    "accepts.mention": "pass",
    "secret.wrong": "unproved",
    "delivery.redelivery": "skip",
  });
  expect(messageOf(run, "handler.alive")).toContain("was not seen to act on any sample");
  expect(messageOf(run, "accepts.mention")).not.toContain("act");
  expect(messageOf(run, "secret.wrong")).toContain("nobody can tell");
});

test("acting some time after the answer is seen, also when it should not", async () => {
  const late = (act: () => void): void => void time.pause(700).then(act);
  const parts: Parts = {
    handle: (_, act) => late(act),
    onWrong: (response, act) => {
      late(act);
      okay(response);
    },
  };
  const run = await watch(parts, { on: ["mention"], only: ["accepts", "secret.wrong"] });
  expect(outcomes(run)).toEqual({ "accepts.mention": "pass", "secret.wrong": "fail" });
});

test("a counter that somebody else moves once isn't held against the handler", async () => {
  let others = 0;
  let refusals = 0;
  const started = await startHandler({
    onWrong: (response) => {
      // The first is part of the run's baseline, the second the check's own.
      if (++refusals === 2) others++;
      response.writeHead(401).end();
    },
  });
  handler = started;
  const run = await checkHandler(started.url, {
    effectCounter: async () => started.acted() + others,
    time,
    on: ["mention"],
    only: ["secret.wrong"],
  });
  expect(others).toBe(1);
  expect(outcomes(run)).toEqual({ "secret.wrong": "pass" });
});

/** Runs a handler whose calls go to a sink. */
async function withSink(partsFor: (call: (text: string) => Promise<void>) => Parts, only: readonly string[]) {
  const outbound = await openOutbound(0);
  const call = async (text: string): Promise<void> => {
    const { ok } = await fetch(outbound.url, { method: "POST", body: JSON.stringify({ content: text }) });
    if (!ok) throw new Error("it was not taken");
  };
  try {
    handler = await startHandler(partsFor(call), undefined, time.pause);
    return await checkHandler(handler.url, { outbound, time, on: ["mention"], only });
  } finally {
    await outbound.close();
  }
}

type Json = any; // eslint-disable-line -- the code of strangers

test("with a sink: whether any word of the note comes out at all", async () => {
  const reads = (place: (payload: Json) => unknown) => (call: (text: string) => Promise<void>) => ({
    handle: (payload: Json) => call(`New: ${String(place(payload))}`),
  });
  const right = await withSink(
    reads((payload) => payload.body.note.text),
    ["accepts"],
  );
  expect(outcomes(right)).toEqual({ "accepts.mention": "pass" });
  await handler?.close();
  const elsewhere = await withSink(
    reads((payload) => payload.note?.text),
    ["accepts"],
  );
  expect(outcomes(elsewhere)).toEqual({ "accepts.mention": "warn" });
  expect(messageOf(elsewhere, "accepts.mention")).toContain("none of these calls had a word of what it was sent");
});

test("a note of warning to the owner is no action", async () => {
  const warning = (call: (text: string) => Promise<void>): Parts => ({
    handle: (payload) => call((payload as Json).body.note.text as string),
    onWrong: (response) => {
      void call("Somebody knocked with a wrong secret");
      response.writeHead(401).end();
    },
  });
  expect(outcomes(await withSink(warning, ["secret.wrong"]))).toEqual({ "secret.wrong": "pass" });
  await handler?.close();
  const acting = (call: (text: string) => Promise<void>): Parts => ({ ...warning(call), isRight: () => true });
  const run = await withSink(acting, ["secret.wrong"]);
  expect(outcomes(run)).toEqual({ "secret.wrong": "fail" });
});

/** A handler that answers 503 when its call fails, and takes back its mark of the event only after so many milliseconds. */
function takingBack(afterMs: number) {
  const marked = new Set<unknown>();
  return (call: (text: string) => Promise<void>): Parts => ({
    remembers: false,
    handle: async (payload) => {
      const { eventId } = payload;
      if (marked.has(eventId)) return;
      marked.add(eventId);
      try {
        await call((payload as Json).body.note.text as string);
      } catch (error) {
        void time.pause(afterMs).then(() => marked.delete(eventId));
        throw error;
      }
    },
  });
}

/** A handler that takes each event into a queue of its own, answers, and tries again as long as its call fails. */
const queueing =
  (tries: number) =>
  (call: (text: string) => Promise<void>): Parts => ({
    handle: (payload) => {
      const work = async (left: number): Promise<void> => {
        try {
          await call((payload as Json).body.note.text as string);
        } catch {
          if (left > 1) await time.pause(1000).then(() => work(left - 1));
        }
      };
      void work(tries);
    },
  });

test.each([
  ["a mark that is taken back a second later", takingBack(1000), "pass"],
  ["a mark that is never taken back within a server's patience", takingBack(3_600_000), "fail"],
  ["a queue of its own that tries again after a 2xx", queueing(5), "pass"],
  ["work that is given up after a 2xx", queueing(1), "warn"],
])("after a failure: %s", async (_, parts, verdict) => {
  const run = await withSink(parts, ["delivery.after-failure"]);
  expect(outcomes(run)).toEqual({ "delivery.after-failure": verdict });
});
