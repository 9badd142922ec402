// What an answer that isn't a 2xx means to a real server, and what its receiver's author can do about it.
import { delayBeforeAttempt, type Dialect, outcomeOf } from "../protocol/index.js";
import { durationInWords } from "./duration-in-words.js";

/** The last attempt, as far as advice depends on it. */
interface LastAttempt {
  /** 1 for the first. */
  readonly n: number;
  readonly status: number | null;
  readonly error?: { readonly code: string; readonly message: string };
  readonly redirects?: readonly { readonly to: string }[];
  /** What the answer says. */
  readonly body?: string;
}

const onRedirect = "Answer on the URL itself, or register the one it redirects to.";

const onRefusal =
  "It may expect another secret (--secret, --secret-file, MISSKEY_HOOKS_SECRET), or another host, hook or user.";

const byStatus: Readonly<Record<number, string>> = {
  301: onRedirect,
  302: onRedirect,
  303: onRedirect,
  307: onRedirect,
  308: onRedirect,
  304: "304 is no answer to a POST: use 204.",
  400: "It did not like the request: compare the body with `send --dry-run`.",
  401: onRefusal,
  403: onRefusal,
  404: "Nothing answers on this path: is the URL complete?",
  405: "It takes no POST here: is the path the webhook's?",
  408: "It waited for more than was sent: does it wait for a body that it has read already?",
  411: "It wants a content-length, which was sent: a proxy in between may have taken it off.",
  413: "Its limit for bodies is too low: notes of 3000 characters with pictures take 20 KB and more.",
  415: "It insists on another content type: compare it literally with none; 12.x to 13.10 send text/plain.",
  422: "It did not accept the content: does it know this event and its nulls?",
  429: "It limits its callers: a server sends bursts of up to 64 at once.",
};

const byFailure: Readonly<Record<string, (url: URL) => string>> = {
  "refused-connection": (url) =>
    isLoopback(url.hostname)
      ? `Start the receiver first; ours is \`misskey-hooks listen${url.port === "4649" ? "" : ` --port ${url.port || "80"}`}\`.`
      : "Is the receiver running, and is the port open from here?",
  "closed-connection": () => "It hung up: look for a crash in its log. A server counts this as no response.",
  timeout: () => "Answer first and work afterwards: a server waits for the answer's headers only.",
  "unknown-host": () => "Check the spelling; a name that only your machine knows is unknown to a server too.",
  "unreachable-host": () => "Check the address and the route to it.",
  tls: () => "A server checks certificates as well: it takes none that is self-signed, expired or of another name.",
  "not-http": () => "Another program than the receiver may be listening on this port.",
  "bad-redirect": () => "Register the URL that answers by itself.",
  unsendable: () => "No server could send this either.",
};

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || hostname.startsWith("127.");
}

/** `Misskey would send it up to 3 more times, waiting 1 min, 3 min and 7 min (--retry does).` */
function nextOnAServer({ title, policy }: Dialect, { n, status }: LastAttempt): string {
  if (n >= policy.attempts) return `${title} would give up on it too, after ${n} attempts.`;
  if (outcomeOf(policy, { status }) !== "retry")
    return `${title} would give up on it: no ${n === 1 ? "second" : "further"} attempt.`;
  const waits = Array.from({ length: policy.attempts - n }, (_, index) =>
    durationInWords(delayBeforeAttempt(policy, n + index + 1, 0)),
  );
  const listed = waits.length === 1 ? waits.join("") : `${waits.slice(0, -1).join(", ")} and ${waits.at(-1)}`;
  const times = waits.length === 1 ? "once more" : `up to ${waits.length} more times`;
  return `${title} would send it ${times}, waiting ${listed} (--retry does).`;
}

function whatToDo({ status, error }: LastAttempt, url: string): string | undefined {
  if (status === null) return byFailure[error?.code ?? ""]?.(new URL(url));
  if (status >= 500) return byStatus[status] ?? "The receiver failed: look at its log.";
  return byStatus[status];
}

/** Lines, not yet safe to print: what happened if there was no answer, what a server does then, what to do. */
export function adviceOn(attempt: LastAttempt, url: string, dialect: Dialect): string[] {
  const reached = attempt.redirects?.at(-1)?.to ?? url;
  const said = attempt.body === undefined ? undefined : `It says: ${attempt.body}`;
  return [attempt.error?.message, said, whatToDo(attempt, reached), nextOnAServer(dialect, attempt)].filter(
    (line) => line !== undefined,
  );
}
