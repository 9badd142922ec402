// Deliveries to be probed with. Their content is friendly: text, display names, nothing unusual but what a check is
// about, so that a handler that trips over one thing fails one check and not all of them.
import {
  dialectName,
  resolveDialect,
  findEvent,
  type HeaderPair,
  hookHeaderNames,
  isObject,
  requestHeaders,
} from "../../protocol/index.js";
import { wordsOf } from "./words.js";
import { buildSample, listSamples, type Sample, type SampleRequest } from "../../samples/index.js";
import type { ProbeRequest } from "../probe/answer.js";

export type Json = Record<string, unknown>;

/** One delivery that can be made any number of times. */
export interface Plan {
  readonly event: string;
  /** What it is, for people: `mention (everything)`. */
  readonly label: string;
  /** `send note --variant files-only`: what sends its like; undefined where no call of `send` does. */
  readonly repeat: string | undefined;
  /** A request with a new eventId, new ids and the present time. */
  readonly fresh: () => ProbeRequest;
}

/** How a planned delivery differs from the plain one. */
export interface PlanOptions {
  /** Default: the event's plainest sample. */
  readonly variant?: string | undefined;
  /** Default: event and variant. */
  readonly label?: string | undefined;
  /** Every user's `name` is null; otherwise everybody has one. */
  readonly unnamed?: boolean | undefined;
  /** Changes the envelope after the sample was made friendly. It may change it in place. */
  readonly change?: ((envelope: Json) => Json) | undefined;
  /** Default: the hook's own; null leaves the header out. */
  readonly secret?: string | null | undefined;
  /** Changes the headers in the end. */
  readonly headers?: ((headers: readonly HeaderPair[]) => readonly HeaderPair[]) | undefined;
  /** Options with which `send` makes the same change. */
  readonly repeat?: string | undefined;
  /** Sends this text instead of the envelope. */
  readonly text?: string | undefined;
}

/** The hook that is played. */
export interface PlayedHook extends Omit<SampleRequest, "event" | "variant"> {
  readonly secret: string;
  /** What notes say, where they say anything; default: what the samples say. */
  readonly text?: string | undefined;
}

/** Calls `visit` for every object inside, the outer ones first. */
export function eachObject(value: unknown, visit: (object: Json) => void): void {
  if (Array.isArray(value)) for (const item of value) eachObject(item, visit);
  if (!isObject(value)) return;
  visit(value);
  for (const child of Object.values(value)) eachObject(child, visit);
}

/** The server that `send` plays unless told otherwise. */
const presentMisskey = dialectName(resolveDialect("misskey"));

const isUser = (object: Json): boolean => typeof object["username"] === "string" && "name" in object;

/** Users without a display name get one: `name: null` has a check of its own. */
function nameUsers(envelope: Json): Json {
  eachObject(envelope, (object) => {
    if (isUser(object) && object["name"] === null) {
      const username = String(object["username"]);
      object["name"] = username.charAt(0).toUpperCase() + username.slice(1);
    }
  });
  return envelope;
}

/** Every user without a display name, as accounts are until their owner sets one. */
function unnameUsers(envelope: Json): Json {
  eachObject(envelope, (object) => {
    if (isUser(object)) object["name"] = null;
  });
  return envelope;
}

/** The note of an envelope, wherever the dialect has it; undefined for other events. */
export function noteOf(envelope: Json): Json | undefined {
  const body = isObject(envelope["body"]) ? envelope["body"] : envelope;
  return isObject(body["note"]) ? body["note"] : undefined;
}

/** Makes deliveries for one hook. */
export interface Planner {
  readonly plan: (event: string, options?: PlanOptions) => Plan;
  /** Variants of an event that the dialect's servers send, test deliveries left out. */
  readonly variantsOf: (event: string) => string[];
  /** Ids of what was delivered, its words and names. Grows with each delivery. */
  readonly words: ReadonlySet<string>;
  /** The sample's envelope, made friendly. */
  readonly envelope: (event: string, variant?: string) => Json;
}

