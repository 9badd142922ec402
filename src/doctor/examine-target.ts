// The handler's URL as a server sees it: name, address, TLS, answer, redirects, and what it does with a wrong secret.
// One delivery is sent, with a wrong secret, so that a sound handler does nothing.
import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { type Attempt, createSender, type FailureCode } from "../delivery/index.js";
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
    yield (severity === "error" ? problem : warning)("target.url", message);
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
    const hint = "Check the spelling; a name that only your network knows is unknown to a server too.";
    return { found: false, diagnosis: problem("target.address", `The name ${name} has no address.`, hint) };
  }
  const texts = addresses.map(({ address, family }) => (family === 6 ? `[${address}]` : address));
  const inner = texts.filter((address) => addressKind(address) !== "public");
  const listed = isIP(name) === 0 ? `${name} is at ${texts.join(", ")}` : name;
  if (inner.length === 0) return { found: true, diagnosis: ok("target.address", `${listed}: public.`) };
  const diagnosis = localInstance
    ? ok("target.address", `${listed}: the instance is on this machine and reaches that.`)
    : warning(
        "target.address",
        `${listed}: not a public address, which an instance in production refuses.`,
        "Use a public URL or a tunnel (misskey-hooks listen --public-url), or listen --from-stream, which needs none.",
      );
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

const failureHints: Partial<Record<FailureCode, string>> = {
  "refused-connection": "Start the handler; from elsewhere, also look at the firewall.",
  "closed-connection": "It hung up: look for a crash in its log.",
  timeout: "Answer first and work afterwards: a server waits 5 s for the answer's headers.",
  "unreachable-host": "Check the address and the route to it.",
  tls: "A server checks certificates as well: it takes none that is self-signed, expired or of another name.",
  "not-http": "Another program than the handler may be listening on this port.",
};

function diagnosesOf({ status, ms, error }: Attempt, url: URL, dialect: Dialect): Diagnosis[] {
  if (status === null) {
    const { code = "other", message = "No answer." } = error ?? {};
    return [problem(code === "tls" ? "target.tls" : "target.answer", message, failureHints[code] ?? null)];
  }
  const tls = url.protocol === "https:" ? [ok("target.tls", "Its certificate is valid.")] : [];
  const inTime =
    ms < slowMs
      ? ok("target.time", `It answers within ${ms} ms.`)
      : warning("target.time", `It takes ${ms} ms to answer; a server waits 5 s.`, "Answer first and work afterwards.");
  return [...tls, inTime, judge(status, url, dialect)];
}

/** The delivery had a wrong secret: 401 and 403 are right, another 4xx is fine, the rest isn't. */
function judge(status: number, url: URL, { policy, title }: Dialect): Diagnosis {
  const check = `misskey-hooks check ${url.href} finds out more.`;
  if (status < 300) {
    return warning(
      "target.secret",
      `It answers ${status} to a wrong secret: from outside nobody can tell whether it acts on it.`,
      `Answer 401. ${check}`,
    );
  }
  if (status < 400) {
    const asGet = [301, 302, 303].includes(status);
    const what = asGet ? "a server would go on with a GET without a body" : "a server would follow it";
    return (asGet ? problem : warning)(
      "target.redirect",
      `It redirects (${status}): ${what}, and the secret goes along.`,
      "Register the URL that answers by itself.",
    );
  }
  if ([404, 405, 410].includes(status)) {
    return problem("target.answer", `It answers ${status}: nobody handles a POST there.`, "Is the path complete?");
  }
  if (status === 429)
    return warning("target.answer", "It limits its callers (429).", "A server comes with up to 64 at once.");
  if (status < 500) return ok("target.secret", `It refuses a wrong secret (${status}).`);
  return problem(
    "target.secret",
    outcomeOf(policy, { status }) === "retry"
      ? `It fails (${status}) on a wrong secret, and ${title} would send each such delivery up to ${policy.attempts} times.`
      : `It fails (${status}) on a wrong secret.`,
    `Compare the secret before anything else, and answer 401. ${check}`,
  );
}
