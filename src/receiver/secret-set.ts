// The secrets that a receiver takes, several during a rotation. Compared in constant time, whatever their lengths.
import { hash, timingSafeEqual } from "node:crypto";
import { secretOnTheWire } from "../protocol/index.js";

function digestOf(secret: string): Buffer {
  return hash("sha256", secret, "buffer");
}

/** A set of secrets that keeps their digests only. An empty secret is one like any other. */
export class SecretSet {
  readonly #digests: readonly Buffer[];

  /** Spaces and tabs at a secret's ends don't count, because they are lost on the wire. */
  constructor(secrets: readonly string[]) {
    this.#digests = secrets.map((secret) => digestOf(secretOnTheWire(secret)));
  }

  /** True when the header's value is one of the secrets. The time it takes depends on their number alone. */
  has(value: string): boolean {
    const digest = digestOf(value);
    let found = false;
    for (const known of this.#digests) found = timingSafeEqual(known, digest) || found;
    return found;
  }
}
