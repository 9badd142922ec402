// Deliveries to keep, for the tests of the store.
import { randomBytes } from "node:crypto";
import type { CaptureWriter, NewCapture } from "../../src/captures/index.js";

const headers = [
  ["Accept", "*/*"],
  ["content-type", "application/json"],
  ["X-Misskey-Hook-Secret", "a-long-secret"],
  ["x-misskey-host", "misskey.example"],
] as const;

/** One with this body; `seconds` after the start of 2026. */
export function someCapture(
  body: string | Uint8Array,
  seconds = 0,
  facts: Partial<NewCapture["facts"]> = {},
): NewCapture {
  return {
    id: randomBytes(6).toString("hex"),
    at: new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString(),
    httpVersion: "1.1",
    delivery: { method: "POST", path: "/hook", headers, body: typeof body === "string" ? Buffer.from(body) : body },
    facts: {
      status: 204,
      ok: true,
      event: "mention",
      eventId: "e",
      hookId: "h",
      dialect: "misskey",
      redelivery: false,
      findings: [],
      source: "endpoint",
      ...facts,
    },
  };
}

/** A mention by this user, as a body. */
export function mentionBy(username: string, host: string | null = null): string {
  return JSON.stringify({ type: "mention", body: { note: { visibility: "public", user: { username, host } } } });
}

/** Keeps one, and gives its id. */
export function keep(writer: CaptureWriter, capture: NewCapture): string {
  if (!writer.append(capture)) throw new Error("it wasn't kept");
  return capture.id;
}
