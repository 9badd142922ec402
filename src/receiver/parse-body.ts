// From the body's bytes to its JSON value, or to the reason in words why it has none.
import { isUtf8 } from "node:buffer";

export type ParsedBody = { readonly value: unknown } | { readonly reason: string };

/** How compressed data begins; brotli has no such mark. */
const compressions: readonly [name: string, magic: Buffer][] = [
  ["gzip", Buffer.from([0x1f, 0x8b])],
  ["zstd", Buffer.from([0x28, 0xb5, 0x2f, 0xfd])],
  ["zlib", Buffer.from([0x78, 0x9c])],
];

function compressionOf(body: Buffer, contentEncoding: string | undefined): string | undefined {
  if (contentEncoding !== undefined && contentEncoding.trim().toLowerCase() !== "identity") {
    return contentEncoding.slice(0, 20);
  }
  return compressions.find(([, magic]) => body.subarray(0, magic.length).equals(magic))?.[0];
}

function whyNotJson(body: Buffer, contentEncoding: string | undefined, cause: unknown): string {
  if (body.length === 0) return "the body is empty";
  const compression = compressionOf(body, contentEncoding);
  if (compression !== undefined) return `the body is compressed (${compression}), and servers send it as it is`;
  if (!isUtf8(body)) return "the body is not valid UTF-8";
  if (body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf) return "the body starts with a byte order mark";
  return `the body is not JSON: ${cause instanceof Error ? cause.message : String(cause)}`;
}

/** Parses the body of a request. Never throws; `contentEncoding` is the header's value and only sharpens the reason. */
export function parseBody(body: Buffer, contentEncoding?: string): ParsedBody {
  if (!isUtf8(body)) return { reason: whyNotJson(body, contentEncoding, undefined) };
  try {
    return { value: JSON.parse(body.toString("utf8")) as unknown };
  } catch (error) {
    return { reason: whyNotJson(body, contentEncoding, error) };
  }
}
