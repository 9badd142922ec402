// What the sandbox does with a receiver's answers: attempts, gaps and latestStatus of Misskey 2026.3.2, and the other
// families' where they differ.
import { afterEach, expect, test } from "vitest";
import { createSandbox, type Sandbox, type SandboxDelivery, type SandboxOptions } from "../../src/sandbox/index.js";
import { startRecordingReceiver } from "../support/recording-receiver.js";

let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());

const fast = { timeScale: 100_000, jitter: 0 };

/** Everything that one note causes at a receiver that answers so. */
async function deliverTo(
  answer: number | "reset" | { readonly redirect: number },
  options: SandboxOptions = fast,
): Promise<{
  readonly deliveries: SandboxDelivery[];
  readonly requests: string[];
  readonly bodies: string[];
  readonly latestStatus: number;
}> {
  await using receiver = await startRecordingReceiver((request, response) => {
    if (answer === "reset") response.socket?.resetAndDestroy();
    else if (typeof answer === "number" || request.path === "/end")
      response.writeHead(typeof answer === "number" ? answer : 200).end();
    else response.writeHead(answer.redirect, { location: "/end" }).end();
  });
  const box = await createSandbox(options);
  sandbox = box;
  const deliveries: SandboxDelivery[] = [];
  box.on("delivery", (delivery) => void deliveries.push(delivery));
  const hook = await box.as("alice").hook(`${receiver.url}/hook`, { on: ["note"], secret: "s" });
  await box.as("alice").note("hello");
  await box.settled();
  const { latestStatus } = (await box.as("alice").call("i/webhooks/show", { webhookId: hook.id })) as {
    latestStatus: number;
  };
  const requests = receiver.requests.map(({ method, path }) => `${method} ${path}`);
  return { deliveries, requests, bodies: receiver.requests.map(({ text }) => text), latestStatus };
}

const minuteMs = 60_000;

test.each([
  [200, 1],
  [204, 1],
  [400, 1],
  [401, 1],
  [404, 1],
  [410, 1],
  [429, 4],
  [304, 4],
  [500, 4],
  [503, 4],
])("%i is answered with %i attempts", async (status, attempts) => {
  const { deliveries, bodies, latestStatus } = await deliverTo(status);
  expect(deliveries.map(({ attempt }) => attempt)).toEqual(Array.from({ length: attempts }, (_, n) => n + 1));
  expect(new Set(bodies).size).toBe(1);
  expect(latestStatus).toBe(status);
  expect(deliveries.map(({ nextInMs }) => nextInMs)).toEqual(
    attempts === 1 ? [undefined] : [minuteMs, 3 * minuteMs, 7 * minuteMs, undefined],
  );
});

test("a reset counts as no response: four attempts, latestStatus 1", async () => {
  const { deliveries, latestStatus } = await deliverTo("reset");
  expect(deliveries.map(({ status }) => status)).toEqual([null, null, null, null]);
  expect(latestStatus).toBe(1);
});

test("a 302 goes on as a GET, a 307 as the same POST", async () => {
  const found = await deliverTo({ redirect: 302 });
  expect(found.requests).toEqual(["POST /hook", "GET /end"]);
  expect(found.deliveries[0]?.redirectedTo).toMatch(/\/end$/);
  await sandbox?.close();
  expect((await deliverTo({ redirect: 307 })).requests).toEqual(["POST /hook", "POST /end"]);
});

test.each([
  ["misskey@12.119", 429, 1],
  ["misskey@12.119", 500, 4],
  ["iceshrimp", 404, 4],
  ["iceshrimp", 500, 1],
  ["iceshrimp", 429, 1],
])("%s: %i is answered with %i attempts", async (dialect, status, attempts) => {
  const { deliveries } = await deliverTo(status, { ...fast, dialect });
  expect(deliveries).toHaveLength(attempts);
});

