// One attempt: a request, the redirects it is sent through, and the time-out that counts for all of them.
import type { Clock } from "./clock.js";
import type { Connections } from "./connections.js";
import type { WireDelivery } from "../protocol/index.js";
import type { Attempt, Redirect } from "./delivery.js";
import { failureOf, NoResponse } from "./failure.js";
import { maskSecrets } from "../mask.js";
import { inline } from "../printable.js";
import { type Answer, type Hop, nextHop, targetOf } from "./redirect.js";

/** How an attempt is made. */
export interface AttemptOptions {
  /** Until the headers of the last answer. */
  readonly timeoutMs: number;
  /** `manual` takes a redirect as the answer. */
  readonly redirects: "follow" | "manual";
  readonly signal: AbortSignal | undefined;
  readonly onRedirect: (redirect: Redirect) => void;
}

/** A signal that is aborted after the time-out or with the caller's signal, whichever is first. */
function deadline(
  timeoutMs: number,
  host: string,
  outer: AbortSignal | undefined,
): { signal: AbortSignal; end: () => void } {
  const controller = new AbortController();
  const onTime = (): void =>
    controller.abort(new NoResponse("timeout", `No answer from ${host} within ${timeoutMs} ms.`));
  const onOuter = (): void => controller.abort(new NoResponse("aborted", "Stopped before an answer came."));
  const timer = setTimeout(onTime, timeoutMs);
  if (outer?.aborted === true) onOuter();
  outer?.addEventListener("abort", onOuter, { once: true });
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      outer?.removeEventListener("abort", onOuter);
    },
  };
}

const saidLength = 200;

/** What a refusal says, without the secret that it was sent. */
function saidBy({ status, body }: Answer, { headers }: WireDelivery): Pick<Attempt, "body"> {
  if (status >= 200 && status < 300) return {};
  const secrets = headers
    .filter(([name, value]) => /-hook-secret$/i.test(name) && value !== "")
    .map(([, value]) => value);
  const safe = maskSecrets(body, secrets);
  const said = inline(safe.trim().replace(/\s+/g, " "), saidLength);
  return said === "" ? {} : { body: said };
}

/** Makes attempt `n`. Never rejects: without a response, `status` is null and `error` says why. */
export async function makeAttempt(
  n: number,
  delivery: WireDelivery,
  to: string,
  connections: Connections,
  clock: Clock,
  options: AttemptOptions,
): Promise<Attempt> {
  const startedAt = clock.now();
  let ms = 0;
  const takeTime = (): void => void (ms = Math.round(clock.now() - startedAt));
  const redirects: Redirect[] = [];
  let hop: Hop;
  try {
    hop = { to: targetOf(to, "unsendable"), delivery };
  } catch (error) {
    return { n, status: null, ms, redirects, error: failureOf(error) };
  }
  const { signal, end } = deadline(options.timeoutMs, hop.to.host, options.signal);
  try {
    for (;;) {
      signal.throwIfAborted();
      const answer = await connections.exchange(hop, signal, takeTime);
      const next = options.redirects === "follow" ? nextHop(hop, answer, redirects.length) : undefined;
      if (next === undefined) return { n, status: answer.status, ms, redirects, ...saidBy(answer, delivery) };
      const redirect = { status: answer.status, from: hop.to.href, to: next.to.href, method: next.delivery.method };
      redirects.push(redirect);
      options.onRedirect(redirect);
      hop = next;
    }
  } catch (error) {
    takeTime();
    return { n, status: null, ms, redirects, error: failureOf(error, hop.to) };
  } finally {
    end();
  }
}
