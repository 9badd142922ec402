import { expect, test } from "vitest";
import { createFaults, createWebHandler, type FaultOptions } from "../../src/receiver/index.js";

function answers(
  options: Omit<FaultOptions, "random">,
  events: readonly (string | null)[],
  random = () => 0,
): unknown[] {
  const next = createFaults({ ...options, random });
  return events.map((event) => next(event, 204)?.simulated);
}

test("a script's steps come in turn; a last one without a number goes on", () => {
  const steps = [{ fault: 500, times: 2 }, { fault: "drop", times: 1 }, { fault: 204 }] as const;
  expect(answers({ scripts: [{ steps }] }, ["a", "b", null, "a", "a"])).toEqual(["500", "500", "drop", "204", "204"]);
});

test("several scripts for the same follow each other", () => {
  const scripts = [{ steps: [{ fault: 500, times: 1 }] }, { steps: [{ fault: 503, times: 1 }] }];
  expect(answers({ scripts }, ["a", "a", "a"])).toEqual(["500", "503", undefined]);
});

test("an event's own script counts apart, and chances answer for what no script does", () => {
  const scripts = [{ events: ["mention"], steps: [{ fault: 500, times: 1 }] }];
  const chances = [{ share: 0.5, fault: 503 }] as const;
  expect(answers({ scripts, chances }, ["note", "mention", "mention"])).toEqual(["503", "500", "503"]);
  expect(answers({ scripts, chances }, ["note"], () => 0.5)).toEqual([undefined]);
});

test("shares are told apart by what is drawn", () => {
  const chances = [
    { share: 0.25, fault: 500 },
    { share: 0.25, fault: "reset" },
  ] as const;
  const drawn = [0, 0.25, 0.5];
  expect(answers({ chances }, ["a", "a", "a"], () => drawn.shift() ?? 1)).toEqual(["500", "reset", undefined]);
});

test("a delay is said alone, and with an answer", () => {
  expect(answers({ delayMs: 6000 }, ["a"])).toEqual(["delay 6s"]);
  expect(answers({ delayMs: 1500, scripts: [{ steps: [{ fault: 500 }] }] }, ["a"])).toEqual(["500 after 1500ms"]);
});

test.each([204, 205, 304])("%i in place of the answer has no body, on the web too", async (status) => {
  const handle = createWebHandler({ secrets: [""], beforeAnswer: async () => ({ status, simulated: String(status) }) });
  const response = await handle(new Request("http://receiver.example/", { method: "POST", body: "{}" }));
  expect([response.status, await response.text()]).toEqual([status, ""]);
});
