// What a secret goes through on its way: it is the plain value of a header, and not every text can be one.

/**
 * - `unsendable`: a newline, another control character, or a character above Latin-1. The API stores such a secret,
 *   and then no delivery leaves the server (Misskey 2026.3.2: `latestStatus` 1)
 * - `outer-spaces`: spaces or tabs at the ends, which are lost on the wire
 * - `empty`: the header is sent with an empty value
 */
export type SecretTrouble = "unsendable" | "outer-spaces" | "empty";

// What Node and undici refuse in a header's value.
const unsendable = /[^\t\u0020-\u007E\u0080-\u00FF]/;

/** What will go wrong with this secret; undefined when it arrives as it is. */
export function secretTrouble(secret: string): SecretTrouble | undefined {
  if (secret === "") return "empty";
  if (unsendable.test(secret)) return "unsendable";
  return secret === secretOnTheWire(secret) ? undefined : "outer-spaces";
}

/** The secret as a receiver sees it: without the spaces and tabs at its ends. */
export function secretOnTheWire(secret: string): string {
  return secret.replace(/^[\t ]+|[\t ]+$/g, "");
}
