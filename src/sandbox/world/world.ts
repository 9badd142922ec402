// The state of the instance, and the few things that every action needs: time, chance, ids, and where events go.
import type { Dialect } from "../../protocol/index.js";
import type { DialectWriter } from "../../samples/index.js";
import type { ServerBehaviour } from "../../protocol/index.js";
import type { Templates } from "./templates.js";
import { createIds } from "./ids.js";
import type { Occurrence } from "./occurrence.js";
import type {
  AbuseReport,
  AppToken,
  Channel,
  DriveFile,
  Hook,
  Note,
  Relation,
  ReportRecipient,
  SystemHook,
  User,
} from "./records.js";

/** Everything that is kept; `Map`s by id unless said otherwise, in order of creation. */
export interface Records {
  readonly users: Map<string, User>;
  /** By token. */
  readonly appTokens: Map<string, AppToken>;
  readonly notes: Map<string, Note>;
  readonly hooks: Map<string, Hook>;
  readonly systemHooks: Map<string, SystemHook>;
  /** These four by `pairKey`. */
  readonly follows: Map<string, Relation>;
  readonly followRequests: Map<string, Relation>;
  readonly blocks: Map<string, Relation>;
  readonly mutes: Map<string, Relation>;
  /** Texts by `pairKey`. */
  readonly memos: Map<string, string>;
  /** Muted threads by `pairKey` of user and thread. */
  readonly mutedThreads: Map<string, true>;
  readonly channels: Map<string, Channel>;
  readonly files: Map<string, DriveFile>;
  readonly reports: Map<string, AbuseReport>;
  readonly reportRecipients: Map<string, ReportRecipient>;
}

/** What a world is made from. */
export interface WorldSettings {
  readonly dialect: Dialect;
  /** How servers of the dialect answer. */
  readonly behaviour: ServerBehaviour;
  /** What they answer for themselves; undefined for the present Misskey. */
  readonly templates: Templates | undefined;
  /** Puts payloads into the dialect's shape. */
  readonly writer: DialectWriter;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A number in [0, 1). */
  readonly random: () => number;
  /** Takes what happens, at once and in order. */
  readonly publish: (occurrence: Occurrence) => void;
}

/** The instance as actions see it. */
export interface World extends Records, WorldSettings {
  /** `http://127.0.0.1:3939`: no slash at the end. Known once the server listens. */
  origin: string;
  readonly newId: () => string;
  /** What was posted lately, by what the call said; kept only where that matters, and not over restarts. */
  readonly latelyPosted: Map<string, { readonly noteId: string; readonly at: number }>;
}

/** Notes beyond this are forgotten, the oldest first, so that a soak test doesn't fill the memory. */
const maxNotes = 5_000;

/** The key of a pair in the maps of relations. */
export function pairKey(from: string, to: string): string {
  return `${from} ${to}`;
}

/** The records of an instance that nothing has happened on. */
export function emptyRecords(): Records {
  return {
    users: new Map(),
    appTokens: new Map(),
    notes: new Map(),
    hooks: new Map(),
    systemHooks: new Map(),
    follows: new Map(),
    followRequests: new Map(),
    blocks: new Map(),
    mutes: new Map(),
    memos: new Map(),
    mutedThreads: new Map(),
    channels: new Map(),
    files: new Map(),
    reports: new Map(),
    reportRecipients: new Map(),
  };
}

/** A world over `records`; `origin` is set by whoever opens the server. */
export function createWorld(settings: WorldSettings, records: Records = emptyRecords()): World {
  const { dialect, now, random } = settings;
  const newId = createIds(dialect.ids, now, random);
  return { ...settings, ...records, origin: "http://127.0.0.1", newId, latelyPosted: new Map() };
}

/** Adds a note and forgets the oldest beyond the limit. */
export function keepNote(world: World, note: Note): void {
  world.notes.set(note.id, note);
  if (world.notes.size <= maxNotes) return;
  const [oldest] = world.notes.keys();
  if (oldest !== undefined) world.notes.delete(oldest);
}

/** The host as it stands in `X-Misskey-Host`: `127.0.0.1:3939`. */
export function hostOf(world: World): string {
  return new URL(world.origin).host;
}

/** The user of that name, compared as servers do: without regard to case. */
export function findUserByName(world: World, username: string): User | undefined {
  const wanted = username.toLowerCase();
  for (const user of world.users.values()) if (user.username.toLowerCase() === wanted) return user;
  return undefined;
}
