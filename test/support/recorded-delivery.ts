// Recorded deliveries as requests that can be sent again.
import { readFileSync } from "node:fs";
import { findHeaderPrefix } from "../../src/protocol/index.js";

export interface RecordedDelivery {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Set by whoever sends. */
const ofTheConnection = new Set(["host", "connection", "content-length"]);

/** The delivery of `fixtures/recorded/<path>.json`, with another secret. */
export function recordedDelivery(path: string, secret: string): RecordedDelivery {
  const file = new URL(`../../fixtures/recorded/${path}.json`, import.meta.url);
  const { rawHeaders, bodyRaw } = JSON.parse(readFileSync(file, "utf8")) as { rawHeaders: string[]; bodyRaw: string };
  const headers: Record<string, string> = {};
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    if (!ofTheConnection.has(name.toLowerCase())) headers[name] = value;
  }
  const secretName = `${findHeaderPrefix(Object.keys(headers))}hook-secret`;
  const name = Object.keys(headers).find((candidate) => candidate.toLowerCase() === secretName) ?? secretName;
  return { headers: { ...headers, [name]: secret }, body: bodyRaw };
}
