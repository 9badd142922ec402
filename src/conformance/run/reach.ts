// The very first delivery of a run: is anybody there, and is it there that deliveries are taken?
import { UnreachableError } from "../../errors.js";
import { type Answer, kindOf } from "../probe/answer.js";
import type { Redirected } from "../check-context.js";
import { isLate } from "./warm-up.js";
import { type HandlerClient, patientMs } from "../handler/client.js";
import type { Planner } from "../deliveries/plans.js";

interface Contact {
  readonly url: URL;
  readonly planner: Planner;
  readonly client: HandlerClient;
}

const maxHops = 5;

/** Without these there is no handler to check; anything else may be a handler's way to answer. */
const absences: ReadonlySet<string> = new Set(["refused", "unreachable", "tls"]);

/**
 * The answer to the very first delivery; to the second, when the first came late: a handler may only just have started.
 * @throws UnreachableError `handler-unreachable`
 */
export async function reach({ planner, client }: Contact, event: string): Promise<Answer> {
  const answer = await client.send(planner.plan(event), patientMs);
  const { reason = "", message = "" } = answer.silence ?? {};
  if (isLate(answer)) return client.send(planner.plan(event), patientMs);
  if (!absences.has(reason)) return answer;
  throw new UnreachableError("handler-unreachable", { why: message, kind: reason });
}

/** Where the URL redirects to, and whether deliveries are accepted there. Stays on the host, as the secret goes along. */
export async function followRedirect(
  { url, client, planner }: Contact,
  event: string,
  first: Answer,
): Promise<Redirected | undefined> {
  let from = url;
  let answer = first;
  let found: Redirected | undefined;
  for (let hops = 0; hops < maxHops; hops++) {
    const { location } = answer.headers;
    if (kindOf(answer) !== "redirected" || location === undefined || !URL.canParse(location, from.href)) break;
    from = new URL(location, from);
    found = { status: found?.status ?? first.status ?? 0, to: from.href, followed: false };
    if (from.origin !== url.origin) return found;
    client.moveTo(from);
    answer = await client.send(planner.plan(event));
  }
  return found && { ...found, followed: kindOf(answer) === "accepted" };
}
