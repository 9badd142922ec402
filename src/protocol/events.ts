// The registry of events. Samples, schemas, commands and the README's table all start from it.
import type { ObjectTable } from "./payload-tables.js";

/** What a payload's `body` may hold. */
export const bodyKinds = [
  /** `{note}` */
  "note",
  /** `{user}`, a UserDetailedNotMe */
  "userDetailed",
  /** `{user}`, a UserLite */
  "userLite",
  /** The flat abuse report */
  "abuseReport",
  /** The body itself is a UserLite, with no `{user}` around it */
  "bareUserLite",
  /** `{remainingTime: {time, asHours, asDays}}` */
  "remainingTime",
  /** `{}` */
  "empty",
  /** MisskeyIO's `{resolver, report}` */
  "reportResolution",
  /** An object of a fork's own: with the keys of `EventSpec.table`, or any */
  "object",
] as const;
export type BodyKind = (typeof bodyKinds)[number];

/** What one event is, independent of the server that sends it. */
export interface EventSpec {
  /** In a fork's own event, `*` stands for any text: `note@*`. */
  readonly name: string;
  /** Who registers the hook: a user for themself, or an administrator for the server. System events have no `userId`. */
  readonly scope: "user" | "system";
  readonly body: BodyKind;
  /** The keys of an `object`, as payload tables write them; undefined when they aren't known. */
  readonly table?: ObjectTable;
  /** False when it can be registered and no server known here sends it. */
  readonly sent: boolean;
  /** When it fires, as a sentence without a full stop. */
  readonly when: string;
}

/**
 * All events, in the order that help and tables show them. Which servers have them is said in dialects/.
 */
export const events = [
  {
    name: "note",
    scope: "user",
    body: "note",
    sent: true,
    when: "the owner posts: notes of any visibility, replies, quotes, pure renotes, channel posts",
  },
  {
    name: "reply",
    scope: "user",
    body: "note",
    sent: true,
    when: "someone (also the owner) replies to the owner, who then gets a mention of the same note too",
  },
  { name: "renote", scope: "user", body: "note", sent: true, when: "someone else renotes or quotes the owner" },
  {
    name: "mention",
    scope: "user",
    body: "note",
    sent: true,
    when: "an @mention, a reply, or being among the recipients of a direct note",
  },
  {
    name: "follow",
    scope: "user",
    body: "userDetailed",
    sent: true,
    when: "the owner followed someone; with a locked account once the request was accepted",
  },
  { name: "followed", scope: "user", body: "userLite", sent: true, when: "someone followed the owner" },
  {
    name: "unfollow",
    scope: "user",
    body: "userDetailed",
    sent: true,
    when: "the owner unfollowed someone, was removed as a follower, was blocked, or had a follow request rejected",
  },
  {
    name: "reaction",
    scope: "user",
    body: "note",
    sent: false,
    when: "not that we know: it can be registered, and no server known here sends it",
  },
  {
    name: "edited",
    scope: "user",
    body: "note",
    sent: true,
    when: "someone edited a reply to the owner's note (before 2025, when it became a `reply`)",
  },
  { name: "abuseReport", scope: "system", body: "abuseReport", sent: true, when: "a user was reported" },
  {
    name: "abuseReportResolved",
    scope: "system",
    body: "abuseReport",
    sent: true,
    when: "a moderator resolved a report",
  },
  { name: "userCreated", scope: "system", body: "bareUserLite", sent: true, when: "an account was created" },
  {
    name: "inactiveModeratorsWarning",
    scope: "system",
    body: "remainingTime",
    sent: true,
    when: "the moderators have been away and registration will soon close",
  },
  {
    name: "inactiveModeratorsInvitationOnlyChanged",
    scope: "system",
    body: "empty",
    sent: true,
    when: "the moderators were away for too long and registration became invitation-only",
  },
  {
    name: "inactiveModeratorsDisablePublicNoteChanged",
    scope: "system",
    body: "empty",
    sent: true,
    when: "the moderators were away for too long and public notes were disabled",
  },
  {
    name: "reportCreated",
    scope: "user",
    body: "reportResolution",
    sent: false,
    when: "not that we know: administrators can register it, and it was not seen to fire",
  },
  {
    name: "reportResolved",
    scope: "user",
    body: "reportResolution",
    sent: false,
    when: "not that we know: administrators can register it, and it was not seen to fire",
  },
  {
    name: "reportAutoResolved",
    scope: "user",
    body: "reportResolution",
    sent: true,
    when: "a report was resolved by an automatic rule (administrators only)",
  },
] as const;

/** The name of an event in the registry. */
export type EventName = (typeof events)[number]["name"];

const specs: readonly (EventSpec & { readonly name: EventName })[] = events;
const byName: ReadonlyMap<string, EventSpec> = new Map(specs.map((event) => [event.name, event]));

/** The event of that name, or undefined when no known server has one. Names are case-sensitive, as on servers. */
export function findEvent(name: string): EventSpec | undefined {
  return byName.get(name);
}

/** Events by name, in the registry's order. */
export function pickEvents(...names: readonly EventName[]): readonly EventSpec[] {
  return specs.filter(({ name }) => names.includes(name));
}
