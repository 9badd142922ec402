// Where a request goes after an answer, by the rules of node-fetch 3, which Misskey delivers with
// (seen on 2026.3.2: the secret's header goes along, to other hosts too).
import type { WireDelivery } from "../protocol/index.js";
import { NoResponse } from "./failure.js";

/** One request on the way to the final answer. */
export interface Hop {
  readonly to: URL;
  readonly delivery: WireDelivery;
}

/** What an answer says that matters for delivering. */
export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  /** The beginning of its body. */
  readonly body: string;
}

/** How many redirects are followed; the next one makes the attempt fail. */
const maxRedirects = 20;

const nothing = new Uint8Array();
const redirecting: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
/** The only headers that node-fetch withholds from another site. None of them is a hook's. */
const withheld: ReadonlySet<string> = new Set(["authorization", "www-authenticate", "cookie", "cookie2"]);

function isSameSite(from: URL, to: URL): boolean {
  const sameHost = to.hostname === from.hostname || to.hostname.endsWith(`.${from.hostname}`);
  return sameHost && from.protocol === to.protocol;
}

/**
 * The URL that a delivery can be sent to, taken from where it came from if it is relative.
 * @throws NoResponse with `code` for what is no URL, not http or https, or has credentials: node-fetch 3 refuses all three
 */
export function targetOf(text: string, code: "bad-redirect" | "unsendable", base?: URL): URL {
  if (!URL.canParse(text, base?.href)) throw new NoResponse(code, `“${text}” is no URL that can be delivered to.`);
  const url = new URL(text, base);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    throw new NoResponse(code, `“${text}” is neither http:// nor https://.`);
  if (url.username !== "" || url.password !== "")
    throw new NoResponse(code, `The URL of ${url.host} carries a user name or password, which servers refuse.`);
  return url;
}

/**
 * The next request after this answer, or undefined when the answer is final (also a redirect without a `Location`).
 * 303, and 301 and 302 after a POST, go on as a GET without the body; 307 and 308 repeat the request.
 * @param followed how many redirects were followed before
 * @throws NoResponse `bad-redirect`
 */
export function nextHop(hop: Hop, answer: Answer, followed: number): Hop | undefined {
  const { status, location } = answer;
  if (!redirecting.has(status) || location === undefined) return undefined;
  const { delivery } = hop;
  const to = targetOf(location, "bad-redirect", hop.to);
  if (followed >= maxRedirects)
    throw new NoResponse("bad-redirect", `More than ${maxRedirects} redirects, the last of them to ${to.href}`);
  const becomesGet = status === 303 || ((status === 301 || status === 302) && delivery.method === "POST");
  const dropped = (name: string): boolean =>
    (becomesGet && name === "content-length") || (!isSameSite(hop.to, to) && withheld.has(name));
  const headers = delivery.headers.filter(([name]) => !dropped(name.toLowerCase()));
  const { method, body } = becomesGet ? { method: "GET", body: nothing } : delivery;
  return { to, delivery: { method, path: to.pathname + to.search, headers, body } };
}
