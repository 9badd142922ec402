// TypeScript types of the present payload, derived from the tables: what `types.ts` would say by hand, from one source.
import type { payloadTables } from "./payload-tables.js";

type Tables = typeof payloadTables;

type Scalar<T extends string> = T extends "string" | "date-time" | "uuid"
  ? string
  : T extends "number" | "integer"
    ? number
    : T extends "boolean"
      ? boolean
      : T extends "null"
        ? null
        : T extends "unknown"
          ? unknown
          : T extends "object"
            ? Record<string, unknown>
            : T extends `'${infer Literal}'`
              ? Literal
              : T extends `map<${infer Value}>`
                ? Record<string, TypeOf<Value>>
                : T extends `${infer Item}[]`
                  ? TypeOf<Item>[]
                  : T extends keyof Tables
                    ? ObjectOf<Tables[T]>
                    : never;

type TypeOf<T extends string> = T extends `${infer First}|${infer Rest}` ? Scalar<First> | TypeOf<Rest> : Scalar<T>;

type OptionalKey<Key> = Key extends `${infer Name}?` ? Name : never;
type RequiredKey<Key> = Key extends `${string}?` ? never : Key;

type ObjectOf<Table> = {
  [Key in keyof Table as RequiredKey<Key>]: Table[Key] extends string ? TypeOf<Table[Key]> : never;
} & {
  [Key in keyof Table as OptionalKey<Key>]?: Table[Key] extends string ? TypeOf<Table[Key]> : never;
};

/** A note as a present Misskey sends it, in `body.note` of `note`, `reply`, `renote` and `mention`. */
export interface Note extends ObjectOf<Tables["Note"]> {}
/** A user as they appear in notes, in `followed` and in system events. */
export interface UserLite extends ObjectOf<Tables["UserLite"]> {}
/** A user as they appear in `follow` and `unfollow`. */
export interface UserDetailedNotMe extends ObjectOf<Tables["UserLite"]>, ObjectOf<Tables["UserDetailedNotMeOnly"]> {}
/** An attached file. */
export interface DriveFile extends ObjectOf<Tables["DriveFile"]> {}
/** A poll of a note. */
export interface Poll extends ObjectOf<Tables["Poll"]> {}
/** The body of `abuseReport` and `abuseReportResolved`. */
export interface AbuseReport extends ObjectOf<Tables["AbuseReport"]> {}

/** The body of each event. */
export interface EventBodies {
  note: { note: Note };
  reply: { note: Note };
  renote: { note: Note };
  mention: { note: Note };
  edited: { note: Note };
  follow: { user: UserDetailedNotMe };
  unfollow: { user: UserDetailedNotMe };
  followed: { user: UserLite };
  abuseReport: AbuseReport;
  abuseReportResolved: AbuseReport;
  userCreated: UserLite;
  inactiveModeratorsWarning: { remainingTime: ObjectOf<Tables["RemainingTime"]> };
  inactiveModeratorsInvitationOnlyChanged: Record<string, never>;
}

/** A delivery's body: what a present Misskey sends for an event, the event's type deciding about `body`. */
export type Envelope = {
  [Type in keyof EventBodies]: {
    /** Origin of the sending server; absent before Misskey 2023.9.0 and on some forks. */
    server?: string;
    hookId: string;
    /** The hook's owner; absent in system events. */
    userId?: string;
    /** UUIDv4, equal over all attempts: the idempotency key. */
    eventId: string;
    /** Milliseconds since the epoch. */
    createdAt: number;
    type: Type;
    body: EventBodies[Type];
  };
}[keyof EventBodies];