/** Plans for a hook; every envelope is fresh and the caller's own. */
export function createPlanner(hook: PlayedHook): Planner {
  const { dialect } = hook;
  const names = hookHeaderNames(dialect);
  const words = new Set<string>();
  const samples = listSamples(dialect).filter(({ variant }) => !variant.startsWith("test-button"));

  const variantsOf = (event: string): string[] =>
    samples.filter((sample) => sample.event === event).map(({ variant }) => variant);

  /** A renote's first sample is the pure one, without text. */
  const plainest = (event: string): string | undefined => (event === "renote" ? "quote" : undefined);

  const sample = (event: string, variant: string | undefined): Sample =>
    buildSample({ ...hook, dialect, event, variant: variant ?? plainest(event) });

  /** The sample's envelope, the caller's own, with the words that the handler may be waiting for. */
  const spoken = ({ body }: Sample): Json => {
    const copy = structuredClone(body);
    const note = noteOf(copy);
    if (hook.text !== undefined && typeof note?.["text"] === "string") note["text"] = hook.text;
    return copy;
  };

  const envelope = (event: string, variant?: string): Json => nameUsers(spoken(sample(event, variant)));

  function plan(event: string, options: PlanOptions = {}): Plan {
    const { variant, change = (same) => same, secret = hook.secret, headers = (same) => same, text } = options;
    return {
      event,
      repeat: repeatOf(event, options),
      label: options.label ?? (variant === undefined ? event : `${event} (${variant})`),
      fresh: () => {
        const built = sample(event, variant);
        const named = (options.unnamed === true ? unnameUsers : nameUsers)(spoken(built));
        const whole = change(named);
        for (const word of wordsOf(isObject(whole["body"]) ? whole["body"] : whole)) words.add(word);
        const body = text ?? JSON.stringify(whole);
        const all = requestHeaders(dialect, {
          host: new URL(built.server).host,
          hookId: built.hookId,
          secret: secret ?? "",
        });
        const sent = secret === null ? all.filter(([name]) => name !== names.secret) : all;
        return { method: "POST", headers: headers(sent), body: Buffer.from(body) };
      },
    };
  }

  /** What is neither changed nor told how to change is sent by its names alone. */
  function repeatOf(
    event: string,
    { variant, repeat, change, text, headers, secret }: PlanOptions,
  ): string | undefined {
    const isAsIs = change === undefined && text === undefined && headers === undefined && secret === undefined;
    if (repeat === undefined && !isAsIs) return undefined;
    const named = variant ?? plainest(event);
    const as = dialectName(dialect) === presentMisskey ? [] : [`--as ${dialectName(dialect)}`];
    return [
      "send",
      event,
      ...(named === undefined ? [] : [`--variant ${named}`]),
      ...as,
      ...(repeat ? [repeat] : []),
    ].join(" ");
  }

  return { plan, variantsOf, envelope, words };
}

/** The same bytes each time: a redelivery. */
export function frozen(plan: Plan): Plan {
  const request = plan.fresh();
  return { ...plan, fresh: () => request };
}

/** An envelope of an event that no server has, around a plain body. */
export function unknownEnvelope(known: Json, type: string): Json {
  return { ...known, type, body: { [type]: { id: "9zzzzzzzzzh4k20000" } } };
}

/** Whether this event's deliveries carry a note. */
export function carriesNote(event: string): boolean {
  return findEvent(event)?.body === "note";
}

/** A secret that shares nothing with the right one. */
export function wrongSecretFor(secret: string): string {
  return secret.includes("0f7c1d") ? "another-83be52" : "wrong-0f7c1d";
}

/**
 * A wrong secret as long as the right one in characters, and longer in bytes of UTF-8: comparing in constant time throws
 * where only the characters were counted, or where it takes ASCII alone (Python's hmac.compare_digest).
 */
export function oddSecretFor(secret: string): string {
  const letter = secret.includes("\u00E9") ? "\u00E8" : "\u00E9";
  return letter.repeat(Math.max(1, secret.length));
}
