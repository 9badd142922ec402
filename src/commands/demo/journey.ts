// The journey of `demo`: a sandbox and a receiver in this process, and everything that a hook goes through in its life.
import { once } from "node:events";
import {
  type ApiClient,
  createApiClient,
  createHook,
  deleteHook,
  type Hook,
  listHooks,
  Secret,
  updateHook,
} from "../../instance/index.js";
import { eventsOf, presentDialect } from "../../protocol/index.js";
import { createReceiver, type DeliveryEvent, type Receiver } from "../../receiver/index.js";
import { createSandbox, type Sandbox } from "../../sandbox/index.js";
import { demoActions, type DemoWorld, idOf, post, testedEvents } from "./actions.js";

/** What the journey tells as it goes; the pretty lines and the JSON lines come from the same objects. */
export type DemoStep =
  | { readonly kind: "step"; readonly text: string }
  | { readonly kind: "action"; readonly who: string; readonly text: string }
  | DeliveryEvent
  | { readonly kind: "nothing"; readonly text: string };

type Tell = (step: DemoStep) => void;

/** How long a delivery may take that has nowhere to travel. */
const patienceMs = 5_000;

/** Runs the journey. Resolves to whether everything went as it should; `tell` hears of each step. */
export async function runDemo(tell: Tell, signal: AbortSignal): Promise<boolean> {
  const secret = "demo-secret";
  const sandbox = await createSandbox();
  const receiver = createReceiver({ secrets: [secret] });
  try {
    const { url } = await receiver.listen({ port: 0 });
    return await travel({ sandbox, receiver, url, secret, tell, signal });
  } finally {
    await Promise.all([receiver.close(), sandbox.close()]);
  }
}

interface Journey {
  readonly sandbox: Sandbox;
  readonly receiver: Receiver;
  readonly url: string;
  readonly secret: string;
  readonly tell: Tell;
  readonly signal: AbortSignal;
}

async function travel({ sandbox, receiver, url, secret, tell, signal }: Journey): Promise<boolean> {
  const arrived: DeliveryEvent[] = [];
  receiver.on("delivery", (delivery) => {
    arrived.push(delivery);
    tell(delivery);
  });
  let asExpected = true;
  /** Runs something, waits until the sandbox has delivered, and compares what arrived. */
  const expect = async (fires: readonly string[], run: () => Promise<unknown>, ok = true): Promise<void> => {
    signal.throwIfAborted();
    arrived.length = 0;
    await run();
    await sandbox.settled();
    // The sender has its answer a moment before the receiver tells of it.
    while (arrived.length < fires.length)
      await once(receiver, "delivery", { signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) });
    const got = arrived
      .map(({ event }) => event ?? "")
      .toSorted()
      .join();
    const wanted = fires
      .map((type) => (ok ? type : ""))
      .toSorted()
      .join();
    if (got !== wanted || arrived.some((delivery) => delivery.ok !== ok)) asExpected = false;
  };

  const clientOf = (username: string): ApiClient => {
    const token = sandbox.users.find((user) => user.username === username)?.token;
    return createApiClient({ origin: sandbox.url, token, signal });
  };
  const [alice, bob, admin] = [clientOf("alice"), clientOf("bob"), clientOf("admin")];
  const ids = Object.fromEntries(sandbox.users.map(({ username, id }) => [username, id]));
  const world: DemoWorld = { alice, bob, admin, ids, made: {} };

  tell({ kind: "step", text: `An instance runs on ${sandbox.url}, a receiver on ${url}` });
  const on = eventsOf(presentDialect)
    .filter(({ scope, sent }) => scope === "user" && sent)
    .map(({ name }) => name);
  let hook: Hook = await createHook(alice, { name: "demo", url, secret: new Secret(secret), on });
  const systemEvents = ["userCreated", "abuseReport", ...testedEvents];
  const systemHook = idOf(
    await admin.call("admin/system-webhook/create", { name: "demo", url, secret, on: systemEvents, isActive: true }),
  );
  tell({ kind: "step", text: "Alice registered a hook for her events, the admin one for the server's" });

  for (const { who, text, fires, run } of demoActions) {
    tell({ kind: "action", who, text });
    await expect(fires, () => run(world));
  }
  for (const type of testedEvents) {
    tell({ kind: "action", who: "admin", text: `has the instance send a test of ${type}` });
    await expect([type], () => admin.call("admin/system-webhook/test", { webhookId: systemHook, type }));
  }

  tell({ kind: "step", text: "The hook gets another secret than the receiver knows: its delivery is refused" });
  hook = await updateHook(alice, hook, { secret: new Secret("somebody-else's") });
  await expect(["note"], () => post(alice, { text: "Does this arrive?" }), false);

  tell({ kind: "step", text: "The secret is right again, and the hook switched off" });
  hook = await updateHook(alice, hook, { secret: new Secret(secret), active: false });
  await expect([], () => post(alice, { text: "Nobody hears of this" }));
  tell({ kind: "nothing", text: "alice posted, and nothing came" });

  tell({ kind: "step", text: "Switched on again" });
  hook = await updateHook(alice, hook, { active: true });
  await expect(["note"], () => post(alice, { text: "Here I am again" }));

  await deleteHook(alice, hook);
  const left = await listHooks(alice);
  tell({ kind: "step", text: `The hook is deleted; alice has ${left.length} left` });
  return asExpected && left.length === 0;
}
