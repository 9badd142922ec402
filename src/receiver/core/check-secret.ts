// The secret of a delivery, which is all that tells a server's request from anybody's.
import { findHeaderPrefix, type HeaderLookup, secretOnTheWire } from "../../protocol/index.js";

/** The secrets that are accepted, several during a rotation. An empty secret is one like any other. */
export class SecretSet {
  readonly #secrets: readonly string[];

  /** Spaces and tabs at a secret's ends don't count, because they are lost on the wire. */
  constructor(secrets: readonly string[]) {
    this.#secrets = secrets.map(secretOnTheWire);
  }

  /** True when the header's value is one of the secrets. The time it takes depends on the value and their number alone. */
  has(value: string): boolean {
    let found = false;
    for (const secret of this.#secrets) found = isSame(value, secret) || found;
    return found;
  }
}

/** Compares every character of `given`, whatever differs: how long it takes tells nothing about `secret`. */
function isSame(given: string, secret: string): boolean {
  // An empty secret is compared with something too; the lengths then decide.
  const reference = secret === "" ? " " : secret;
  let difference = given.length ^ secret.length;
  for (let index = 0; index < given.length; index++) {
    difference |= given.charCodeAt(index) ^ reference.charCodeAt(index % reference.length);
  }
  return difference === 0;
}

/** Where a dialect has its secret. */
export interface SecretPlace {
  /** In lower case. */
  readonly header: string;
  /** A hook without a secret sends no such header, where others send an empty one. */
  readonly isLeftOutEmpty: boolean;
}

/**
 * Why the secret isn't accepted, in words that tell nothing about the right one; undefined when it is.
 * @param place undefined takes the header of the request's own prefix
 */
export function wrongSecret(headers: HeaderLookup, secrets: SecretSet, place?: SecretPlace): string | undefined {
  const prefix = findHeaderPrefix(headers.keys());
  const ownName = prefix === undefined ? undefined : `${prefix}hook-secret`;
  const name = place?.header ?? ownName;
  if (name === undefined) return "there is no secret: no …-hook-secret header";
  const secret = headers.get(name) ?? (place?.isLeftOutEmpty === true ? "" : undefined);
  if (secret !== undefined && secrets.has(secret)) return undefined;
  if (secret === "") return `the secret in ${name} is empty: was the hook made without one?`;
  if (secret !== undefined) return `the secret in ${name} is wrong`;

  const other = ownName === undefined ? undefined : headers.get(ownName);
  if (other === undefined) return `there is no secret: no ${name} header`;
  const right = secrets.has(other) ? "the right secret" : "a secret, and not the right one,";
  return `there is no ${name} header; ${right} came in ${ownName ?? ""}: another dialect's header`;
}
