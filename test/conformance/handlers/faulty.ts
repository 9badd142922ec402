// Handlers with one fault each, as real receivers have them, and the checks that must find it: these and no others.
import type { ServerResponse } from "node:http";
import type { Parts, Payload } from "./handler.js";
import { secret } from "./handler.js";

export interface FaultyHandler {
  readonly parts: Parts;
  readonly fails?: readonly string[];
  readonly warns?: readonly string[];
  /** What nobody can see of its dealing with secrets. */
  readonly unproved?: readonly string[];
  readonly on?: readonly string[];
  /** Its actions are watched. */
  readonly observed?: true;
  readonly requireRejection?: true;
  /** What notes say. */
  readonly text?: string;
}

type Json = any; // eslint-disable-line -- the code of strangers

const everySecret = ["wrong", "missing", "empty", "prefix", "superstring", "case", "other-header"].map(
  (name) => `secret.${name}`,
);
const fail500 = (response: ServerResponse): void => void response.writeHead(500).end();
const noteOf = (payload: Payload): Json => (payload["body"] as Json)?.note;
const usersOf = (payload: Payload): Json[] => [noteOf(payload)?.user, (payload["body"] as Json)?.user].filter(Boolean);

const crash = (): never => {
  throw new TypeError("cannot read properties of null");
};

let running = 0;
let lastInLine = Promise.resolve();

