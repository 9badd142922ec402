// A handler as its author would write it, in parts that can each be written wrong.
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

import type { Certificate } from "../../support/certificates.js";

export const secret = "Correct-Horse-7";

export type Payload = Record<string, unknown>;

/** Waits so many milliseconds. */
export type Pause = (ms: number) => Promise<void>;

const realPause: Pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The parts of a handler; whatever is left out is done right. */
export interface Parts {
  /** Before anything else is looked at. True when it has answered. */
  readonly first?: (request: IncomingMessage, response: ServerResponse) => boolean;
  readonly isRight?: (given: string | undefined, request: IncomingMessage) => boolean;
  readonly onWrong?: (response: ServerResponse, act: () => void, pause: Pause) => void;
  readonly maxBytes?: number;
  readonly parse?: (text: string) => Payload;
  readonly onBroken?: (response: ServerResponse) => void;
  /** What it does with an event; what it throws becomes a 500. */
  readonly handle?: (payload: Payload, act: () => void, pause: Pause) => void | Promise<void>;
  readonly answer?: (response: ServerResponse, payload: Payload) => void;
  readonly onKnown?: (response: ServerResponse) => void;
  /** Whether it remembers eventIds. Default true. */
  readonly remembers?: boolean | "late" | "early";
}

const text = (response: ServerResponse, status: number, body = ""): void =>
  void response.writeHead(status, { "content-type": "text/plain" }).end(body);

function parseObject(body: string): Payload {
  const value: unknown = JSON.parse(body);
  if (typeof value !== "object" || value === null || typeof (value as Payload)["type"] !== "string")
    throw new Error("no envelope");
  return value as Payload;
}

export interface StartedHandler {
  readonly url: URL;
  /** How often it has acted. */
  readonly acted: () => number;
  readonly close: () => Promise<void>;
}

async function serve(listener: RequestListener, certificate: Certificate | undefined) {
  const server = certificate ? createTlsServer({ ...certificate }, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: new URL(`${certificate ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}/hook`),
    close: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Over https with a certificate, over http without. Its pauses are real ones unless told otherwise. */
export async function startHandler(
  parts: Parts = {},
  certificate?: Certificate,
  pause: Pause = realPause,
): Promise<StartedHandler> {
  let acted = 0;
  const act = (): void => void acted++;
  const known = new Set<unknown>();
  const { remembers = true, handle = (_, doIt) => doIt(), answer = (response) => text(response, 200, "ok") } = parts;

  async function work(payload: Payload, response: ServerResponse): Promise<void> {
    const { eventId } = payload;
    if (remembers !== false && known.has(eventId)) return (parts.onKnown ?? ((r) => text(r, 200, "known")))(response);
    if (remembers === true || remembers === "early") known.add(eventId);
    try {
      await handle(payload, act, pause);
    } catch {
      if (remembers === true) known.delete(eventId);
      return text(response, 500, "failed");
    }
    if (remembers === "late") known.add(eventId);
    return answer(response, payload);
  }

  function receive(request: IncomingMessage, response: ServerResponse, body: Buffer): void {
    if (request.method !== "POST") return void response.writeHead(405, { allow: "POST" }).end();
    if (body.length > (parts.maxBytes ?? 1_000_000)) return text(response, 413);
    const given = request.headers["x-misskey-hook-secret"] as string | undefined;
    const isRight = parts.isRight ?? ((value: string | undefined) => value === secret);
    if (!isRight(given, request)) return (parts.onWrong ?? ((r) => text(r, 401, "no")))(response, act, pause);
    let payload: Payload;
    try {
      payload = (parts.parse ?? parseObject)(body.toString("utf8"));
    } catch {
      return (parts.onBroken ?? ((r) => text(r, 400, "bad")))(response);
    }
    work(payload, response).catch(() => response.destroy());
  }

  const { url, close } = await serve((request, response) => {
    if (parts.first?.(request, response) === true) request.resume();
    else void buffer(request).then((body) => receive(request, response, body));
  }, certificate);
  return { url, acted: () => acted, close };
}
