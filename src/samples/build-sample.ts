// From an event and a variant to the delivery that a server of some dialect would send right now.
import { closest } from "fastest-levenshtein";
import { UsageError } from "../errors.js";
import {
  buildEnvelope,
  type Dialect,
  dialectName,
  events,
  type EventSpec,
  findEvent,
  familiesAlone,
  findEventOf,
  resolveDialect,
} from "../protocol/index.js";
import { type FixtureEnvelope, listSamples, readSample, type SampleInfo } from "./fixture-files.js";
import { formIds, happenNow, mapStrings } from "./fresh-values.js";
import type { Source } from "./seeded-source.js";
import { type Shape, shapeOf } from "./shape-of-dialect.js";
import { testButtonInDialect } from "./test-button.js";
import { toDialect } from "./to-dialect.js";

/** What to build, and from which time and chance. */
export interface SampleRequest extends Source {
  readonly event: string;
  /** Undefined means `default`, or the event's first variant where none is called that. */
  readonly variant?: string | undefined;
  readonly dialect: Dialect;
  /** The sending server, an http(s) URL; undefined means https://misskey.example. */
  readonly server?: string | undefined;
  /** Undefined means the same invented hook every time. */
  readonly hookId?: string | undefined;
  /** The hook's owner, wherever the sample has them; undefined means alice's invented id. */
  readonly userId?: string | undefined;
}

/** A delivery ready to be sent. */
export interface Sample {
  readonly event: string;
  readonly variant: string;
  /** UUIDv4; a flat envelope (Misskey 12.109) doesn't carry it. */
  readonly eventId: string;
  readonly hookId: string;
  /** Origin of the sending server without a trailing slash. */
  readonly server: string;
  /** The whole envelope, keys in the dialect's order; its JSON is the request's body. */
  readonly body: Record<string, unknown>;
}

const fixtureServer = "https://misskey.example";
const fixtureHost = "misskey.example";

/** The event of the registry whose samples are those of an event that a fork's file adds. */
function borrowed(own: EventSpec, name: string): EventSpec {
  const known: readonly EventSpec[] = events;
  const lender =
    own.sent && own.body !== "object" ? known.find(({ sent, body }) => sent && body === own.body) : undefined;
  if (lender !== undefined) return lender;
  throw new UsageError("no-sample", { name, why: "unknown-body" });
}

/** The event of the registry that lends its samples: nearly always the one of that name. */
function findSpec(name: string, dialect: Dialect): EventSpec {
  const event = findEvent(name);
  const own = findEventOf(dialect, name);
  if (own !== undefined && own !== event) return borrowed(own, name);
  if (event === undefined) {
    const names = events.map((known) => known.name);
    throw new UsageError("unknown-event", { name, nearest: closest(name, names) });
  }
  if (!event.sent) throw new UsageError("no-sample", { name, why: "never-sent" });
  if (own !== undefined) return event;
  const about = { name, title: dialect.title, dialect: dialectName(dialect) };
  const senders = familiesAlone(name).map((family) => ({ family, title: resolveDialect(family).title }));
  if (senders.length > 0) throw new UsageError("event-not-in-dialect", { why: "other-family", ...about, senders });
  const why = dialect.api.systemWebhooks ? "not-yet" : "no-system-webhooks";
  throw new UsageError("event-not-in-dialect", { why, ...about });
}

function findSample(event: EventSpec, variant: string | undefined, dialect: Dialect): SampleInfo {
  const variants = listSamples(dialect).filter((sample) => sample.event === event.name);
  const isWanted = (sample: SampleInfo): boolean => sample.variant === (variant ?? "default");
  const sample = variants.find(isWanted) ?? (variant === undefined ? variants[0] : undefined);
  if (sample === undefined) {
    const names = variants.map((known) => known.variant);
    const owner = listSamples().find((known) => known.event === event.name && isWanted(known));
    const foreign = owner?.family && (owner.since === undefined ? owner.family : `${owner.family}@${owner.since}`);
    const about = { event: event.name, variant: String(variant), title: dialect.title, dialect: dialectName(dialect) };
    throw foreign
      ? new UsageError("unknown-variant", { why: "other-dialect", ...about, owner: foreign })
      : new UsageError("unknown-variant", { why: "unknown", ...about, known: names });
  }
  if (sample.variant === "test-button" && !dialect.api.testEndpoint) {
    const about = { title: dialect.title, dialect: dialectName(dialect) };
    throw new UsageError("unknown-variant", { why: "no-test-button", ...about });
  }
  return sample;
}

