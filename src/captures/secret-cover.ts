// Secrets don't reach the disk: in their place stands a keyed fingerprint, which tells the same secret from another
// to whoever has the store's key, and nothing else. Put back, the delivery is again what it was, byte for byte.
import { createHmac } from "node:crypto";
import { readStoreKey } from "./store-folder.js";
import type { HeaderPair, WireDelivery } from "../protocol/index.js";

const secretive = /^(authorization|proxy-authorization|cookie)$|secret|token|api-?key|password/i;
const hookSecret = /-hook-secret$/i;
const fingerprint = /<secret:[0-9a-f]{16}>/g;
const secretParameter = /([?&](?:i|key|[^=&]*(?:secret|token|api-?key|password)[^=&]*)=)([^&#]+)/gi;

/** Shorter ones turn up in any text by chance: found outside their header they give nothing away. */
const shortestElsewhere = 8;

/** A delivery without its secrets. */
export interface CoveredDelivery {
  readonly delivery: WireDelivery;
  /** Something was replaced outside the headers that hold secrets. */
  readonly elsewhere: boolean;
}

/** Whether a fingerprint stands in this text, for a secret that isn't there. */
export function hasFingerprint(text: string): boolean {
  return text.search(fingerprint) !== -1;
}

/** The value of the header that holds the hook's secret, whichever the dialect; undefined when there is none. */
export function hookSecretOf({ headers }: Pick<WireDelivery, "headers">): string | undefined {
  return headers.find(([name]) => hookSecret.test(name))?.[1];
}

/** The name of that header. */
export function hookSecretHeaderOf({ headers }: Pick<WireDelivery, "headers">): string | undefined {
  return headers.find(([name]) => hookSecret.test(name))?.[0];
}

/** How a secret may be written in a path or a JSON text. */
function spellings(secret: string): string[] {
  return [...new Set([secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])];
}

function replaceBytes(bytes: Buffer, from: string, to: string): Buffer {
  const parts: Uint8Array[] = [];
  const wanted = Buffer.from(from);
  let start = 0;
  for (let at = bytes.indexOf(wanted); at !== -1; at = bytes.indexOf(wanted, start)) {
    parts.push(bytes.subarray(start, at), Buffer.from(to));
    start = at + wanted.length;
  }
  return start === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(start)]);
}

function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

/** Takes secrets out of deliveries, and puts them back, by the key of one store. */
export class SecretCover {
  readonly #key: Uint8Array;
  /** Those that the receiver accepts: looked for everywhere, not in their header alone. */
  readonly #known: readonly string[];
  readonly #fingerprints = new Map<string, string>();

  constructor(key: Uint8Array, known: readonly string[] = []) {
    this.#key = key;
    this.#known = known;
  }

  /** `<secret:…>`; the empty secret is none, and stays empty, and a fingerprint stays one. */
  fingerprintOf(secret: string): string {
    if (secret.replace(fingerprint, "") === "") return secret;
    const known = this.#fingerprints.get(secret);
    if (known !== undefined) return known;
    const made = `<secret:${createHmac("sha256", this.#key).update(secret).digest("hex").slice(0, 16)}>`;
    // Those of strangers who try secrets must not pile up.
    if (this.#fingerprints.size < 256) this.#fingerprints.set(secret, made);
    return made;
  }

  cover(delivery: WireDelivery): CoveredDelivery {
    const sent = delivery.headers.filter(([name]) => hookSecret.test(name)).map(([, value]) => value);
    const everywhere = [...new Set([...this.#known, ...sent])].filter(
      (secret) => secret.length >= shortestElsewhere && !hasFingerprint(secret),
    );
    let elsewhere = false;
    const clean = (text: string): string => {
      let cleaned = text;
      for (const secret of everywhere) {
        for (const spelling of spellings(secret)) {
          if (cleaned.includes(spelling)) cleaned = cleaned.replaceAll(spelling, this.fingerprintOf(secret));
        }
      }
      elsewhere ||= cleaned !== text;
      return cleaned;
    };
    const headers = delivery.headers.map(([name, value]): HeaderPair => [
      name,
      secretive.test(name) ? this.fingerprintOf(value) : clean(value),
    ]);
    const path = clean(delivery.path).replace(secretParameter, (whole, name: string, value: string) => {
      if (hasFingerprint(value)) return whole;
      elsewhere = true;
      return `${name}${this.fingerprintOf(value)}`;
    });
    let body = asBuffer(delivery.body);
    for (const secret of everywhere) {
      for (const spelling of spellings(secret)) {
        const cleaned = replaceBytes(body, spelling, this.fingerprintOf(secret));
        elsewhere ||= cleaned !== body;
        body = cleaned;
      }
    }
    return { delivery: { ...delivery, path, headers, body }, elsewhere };
  }

  /** The delivery with this secret where its fingerprint stands; other fingerprints stay. */
  uncover({ delivery, elsewhere }: CoveredDelivery, secret: string): WireDelivery {
    const mark = this.fingerprintOf(secret);
    if (!hasFingerprint(mark)) return delivery;
    const headers = delivery.headers.map(([name, value]): HeaderPair => [name, value.replaceAll(mark, () => secret)]);
    if (!elsewhere) return { ...delivery, headers };
    return {
      ...delivery,
      headers,
      path: delivery.path.replaceAll(mark, () => encodeURIComponent(secret)),
      body: replaceBytes(asBuffer(delivery.body), mark, JSON.stringify(secret).slice(1, -1)),
    };
  }
}

/** That of a store, for putting secrets back. @throws those of `readStoreKey` */
export function storeCover(folder: string): SecretCover {
  return new SecretCover(readStoreKey(folder));
}
