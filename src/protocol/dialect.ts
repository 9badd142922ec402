// What a dialect is: everything in which the server families differ, as data. Each family's rows are a file of its own in
// dialects/; a user's own fork is a JSON file of this very shape.
import type { EventSpec } from "./events.js";
import type { IdForm } from "./ids.js";
import type { PayloadDelta } from "./payload-tables.js";
import type { ServerBehaviour } from "./server-behaviour.js";
import type { Writing } from "./writing.js";

/** How well a row is evidenced: seen on a running server, read in its source, or only documented. */
export type Evidence = "recorded" | "source" | "documented";

/** When an attempt's answer makes the sender try again. Success is any 2xx, always. */
export interface DeliveryPolicy {
  /** Attempts in all, the first included. */
  readonly attempts: number;
  /** Attempt n+1 comes `baseDelayMs` × (2ⁿ − 1) after attempt n, plus jitter. */
  readonly baseDelayMs: number;
  /** Jitter is a random share of the delay between 0 and this. */
  readonly jitterRatio: number;
  /** Until the answer's headers are there; the answer's body is never read. */
  readonly timeoutMs: number;
  /** Which answers are tried again; the others are final. */
  readonly retried: {
    /** 4xx but 429 */
    readonly clientError: boolean;
    /** 429 */
    readonly tooManyRequests: boolean;
    /** 5xx */
    readonly serverError: boolean;
    /** 304 and whatever else is no 2xx, 4xx or 5xx once redirects were followed */
    readonly other: boolean;
    /** Time-out, reset, refused, DNS, TLS */
    readonly noResponse: boolean;
  };
}

/**
 * `Authorization: Bearer`, the WebSocket's subprotocol (`Sec-WebSocket-Protocol`), or nowhere but the address (`?i=`).
 * Every server takes the address as well.
 */
export type StreamTokenPlace = "header" | "protocol" | "url";

/** How the family's `i/webhooks/*` API differs. */
export interface ApiRules {
  /** Keys that `i/webhooks/update` insists on, besides `webhookId`. */
  readonly updateRequires: readonly ("name" | "url" | "secret" | "on" | "active")[];
  /** An update without `secret` answers 204 and erases the secret. */
  readonly updateErasesSecret: boolean;
  /** An update takes effect with the next one only: what `list` shows isn't what is used. */
  readonly updateTakesEffectLate: boolean;
  /** `create` insists on a secret that isn't empty. */
  readonly secretRequired: boolean;
  /** Hooks that one user may have by default; null when there is no limit. */
  readonly hookLimit: number | null;
  /** One hook more than the `webhookLimit` of an instance's policies is let through. */
  readonly limitIsOneShort: boolean;
  /** `Authorization: Bearer` works; otherwise only `i` in the body. */
  readonly bearer: boolean;
  /** Where `/streaming` takes the token. */
  readonly streamToken: StreamTokenPlace;
  /** `main` has the `mention` of a note that others sent to the account alone (visibility `specified`). */
  readonly streamTellsSpecified: boolean;
  /** Hooks hear of an edited reply as `reply`, with all that a note has; its stream calls that `edited` all the same. */
  readonly editsComeAsReplies: boolean;
  /** `i/webhooks/test` exists. */
  readonly testEndpoint: boolean;
  /** `admin/system-webhook/*` exists. */
  readonly systemWebhooks: boolean;
  /** `admin/system-webhook/*` insists on a secret that isn't empty. */
  readonly systemSecretRequired: boolean;
  /**
   * Reports of abuse go only to those system hooks that an active notification recipient points to; otherwise to all
   * that no inactive one points to (`admin/abuse-report/notification-recipient/*`).
   */
  readonly reportsNeedRecipient: boolean;
}

/** What versions of a row from before the one that was looked at don't have yet. */
export interface Earlier {
  /** The first version for which this doesn't hold any more. */
  readonly before: string;
  /** Undefined means the row's own. */
  readonly events?: readonly EventSpec[];
  readonly api?: Partial<ApiRules>;
}

/** One row: a family, from one version up to the next row of the same family. */
export interface Dialect {
  /** The family's name as `--as` takes it, e.g. `misskey`. */
  readonly family: string;
  /** The first version that this row holds for, e.g. `2023.9`; `0` when the family has one row. */
  readonly since: string;
  /** As people write it, e.g. `Misskey`. */
  readonly title: string;
  readonly evidence: Evidence;
  /** Where the row's facts come from: servers and versions. */
  readonly source: string;
  /** How a server says in nodeinfo what it is. */
  readonly software: {
    readonly name: string;
    /** A regular expression that its versions match and those of others of that name don't. */
    readonly versionMark?: string;
  };
  readonly headers: {
    readonly userAgent: string;
    /** Start of the three header names, in the case that is sent, with the dash at the end: `x-misskey-`. */
    readonly prefix: string;
    /** null when none is sent, as no known server does. */
    readonly contentType: string | null;
    readonly acceptEncoding: string;
    /** Names as Bun writes them (`Content-Type`); false as Node does (`content-type`). */
    readonly capitalised: boolean;
    /** The secret's header is left out where a hook has an empty secret; otherwise it is sent with an empty value. */
    readonly omitsEmptySecret: boolean;
  };
  /** The keys of the body in the order sent; `flat` is `{type, note}` or `{type, user}`. System events lack `userId`. */
  readonly envelope: readonly EnvelopeKey[] | "flat";
  /** The events that its servers can be asked for, in the registry's order. */
  readonly events: readonly EventSpec[];
  /** What differs on versions that are earlier than others of the row, the newest first. */
  readonly earlier: readonly Earlier[];
  /** How the payload's objects differ from Misskey's present ones; null when they were never seen. */
  readonly payload: PayloadDelta | null;
  /** How its test deliveries differ from its real ones; null when it has no test button or none was recorded. */
  readonly testButton: PayloadDelta | null;
  /** Whether its test deliveries carry the note or user as real events do, or directly in `body`. */
  readonly testButtonForm: "wrapped" | "direct";
  /**
   * The row whose own sample files are its samples, and whose payload is sent where its own was never seen. A user's fork
   * has that of what it extends.
   */
  readonly samplesOf: string;
  /** Notes that aren't public come with `text: null`, `cw: null`, `isHidden: true`, except in `mention`. */
  readonly hidesNonPublicNotes: boolean;
  /** How it makes the ids of notes, users and hooks by default. */
  readonly ids: IdForm;
  readonly avatars: {
    /** What the picture of a user without an avatar is named after. */
    readonly identicon: "account" | "id";
    /** Where avatars are fetched from: a media proxy, that proxy in MisskeyIO's way, or the file's own thumbnail. */
    readonly files: "proxy" | "proxy-path" | "thumbnail";
  };
  readonly writing: Writing;
  readonly policy: DeliveryPolicy;
  readonly api: ApiRules;
  readonly behaviour: ServerBehaviour;
}

export type EnvelopeKey = "server" | "hookId" | "userId" | "eventId" | "createdAt" | "type" | "body";

/** `misskey@2024`, or the family alone when it has one row: what `--as` takes and `--json` shows. */
export function dialectName(dialect: Dialect): string {
  return dialect.since === "0" ? dialect.family : `${dialect.family}@${dialect.since}`;
}