test("pending retries keep the old URL and secret, also after an update and a delete", async () => {
  let status = 500;
  await using receiver = await startRecordingReceiver((_request, response) => void response.writeHead(status).end());
  sandbox = await createSandbox();
  const alice = sandbox.as("alice");
  const hook = await alice.hook(`${receiver.url}/old`, { on: ["note"], secret: "old" });
  const attempted = new Promise((resolve) => void sandbox?.on("delivery", resolve));
  await alice.note("hello");
  await attempted;
  await alice.call("i/webhooks/update", { webhookId: hook.id, url: `${receiver.url}/new`, secret: "new" });
  await alice.call("i/webhooks/delete", { webhookId: hook.id });
  status = 200;
  const [pending] = sandbox.queue.pending();
  sandbox.queue.retry(pending?.id ?? "");
  await sandbox.settled();
  expect(receiver.requests.map(({ path, headers }) => [path, headers["x-misskey-hook-secret"]])).toEqual([
    ["/old", "old"],
    ["/old", "old"],
  ]);
});

test("an update takes effect one update late on 12.x and Iceshrimp", async () => {
  await using receiver = await startRecordingReceiver();
  sandbox = await createSandbox({ dialect: "misskey@12.119" });
  const alice = sandbox.as("alice");
  const hook = await alice.hook(`${receiver.url}/one`, { on: ["note"], secret: "s" });
  const update = (path: string) =>
    alice.call("i/webhooks/update", {
      webhookId: hook.id,
      name: "hook",
      url: `${receiver.url}${path}`,
      secret: "s",
      on: ["note"],
      active: true,
    });
  await update("/two");
  await alice.note("still to the first");
  await sandbox.settled();
  await update("/three");
  await alice.note("now to the second");
  await sandbox.settled();
  expect(receiver.requests.map(({ path }) => path)).toEqual(["/one", "/two"]);
});

test("localhost, private addresses and broken URLs are no response", async () => {
  sandbox = await createSandbox({ ...fast, blockPrivate: true });
  const errors: (string | undefined)[] = [];
  sandbox.on("delivery", ({ status, error, attempt }) => {
    expect(status).toBeNull();
    if (attempt === 1) errors.push(error);
  });
  for (const url of ["http://localhost:1/", "http://127.0.0.1:1/", "no url"]) {
    await sandbox.as("alice").hook(url, { on: ["note"] });
  }
  await sandbox.as("alice").note("hello");
  await sandbox.settled();
  expect(errors).toHaveLength(3);
  for (const words of ["localhost", "private address", "no http"])
    expect(errors).toContainEqual(expect.stringContaining(words));
});

test("a burst is delivered completely, none twice", async () => {
  await using receiver = await startRecordingReceiver();
  sandbox = await createSandbox();
  const alice = sandbox.as("alice");
  await alice.hook(receiver.url, { on: ["note"] });
  await Promise.all(Array.from({ length: 1000 }, (_, n) => alice.note(`note ${n}`)));
  await sandbox.settled();
  expect(receiver.requests).toHaveLength(1000);
  expect(new Set(receiver.requests.map(({ json }) => json["eventId"])).size).toBe(1000);
});

test("the view of the queue shows what is pending, without secrets, and can retry and drop", async () => {
  await using receiver = await startRecordingReceiver((_request, response) => void response.writeHead(500).end());
  const box = await createSandbox();
  sandbox = box;
  await box.as("alice").hook(receiver.url, { on: ["note"], secret: "very-secret" });
  const attempted = new Promise((resolve) => void box.on("delivery", resolve));
  await box.as("alice").note("hello");
  await attempted;
  const view = await (await fetch(`${box.url}/sandbox/queue`)).text();
  expect(view).not.toContain("very-secret");
  const { pending } = JSON.parse(view) as { pending: { id: string; attempts: number; lastStatus: number }[] };
  expect(pending).toMatchObject([{ attempts: 1, lastStatus: 500 }]);
  const path = `${box.url}/sandbox/queue/${pending[0]?.id}`;
  expect((await fetch(`${path}/retry`, { method: "POST" })).status).toBe(204);
  await receiver.received(2);
  const dropped = async (): Promise<number> => (await fetch(path, { method: "DELETE" })).status;
  await expect.poll(dropped).toBe(204);
  await box.settled();
  expect(await dropped()).toBe(404);
});
