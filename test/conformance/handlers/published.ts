// Handlers in the way of those that people publish, reduced to the order in which they look at things. Each is what its
// author found enough; what is wrong with it shows in the verdicts beside it.
import type { IncomingHttpHeaders } from "node:http";
import { secret } from "./handler.js";

export interface Received {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface PublishedHandler {
  /** The status that it answers with; what it throws becomes a 500. */
  readonly answer: (received: Received, act: () => void) => number;
  /** As which server it is checked. Default: misskey. */
  readonly as?: string;
  /** Default: all events of a user. */
  readonly on?: readonly string[];
  readonly observed?: true;
  readonly fails?: readonly string[];
  readonly warns?: readonly string[];
  readonly unproved?: readonly string[];
}

type Json = any; // eslint-disable-line -- the code of strangers

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isJson = ({ headers }: Received): boolean => headers["content-type"]?.startsWith("application/json") === true;
const knowsSecret = ({ headers }: Received): boolean => headers["x-misskey-hook-secret"] === secret;

/** The status for a body that is no JSON, or what comes of it. */
function parsed(body: string, ifBroken: number, answer: (payload: Json) => number): number {
  let payload: Json;
  try {
    payload = JSON.parse(body);
  } catch {
    return ifBroken;
  }
  return answer(payload);
}

const unseen = ["delivery.redelivery", "delivery.concurrent-redelivery"];
const acceptsAll = ["note", "reply", "renote", "mention", "follow", "followed", "unfollow"].map(
  (event) => `accepts.${event}`,
);
const input = ["input.malformed-json", "input.not-an-object", "input.empty-body"];
const actsAgain = ["delivery.redelivery", "delivery.concurrent-redelivery"];
const secretChecks = ["wrong", "missing", "empty", "prefix", "superstring", "case"].map((name) => `secret.${name}`);

function literalHeaders({ headers, body }: Received, act: () => void): number {
  const wanted = {
    "user-agent": "Misskey-Hooks",
    "x-misskey-host": "pond.example",
    "content-type": "application/json",
  };
  if (Object.entries(wanted).some(([name, value]) => headers[name] !== value)) return 422;
  return parsed(body, 400, (payload) => {
    if (!isObject(payload) || !("body" in payload) || typeof payload.createdAt !== "number") return 422;
    if (["eventId", "hookId", "userId", "server"].some((key) => typeof payload[key] !== "string")) return 422;
    if (![...acceptsAll, "accepts.reaction"].includes(`accepts.${payload.type}`)) return 422;
    act();
    return 204;
  });
}

export const publishedHandlers: Readonly<Record<string, PublishedHandler>> = {
  "headers compared to the letter, and no secret": {
    answer: literalHeaders,
    warns: ["tolerates.no-server"],
    unproved: ["secret.wrong", ...unseen],
  },
  "headers compared to the letter, and seen to act without a secret": {
    answer: literalHeaders,
    observed: true,
    fails: [...secretChecks, ...actsAgain],
    warns: ["tolerates.no-server"],
  },
  "a gate on the User-Agent before the secret, and no look at what was parsed": {
    answer: (received, act) => {
      if (received.method !== "POST") return 405;
      if (received.headers["user-agent"]?.includes("Misskey-Hooks") !== true) return 400;
      if (!knowsSecret(received)) return 401;
      const { type, body }: Json = JSON.parse(received.body);
      if (type === "note" && body.note.visibility === "public") act();
      return 200;
    },
    warns: input,
    unproved: unseen,
  },
  "4 KiB, a name and no secret": {
    on: ["note"],
    answer: ({ body }, act) => {
      if (Buffer.byteLength(body) > 4096) return 413;
      return parsed(body, 400, (payload) => {
        if (!isObject(payload) || !/^note(@|$)/.test(String(payload.type))) return 400;
        if (typeof payload.server !== "string" || typeof payload.body?.note?.user?.name !== "string") return 400;
        act();
        return 201;
      });
    },
    fails: ["tolerates.null-name", "tolerates.long-note", "tolerates.large-body"],
    warns: ["tolerates.no-server"],
    unproved: ["secret.wrong", ...unseen],
  },
  "JSON before the secret, and 400 to a wrong one": {
    answer: (received) => {
      const payload: Json = JSON.parse(received.body);
      if (!knowsSecret(received)) return 400;
      return "body" in payload ? 200 : 202;
    },
    warns: ["delivery.get-harmless", ...input],
    unproved: unseen,
  },
  "the form (415, 422) before the secret (401)": {
    answer: (received) => {
      if (!isJson(received)) return 415;
      return parsed(received.body, 400, (payload) => {
        if (!isObject(payload) || typeof payload.type !== "string") return 422;
        if (typeof payload.server !== "string" || !isObject(payload.body)) return 422;
        return knowsSecret(received) ? 200 : 401;
      });
    },
    warns: ["tolerates.no-server"],
    unproved: unseen,
  },
  ...bodyParserOfJsonAlone(),
  "one event of the system's alone, the rest taken and left": {
    answer: (received, act) => {
      if (received.headers["x-hub-signature"] !== undefined || !knowsSecret(received)) return 401;
      return parsed(received.body, 400, (payload) => {
        if (payload?.type === "userCreated") act();
        return 200;
      });
    },
    unproved: unseen,
  },
  "waits for what no server sends": {
    answer: (received) => {
      if (!knowsSecret(received)) return 401;
      const { server, body }: Json = JSON.parse(received.body);
      if (typeof server !== "string" || !isObject(body)) throw new Error("no envelope");
      return body["notification"] === undefined ? 200 : 202;
    },
    warns: ["delivery.get-harmless", "tolerates.no-server", ...input],
    unproved: unseen,
  },
};

/** A framework's parser, which reads application/json alone, in front of a handler that trusts what it made of it. */
function bodyParserOfJsonAlone(): Record<string, PublishedHandler> {
  const answer = (received: Received): number =>
    parsed(isJson(received) ? received.body : "{}", 400, (payload) => {
      if (!knowsSecret(received)) return 401;
      if (!isObject(payload)) return 400;
      return payload.body.note === undefined ? 200 : 202;
    });
  return {
    "a parser of application/json alone": {
      answer,
      warns: ["delivery.get-harmless", "input.not-an-object"],
      unproved: unseen,
    },
    "a parser of application/json alone, before a server that says text/plain": {
      answer,
      as: "misskey@13.3",
      fails: [...acceptsAll, "tolerates.old-content-type"],
      warns: ["delivery.get-harmless", ...input],
    },
  };
}
