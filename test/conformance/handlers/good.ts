// Handlers that are right, each in its own way. None of them may fail a check.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Parts, Payload } from "./handler.js";
import { secret } from "./handler.js";

export interface GoodHandler {
  readonly parts: Parts;
  /** Default: all events of a user. */
  readonly on?: readonly string[];
  /** Checks that can't be sure, and say so. */
  readonly warns?: readonly string[];
  /** What nobody can see of its dealing with secrets. */
  readonly unproved?: readonly string[];
  /** Its actions are watched. */
  readonly observed?: true;
  /** The run can't go on to its end. */
  readonly stops?: true;
}

const json = (status: number, value: unknown) => (response: ServerResponse) =>
  void response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));

const known = new Set(["note", "reply", "renote", "mention", "follow", "followed", "unfollow"]);
const isObject = (value: unknown): value is Payload => typeof value === "object" && value !== null;

function validate(body: string): Payload {
  const payload = JSON.parse(body) as Payload;
  const { type, body: inner } = payload;
  if (typeof payload["hookId"] !== "string" || typeof payload["eventId"] !== "string") throw new Error("envelope");
  if (typeof payload["createdAt"] !== "number" || typeof payload["userId"] !== "string") throw new Error("envelope");
  if (typeof type !== "string" || !known.has(type) || !isObject(inner)) throw new Error("type");
  const subject = inner["note"] ?? inner["user"];
  if (!isObject(subject) || typeof subject["id"] !== "string") throw new Error("subject");
  if (isObject(inner["note"]) && !isObject(inner["note"]["user"])) throw new Error("user");
  return payload;
}

const noteOf = (payload: Payload): any => (payload["body"] as any)?.note; // eslint-disable-line -- the code of strangers

let counter = 0;
let limited = 0;

export const goodHandlers: Readonly<Record<string, GoodHandler>> = {
  plain: { parts: {} },
  "204 without a body": { parts: { answer: (response) => void response.writeHead(204).end() } },
  "202 with an id in JSON": {
    parts: {
      answer: (response) => json(202, { queued: true, job: crypto.randomUUID() })(response),
      onWrong: json(403, { error: "forbidden" }),
    },
  },
  "a count in the answer": { parts: { answer: (response) => json(200, { ok: true, handled: ++counter })(response) } },
  "two calls for an event": {
    on: ["mention"],
    parts: { handle: (_, act) => (act(), act()) },
    observed: true,
  },
  "acts half a second after the answer": {
    on: ["mention"],
    parts: { handle: (_, act, pause) => void pause(500).then(act) },
    observed: true,
  },
  "acts on a word that no sample has": {
    on: ["mention"],
    parts: { handle: (payload, act) => noteOf(payload)?.text?.includes("#to_x") && act() },
    observed: true,
  },
  "404 to a wrong secret": { parts: { onWrong: (response) => void response.writeHead(404).end() } },
  "400 to a wrong secret": { parts: { onWrong: json(400, { error: "bad request" }) } },
  "200 and another text to a wrong secret": {
    parts: { onWrong: (response) => void response.writeHead(200).end("ignored") },
  },
  "204 to a wrong secret, ignored in silence": {
    parts: {
      onWrong: (response) => void response.writeHead(204).end(),
      answer: (response) => void response.writeHead(204).end(),
    },
    unproved: ["secret.wrong"],
  },
  "200 to everything, works later": {
    parts: {
      first: (_, response) => {
        response.writeHead(200).end("ok");
        return true;
      },
    },
    warns: ["handler.alive"],
    unproved: ["secret.wrong"],
  },
  "strict validation with 422": { parts: { parse: validate, onBroken: json(422, { errors: ["invalid"] }) } },
  "only mentions": {
    on: ["mention"],
    parts: {
      parse: (body) => {
        const payload = JSON.parse(body) as Payload | null;
        if (payload?.["type"] !== "mention") throw new Error("not for me");
        return payload;
      },
    },
  },
  "only follows": { on: ["followed", "unfollow"], parts: { parse: validate } },
  "mounted on a path": {
    parts: {
      first: (request: IncomingMessage, response) => {
        if (request.url === "/hook") return false;
        response.writeHead(404).end();
        return true;
      },
    },
  },
  "content type compared literally": {
    parts: {
      first: (request, response) => {
        if (request.method !== "POST" || request.headers["content-type"] === "application/json") return false;
        response.writeHead(415).end();
        return true;
      },
    },
  },
  "409 to a redelivery": { parts: { onKnown: (response) => void response.writeHead(409).end() } },
  "closes each connection": {
    parts: { answer: (response) => void response.writeHead(200, { connection: "close" }).end("bye") },
  },
  "knows other families": {
    parts: { isRight: (given, { headers }) => (given ?? headers["x-iceshrimp-hook-secret"]) === secret },
  },
  "takes its time": {
    parts: { handle: async (_, act, pause) => (await pause(80), act()) },
  },
  "a page with cookies": {
    parts: {
      answer: (response) =>
        void response
          .writeHead(200, {
            "content-type": "text/html",
            "set-cookie": `id=${Math.random()}`,
            "x-request-id": `${Math.random()}`,
          })
          .end(`<p>${new Date().toISOString()}`),
    },
  },
  "leaves what no instance sends to its framework": {
    parts: {
      first: (request, response) => {
        if (request.method === "POST") return false;
        response.writeHead(500).end();
        return true;
      },
      parse: (body) => JSON.parse(body) as Payload,
      onBroken: (response) => void response.writeHead(500).end(),
      handle: (payload, act) => ((payload["server"] as string).trim(), act()),
    },
    warns: [
      "delivery.get-harmless",
      "tolerates.no-server",
      "input.malformed-json",
      "input.not-an-object",
      "input.empty-body",
    ],
  },
  "Google Apps Script": {
    parts: {
      first: (_, response) => {
        response.writeHead(302, { location: "https://script.googleusercontent.com/macros/echo?lib=x" }).end();
        return true;
      },
    },
    warns: ["delivery.no-redirect"],
    stops: true,
  },
  "501 to a GET": {
    parts: {
      first: (request, response) => {
        if (request.method === "POST") return false;
        response.writeHead(501).end();
        return true;
      },
    },
  },
  "a limit of thirty deliveries": {
    parts: {
      first: (request, response) => {
        if (request.method !== "POST" || ++limited <= 30) return false;
        response.writeHead(429, { "retry-after": "60" }).end();
        return true;
      },
    },
    warns: ["delivery.burst"],
    stops: true,
  },
};
