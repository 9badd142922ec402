// From the body's bytes to its JSON value, or to the reason in words why it has none.

export type ParsedBody = { readonly value: unknown } | { readonly reason: string };

/** How compressed data begins; brotli has no such mark. */
const compressions: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["zlib", [0x78, 0x9c]],
];
const byteOrderMark = [0xef, 0xbb, 0xbf];

function startsWith(body: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => body[index] === byte);
}

function compressionOf(body: Uint8Array, contentEncoding: string | undefined): string | undefined {
  if (contentEncoding !== undefined && contentEncoding.trim().toLowerCase() !== "identity") {
    return contentEncoding.slice(0, 20);
  }
  return compressions.find(([, magic]) => startsWith(body, magic))?.[0];
}

/** A byte order mark is no part of JSON: it is left in, so that parsing stumbles over it. */
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

function textOf(body: Uint8Array): string | undefined {
  try {
    return utf8.decode(body);
  } catch {
    return undefined;
  }
}

function whyNotJson(body: Uint8Array, contentEncoding: string | undefined, cause?: Error): string {
  if (body.length === 0) return "the body is empty";
  const compression = compressionOf(body, contentEncoding);
  if (compression !== undefined) return `the body is compressed (${compression}), and servers send it as it is`;
  if (cause === undefined) return "the body is not valid UTF-8";
  if (startsWith(body, byteOrderMark)) return "the body starts with a byte order mark";
  return `the body is not JSON: ${cause.message}`;
}

/** Parses the body of a request. Never throws; `contentEncoding` is the header's value and only sharpens the reason. */
export function parseBody(body: Uint8Array, contentEncoding?: string): ParsedBody {
  const text = textOf(body);
  if (text === undefined) return { reason: whyNotJson(body, contentEncoding) };
  try {
    return { value: JSON.parse(text) as unknown };
  } catch (error) {
    return { reason: whyNotJson(body, contentEncoding, error as SyntaxError) };
  }
}
