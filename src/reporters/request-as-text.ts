// A request that isn't sent, as text: HTTP to read, or a curl command to run.
import { type HeaderPair, transportHeaders, type WireDelivery } from "../protocol/index.js";
import { mask } from "../mask.js";
import { shellQuote } from "./shell-quote.js";

/** What would be sent. */
export interface RequestText {
  readonly url: string;
  readonly delivery: WireDelivery;
  /** The name of the header that carries the secret. */
  readonly secretHeader: string;
}

const secretive = /^(authorization|proxy-authorization|cookie)$|secret|token|api-?key/i;

/** The headers with every value that may be a secret masked. An empty one stays empty: it is no secret, and it matters. */
export function maskHeaders(headers: readonly HeaderPair[]): HeaderPair[] {
  return headers.map(([name, value]) => [name, secretive.test(name) && value !== "" ? mask : value]);
}

/** The request as it goes over the wire, secrets masked. */
export function requestAsHttp({ url, delivery }: RequestText): string {
  const { method, path, body } = delivery;
  const headers = maskHeaders(transportHeaders(delivery, new URL(url).host));
  const lines = headers.map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, "", textOf(body)].join("\n");
}

function textOf(body: Uint8Array): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(body);
}

function curlHeader([name, value]: HeaderPair, secretHeader: string): string {
  // curl drops a header without a value, unless a semicolon stands for the colon.
  if (value === "") return `-H ${shellQuote(`${name};`)}`;
  const isSecret = name.toLowerCase() === secretHeader.toLowerCase();
  return isSecret ? `-H "${name}: $MISSKEY_HOOKS_SECRET"` : `-H ${shellQuote(`${name}: ${value}`)}`;
}

/**
 * A curl command that sends the same bytes; it reads the secret from `MISSKEY_HOOKS_SECRET`.
 * @param bodyFile the file to send, for a body that isn't text; undefined writes the body into the command
 */
export function requestAsCurl({ url, delivery, secretHeader }: RequestText, bodyFile?: string): string {
  const { headers, body } = delivery;
  const hasContentType = headers.some(([name]) => name.toLowerCase() === "content-type");
  const data = bodyFile === undefined ? textOf(body) : `@${bodyFile}`;
  return [
    `curl -sS -i ${shellQuote(url)}`,
    ...headers.map((header) => curlHeader(header, secretHeader)),
    // Without this, curl adds a content type of its own.
    ...(hasContentType ? [] : [`-H 'content-type:'`]),
    `${data.startsWith("@") && bodyFile === undefined ? "--data-raw" : "--data-binary"} ${shellQuote(data)}`,
  ].join(" \\\n  ");
}