/** An origin without a trailing slash. */
function originOf(server: string): string {
  const url = URL.canParse(server) ? new URL(server) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new UsageError("invalid-server", { server });
  }
  return url.origin;
}

/** In keys as well: those of `mentionHandles` are ids. */
function renameUser(body: FixtureEnvelope["body"], from: string, to: string): FixtureEnvelope["body"] {
  const written = JSON.stringify(to).slice(1, -1);
  return JSON.parse(JSON.stringify(body).replaceAll(from, () => written)) as FixtureEnvelope["body"];
}

function replaceServer(body: FixtureEnvelope["body"], server: string): FixtureEnvelope["body"] {
  if (server === fixtureServer) return body;
  const { host } = new URL(server);
  const replace = (text: string): string => text.replaceAll(fixtureServer, server).replaceAll(fixtureHost, host);
  return mapStrings(body, replace) as FixtureEnvelope["body"];
}

/** Misskey 12 and Iceshrimp name an identicon after the id of its user. */
export function identiconsById(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(identiconsById);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]): [string, unknown] =>
    key === "avatarUrl" && typeof entry === "string" && "id" in value && typeof value.id === "string"
      ? [key, entry.replace(/\/identicon\/.*$/, `/identicon/${value.id}`)]
      : [key, identiconsById(entry)],
  );
  return Object.fromEntries(entries);
}

function shapeBody(
  { body }: FixtureEnvelope,
  { family, variant }: SampleInfo,
  event: EventSpec,
  dialect: Dialect,
  shape: Shape,
): FixtureEnvelope["body"] {
  // A family's own samples are in their final shape.
  if (family !== undefined) return body;
  if (variant === "test-button") return testButtonInDialect(body, dialect);
  return shape.isPresent ? body : toDialect(body, event, shape);
}

function nameIdenticons(body: FixtureEnvelope["body"], shape: Shape): FixtureEnvelope["body"] {
  return shape.identiconById ? (identiconsById(body) as FixtureEnvelope["body"]) : body;
}

/**
 * Builds one delivery. Its ids, times and content fit together: `userId` is the owner's, `replyId` that of the embedded
 * note, the note a few milliseconds older than the envelope. The same time and chance give the same bytes.
 * @throws UsageError `unknown-event`, `no-sample` (events that are never sent), `event-not-in-dialect`,
 *   `unknown-variant`, `invalid-server`
 */
export function buildSample(request: SampleRequest): Sample {
  const { dialect } = request;
  const event = findSpec(request.event, dialect);
  const sample = findSample(event, request.variant, dialect);
  const shape = shapeOf(dialect);
  const server = originOf(request.server ?? fixtureServer);

  const file = readSample(sample);
  const fresh = happenNow(file, request);
  const shaped = { ...fresh, body: nameIdenticons(shapeBody(fresh, sample, event, dialect, shape), shape) };
  const sized = formIds(shaped, dialect.ids);
  const owner = sized.userId;
  const { userId = owner } = request;
  const body =
    owner === undefined || userId === undefined || owner === userId
      ? sized.body
      : renameUser(sized.body, owner, userId);
  const hookId = request.hookId ?? sized.hookId;
  return {
    event: request.event,
    variant: sample.variant,
    eventId: sized.eventId,
    hookId,
    server,
    body: buildEnvelope(dialect, {
      server,
      hookId,
      userId: userId ?? "",
      eventId: sized.eventId,
      createdAt: sized.createdAt,
      type: request.event,
      body: replaceServer(body, server),
    }),
  };
}
