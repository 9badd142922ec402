// "misskey-hooks/verify": is this delivery the hook's, and what does it say? In one small file, for any runtime.
import { headerLookup, type HeaderSource } from "../protocol/index.js";
import { parseBody, SecretSet, wrongSecret } from "../receiver/index.js";

export type { HeaderPair, HeaderSource } from "../protocol/index.js";

/** What is known of a delivery before it is trusted. */
export interface UnverifiedDelivery {
  /** Pairs, Node's `request.headers`, or the web's `Headers`. */
  readonly headers: HeaderSource;
  /** The body as it came: bytes, or their text. */
  readonly body: Uint8Array | string;
}

/** The parsed body of a delivery that is the hook's, or why there is none, with the status to answer. */
export type Verified =
  | { readonly ok: true; readonly payload: unknown }
  | { readonly ok: false; readonly status: 401 | 400; readonly reason: string };

/**
 * Compares the secret in constant time, whatever the server's header is called (`x-misskey-hook-secret`,
 * `x-iceshrimp-hook-secret` …), and then parses the body. Servers don't sign: the secret is all there is. Never throws.
 * @param secrets the hook's secret, or several during a rotation; with none, nothing is the hook's
 * @returns 401 for a missing or wrong secret, 400 for a body that isn't JSON in UTF-8. A reason never tells the secret.
 */
export function verifyDelivery({ headers, body }: UnverifiedDelivery, secrets: string | readonly string[]): Verified {
  const lookup = headerLookup(headers);
  const reason = wrongSecret(lookup, new SecretSet(typeof secrets === "string" ? [secrets] : secrets));
  if (reason !== undefined) return { ok: false, status: 401, reason };
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const parsed = parseBody(bytes, lookup.get("content-encoding"));
  return "reason" in parsed ? { ok: false, status: 400, reason: parsed.reason } : { ok: true, payload: parsed.value };
}

/** Whether a header's value is one of the secrets, compared in constant time; spaces at a secret's ends don't count. */
export function isHookSecret(value: string, secrets: string | readonly string[]): boolean {
  return new SecretSet(typeof secrets === "string" ? [secrets] : secrets).has(value);
}
