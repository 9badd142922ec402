// The handler's URL as a server sees it: name, address, TLS, answer, redirects, and what it does with a wrong secret.
// One delivery is sent, with a wrong secret, so that a sound handler does nothing.
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { type Attempt, createSender } from "../delivery/index.js";
import { checkHook } from "../instance/index.js";
import { addressKind } from "../network/index.js";
import { deliveryTo, type Dialect, outcomeOf, requestHeaders } from "../protocol/index.js";
import { buildSample } from "../samples/index.js";
import { type Diagnosis, ok, problem, warning } from "./diagnosis.js";

/** What the examination needs to know. */
export interface TargetOptions {
  /** Whose delivery it is. */
  readonly dialect: Dialect;
  /** The instance runs on this machine, and reaches private addresses. */
  readonly localInstance: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A number in [0, 1). */
  readonly random: () => number;
  readonly signal?: AbortSignal | undefined;
}

/** Slower than this is no failure yet. */
const slowMs = 1000;

/** Asks the name's addresses, and sends one delivery. */
export async function* examineTarget(text: string, options: TargetOptions): AsyncGenerator<Diagnosis> {
  const troubles = checkHook({ url: text }, options);
  for (const { severity, message } of troubles) {
    yield (severity === "error" ? problem : warning)("target.url", "target-trouble", { why: message });
  }
  if (troubles.some(({ severity }) => severity === "error")) return;
  const url = new URL(text);
  const address = await addressOf(url, options);
  yield address.diagnosis;
  if (!address.found) return;
  yield* await answerOf(url, options);
}

/** With an address in the URL nothing is looked up. */
async function addressOf(
  { hostname }: URL,
  { localInstance }: TargetOptions,
): Promise<{ readonly found: boolean; readonly diagnosis: Diagnosis }> {
  const name = hostname.replace(/^\[|\]$/g, "");
  const addresses = await lookup(name, { all: true }).catch(() => []);
  if (addresses.length === 0) {
    return { found: false, diagnosis: problem("target.address", "no-address", { name }) };
  }
  const texts = addresses.map(({ address, family }) => (family === 6 ? `[${address}]` : address));
  const inner = texts.filter((address) => addressKind(address) !== "public");
  const facts = { name, addresses: isIP(name) === 0 ? texts : [] };
  if (inner.length === 0) return { found: true, diagnosis: ok("target.address", "address-public", facts) };
  const diagnosis = localInstance
    ? ok("target.address", "address-reached", facts)
    : warning("target.address", "address-private", facts);
  return { found: true, diagnosis };
}

async function answerOf(url: URL, options: TargetOptions): Promise<Diagnosis[]> {
  const { dialect, now, random, signal } = options;
  const { body, hookId, server } = buildSample({ event: "mention", dialect, now, random });
  const headers = requestHeaders(dialect, {
    host: new URL(server).host,
    hookId,
    secret: "doctor-tries-a-wrong-secret",
  });
  const sender = createSender({ random });
  try {
    const delivery = deliveryTo(url, { headers, body: Buffer.from(JSON.stringify(body)) });
    const how = { policy: dialect.policy, retry: false, redirects: "manual", signal } as const;
    const { attempts } = await sender.deliver(delivery, url.href, how);
    return diagnosesOf(attempts[0], url, dialect);
  } finally {
    await sender.close();
  }
}

function diagnosesOf({ status, ms, error }: Attempt, url: URL, dialect: Dialect): Diagnosis[] {
  if (status === null) {
    const { code = "other", message: why } = error ?? {};
    return [problem(code === "tls" ? "target.tls" : "target.answer", "no-answer", { code, why })];
  }
  const tls = url.protocol === "https:" ? [ok("target.tls", "certificate-valid")] : [];
  const inTime =
    ms < slowMs ? ok("target.time", "answers-in-time", { ms }) : warning("target.time", "answers-late", { ms });
  return [...tls, inTime, judge(status, url, dialect)];
}

/** The delivery had a wrong secret: 401 and 403 are right, another 4xx is fine, the rest isn't. */
function judge(status: number, url: URL, { policy, title }: Dialect): Diagnosis {
  const facts = { status, url: url.href };
  if (status < 300) {
    return warning("target.secret", "wrong-secret-accepted", facts);
  }
  if (status < 400) {
    const asGet = [301, 302, 303].includes(status);
    return (asGet ? problem : warning)("target.redirect", "redirects", { status, asGet });
  }
  if ([404, 405, 410].includes(status)) {
    return problem("target.answer", "nobody-there", { status });
  }
  if (status === 429) return warning("target.answer", "limits-callers");
  if (status < 500) return ok("target.secret", "wrong-secret-refused", { status });
  const isRetried = outcomeOf(policy, { status }) === "retry";
  const again = isRetried ? { server: title, attempts: policy.attempts } : undefined;
  return problem("target.secret", "wrong-secret-fails", { ...facts, again });
}