export const faultyHandlers: Readonly<Record<string, FaultyHandler>> = {
  // the secret
  "wrong secret answered 500": { parts: { onWrong: fail500 }, fails: everySecret },
  "wrong secret never answered": { parts: { onWrong: () => {} }, fails: everySecret },
  "wrong secret: connection cut": { parts: { onWrong: (response) => response.destroy() }, fails: everySecret },
  "secret not looked at": {
    parts: { isRight: () => true },
    fails: ["secret.wrong"],
  },
  "secret not looked at, and nothing remembered": {
    parts: { isRight: () => true, remembers: false },
    unproved: ["secret.wrong"],
  },
  "secret not looked at, rejection required": {
    parts: { isRight: () => true },
    requireRejection: true,
    fails: everySecret.filter((id) => id !== "secret.other-header"),
  },
  "wrong secret answered 200 and acted upon, in silence": {
    parts: { onWrong: (response, act) => (act(), void response.writeHead(200).end("ok")) },
    observed: true,
    fails: everySecret,
  },
  "wrong secret answered 401 and acted upon": {
    parts: { onWrong: (response, act) => (act(), void response.writeHead(401).end()) },
    observed: true,
    fails: everySecret,
  },
  "wrong secret acted upon some time after the answer": {
    on: ["mention"],
    parts: {
      onWrong: (response, act, pause) => (void pause(500).then(act), void response.writeHead(200).end("ok")),
      handle: (_, act, pause) => void pause(500).then(act),
    },
    observed: true,
    fails: everySecret,
  },
  "secret not looked at, and acts on a word that its notes have": {
    on: ["mention"],
    text: "Hello #to_x",
    parts: { isRight: () => true, handle: (payload, act) => noteOf(payload)?.text?.includes("#to_x") && act() },
    observed: true,
    fails: everySecret.filter((id) => id !== "secret.other-header"),
  },
  "secret not looked at, and acts on a word that no sample has": {
    on: ["mention"],
    parts: { isRight: () => true, handle: (payload, act) => noteOf(payload)?.text?.includes("#to_x") && act() },
    observed: true,
    fails: ["secret.wrong"],
  },
  "the right secret told to whoever asks": {
    parts: { onWrong: (response) => void response.writeHead(422).end(JSON.stringify({ expected: secret })) },
    fails: ["secret.wrong", "secret.missing"],
  },
  "a missing secret gets in": {
    parts: { isRight: (given) => given === undefined || given === secret },
    fails: ["secret.missing"],
  },
  "a missing or empty secret gets in": {
    parts: { isRight: (given) => !given || given === secret },
    fails: ["secret.missing", "secret.empty"],
  },
  "the start of the secret gets in": {
    parts: { isRight: (given) => given !== undefined && secret.startsWith(given) },
    fails: ["secret.empty", "secret.prefix"],
  },
  "the secret contains it": {
    parts: { isRight: (given) => Boolean(given) && secret.includes(given ?? "") },
    fails: ["secret.prefix"],
  },
  "it contains the secret": {
    parts: { isRight: (given) => given?.includes(secret) === true },
    fails: ["secret.superstring"],
  },
  "it starts with the secret": {
    parts: { isRight: (given) => given?.startsWith(secret) === true },
    fails: ["secret.superstring"],
  },
  "case is ignored": {
    parts: { isRight: (given) => given?.toLowerCase() === secret.toLowerCase() },
    fails: ["secret.case"],
  },
  "any other header will do": {
    parts: { isRight: (given, { headers }) => given === secret || "x-iceshrimp-hook-secret" in headers },
    fails: ["secret.other-header"],
  },
  "login page for a wrong secret": {
    parts: { onWrong: (response) => void response.writeHead(302, { location: "/login" }).end() },
    fails: ["delivery.no-redirect"],
    warns: everySecret,
  },
  // what payloads contain
  "null text": {
    parts: { handle: (payload, act) => (noteOf(payload)?.text.toLowerCase(), act()) },
    fails: ["tolerates.null-text", "tolerates.files-only"],
  },
  "files alone": {
    parts: {
      handle: (payload, act) => (
        (noteOf(payload)?.text ?? noteOf(payload)?.renote?.text ?? noteOf(payload)?.poll)?.toString() ??
          (noteOf(payload) && crash()),
        act()
      ),
    },
    fails: ["tolerates.files-only"],
  },
  "renotes of notes without a uri": {
    on: ["note"],
    parts: { handle: (payload, act) => (noteOf(payload)?.renote?.uri.trim(), act()) },
    fails: ["accepts.note"],
  },
  "any poll": {
    on: ["mention"],
    parts: { handle: (payload, act) => (noteOf(payload)?.poll && crash(), act()) },
    fails: ["accepts.mention"],
  },
  "more than four files": {
    on: ["mention"],
    parts: { handle: (payload, act) => (noteOf(payload)?.files.length > 4 && crash(), act()) },
    fails: ["tolerates.large-body"],
  },
  "null name": {
    parts: { handle: (payload, act) => (usersOf(payload).map(({ name }) => name.trim()), act()) },
    fails: ["tolerates.null-name"],
  },
  "remote user": {
    parts: {
      handle: (payload, act) => {
        if (usersOf(payload).some(({ host }) => host !== null)) throw new Error("who?");
        act();
      },
    },
    fails: ["tolerates.remote-user"],
  },
  "4 KiB of body": { parts: { maxBytes: 4096 }, fails: ["tolerates.long-note", "tolerates.large-body"] },
  "16 KiB of body": { parts: { maxBytes: 16_384 }, fails: ["tolerates.large-body"] },
  "unknown keys refused": {
    parts: {
      parse: (body) => {
        const payload = JSON.parse(body) as Payload | null;
        const allowed = new Set(["server", "hookId", "userId", "eventId", "createdAt", "type", "body"]);
        if (!payload || Object.keys(payload).some((key) => !allowed.has(key)) || !payload["type"])
          throw new Error("extra");
        return payload;
      },
    },
    fails: ["tolerates.unknown-keys"],
  },
  "unknown event": {
    parts: {
      handle: (payload, act) => {
        const handlers: Record<string, () => void> = Object.fromEntries(
          "note reply renote mention follow followed unfollow abuseReport abuseReportResolved userCreated inactiveModeratorsWarning inactiveModeratorsInvitationOnlyChanged"
            .split(" ")
            .map((type) => [type, act]),
        );
        (handlers[payload["type"] as string] as () => void)();
      },
    },
    fails: ["tolerates.unknown-event"],
  },
  "system events": {
    parts: { handle: (payload, act) => ((payload["userId"] as string).trim(), act()) },
    warns: ["tolerates.system-events"],
  },
  "no server": {
    parts: { handle: (payload, act) => ((payload["server"] as string).trim(), act()) },
    warns: ["tolerates.no-server"],
  },
  "server insisted on": {
    parts: {
      parse: (body) => {
        const payload = JSON.parse(body) as Payload | null;
        if (!payload?.["server"]) throw new Error("server");
        return payload;
      },
    },
    warns: ["tolerates.no-server"],
  },
  "one event of two": {
    on: ["mention", "follow"],
    parts: { handle: (payload, act) => (payload["type"] === "follow" ? crash() : act()) },
    fails: ["accepts.follow"],
  },
  polls: {
    parts: { handle: (payload, act) => (noteOf(payload)?.poll && noteOf(payload).text && crash(), act()) },
    fails: ["accepts.note", "accepts.mention"],
  },
  // what isn't an envelope
  "malformed JSON answered 500": {
    parts: {
      parse: (body) => {
        try {
          return JSON.parse(body === "" ? "null" : body) ?? {};
        } catch {
          throw new Error("json");
        }
      },
      onBroken: fail500,
    },
    warns: ["input.malformed-json"],
  },
  "malformed JSON answered 200": {
    parts: { onBroken: (response) => void response.writeHead(200, { "content-type": "text/plain" }).end("okay") },
    warns: ["input.malformed-json"],
  },
  "malformed JSON never answered": {
    parts: { parse: (body) => JSON.parse(body || "{}") ?? {}, onBroken: () => {} },
    warns: ["input.malformed-json"],
  },
  "null dereferenced": {
    parts: { parse: (body) => JSON.parse(body || "{}"), handle: (payload, act) => (payload["type"], act()) },
    warns: ["input.not-an-object"],
  },
  "an empty body answered 500": {
    parts: {
      first: (request, response) =>
        request.method === "POST" && request.headers["content-length"] === "0" && (fail500(response), true),
    },
    warns: ["input.empty-body"],
  },
  // how deliveries come
  "no idempotency": {
    parts: { remembers: false },
    observed: true,
    fails: ["delivery.redelivery", "delivery.concurrent-redelivery"],
  },
  "idempotency with a gap": {
    parts: { remembers: "late", handle: async (_, act, pause) => (await pause(30), act()) },
    observed: true,
    fails: ["delivery.concurrent-redelivery"],
  },
  "no idempotency, and acts on channels alone": {
    on: ["note"],
    parts: { remembers: false, handle: (payload, act) => noteOf(payload)?.channel && act() },
    observed: true,
    fails: ["delivery.redelivery", "delivery.concurrent-redelivery"],
  },
  "no idempotency, with two calls for an event": {
    on: ["mention"],
    parts: { remembers: false, handle: (_, act) => (act(), act()) },
    observed: true,
    fails: ["delivery.redelivery", "delivery.concurrent-redelivery"],
  },
  "500 to a redelivery": {
    parts: { onKnown: fail500 },
    fails: ["delivery.redelivery", "delivery.concurrent-redelivery"],
  },
  "retry swallowed": {
    parts: { remembers: "early", handle: (payload, act) => (noteOf(payload)?.text.toLowerCase(), act()) },
    fails: ["tolerates.null-text", "tolerates.files-only", "delivery.after-failure"],
  },
  "1.3 s for an answer": {
    parts: { handle: async (_, act, pause) => (await pause(1300), act()) },
    warns: ["delivery.in-time"],
  },
  "600 ms, one at a time": {
    on: ["mention"],
    parts: {
      handle: (_, act, pause) => {
        lastInLine = lastInLine.then(() => pause(600));
        return lastInLine.then(act);
      },
    },
    fails: ["delivery.burst"],
  },
  "6 s for an answer": {
    parts: { handle: async (_, act, pause) => (await pause(6000), act()) },
    fails: ["delivery.in-time"],
  },
  "a response without end": {
    parts: { answer: (response) => void response.writeHead(200).write("…") },
    fails: ["delivery.response-ends"],
  },
  "moved with 308": {
    parts: {
      first: (request, response) =>
        request.url === "/hook" && (response.writeHead(308, { location: "/hook/" }).end(), true),
    },
    fails: ["delivery.no-redirect"],
  },
  "moved with 301": {
    parts: {
      first: (request, response) =>
        request.url === "/hook" && (response.writeHead(301, { location: "/hook/" }).end(), true),
    },
    fails: ["delivery.no-redirect"],
  },
  "sent to a login page": {
    parts: {
      first: (request, response) => (
        response
          .writeHead(request.url === "/login" ? 200 : 302, { location: "/login" })
          .end(request.method === "GET" ? "log in" : ""),
        request.url !== "/x"
      ),
    },
    fails: ["delivery.no-redirect"],
  },
  "GET answered 500": {
    parts: { first: (request, response) => request.method === "GET" && (fail500(response), true) },
    warns: ["delivery.get-harmless"],
  },
  "overwhelmed by a burst": {
    parts: {
      handle: async (_, act, pause) => {
        running++;
        await pause(120);
        const load = running--;
        if (load > 20) throw new Error("too many");
        act();
      },
    },
    fails: ["delivery.burst"],
  },
  // everything alike
  "500 to everything": { parts: { first: (_, response) => (fail500(response), true) }, fails: ["handler.alive"] },
  "404 to everything": {
    parts: { first: (_, response) => (response.writeHead(404).end(), true) },
    fails: ["handler.alive"],
  },
  "401 to the right secret too": { parts: { isRight: () => false }, fails: ["handler.alive"] },
  "401 to everything, and does the work": {
    parts: { isRight: () => false, onWrong: (response, act) => (act(), void response.writeHead(401).end()) },
    observed: true,
    fails: ["handler.alive"],
  },
  "no answer, and does the work": {
    on: ["mention"],
    parts: { answer: () => {}, onWrong: () => {} },
    observed: true,
    fails: ["handler.alive"],
  },
  "200 to everything": {
    parts: { first: (_, response) => (response.writeHead(200).end("ok"), true) },
    warns: ["handler.alive"],
    unproved: ["secret.wrong"],
  },
  "200 to everything, rejection required": {
    parts: { first: (_, response) => (response.writeHead(200).end("ok"), true) },
    requireRejection: true,
    fails: ["handler.alive", "secret.wrong"],
  },
  "nothing is answered": { parts: { first: () => true }, fails: ["handler.alive"] },
  "every connection cut": { parts: { first: (_, response) => (response.destroy(), true) }, fails: ["handler.alive"] },
  "a charset insisted on": {
    parts: {
      first: (request, response) =>
        request.headers["content-type"] !== "application/json; charset=utf-8" && (response.writeHead(415).end(), true),
    },
    fails: ["handler.alive"],
  },
};
