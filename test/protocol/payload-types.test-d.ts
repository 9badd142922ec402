// The present tables against the official SDK, in both directions: a release that changes a payload breaks the build.
import type { entities } from "misskey-js";
import { expectTypeOf, test } from "vitest";
import type {
  AbuseReport,
  DriveFile,
  Envelope,
  Note,
  Poll,
  UserDetailedNotMe,
  UserLite,
} from "../../src/protocol/index.js";

/**
 * Each key of the SDK's type against the same key of ours. Keys that hold objects of their own tables are left to the
 * tests of those objects. Whether a key is optional is left out: the SDK calls optional what every recording has.
 */
type Comparable<T, Skipped extends string> = { [Key in Exclude<keyof T, Skipped>]-?: Exclude<T[Key], undefined> };

/** True when the two are assignable both ways: neither has a key or a type that the other lacks. */
type Same<Ours, Theirs> = [Ours] extends [Theirs]
  ? [Theirs] extends [Ours]
    ? true
    : "theirs differs"
  : "ours differs";

type NestedInNote = "user" | "reply" | "renote" | "files" | "poll";
type NestedInUser = "pinnedNotes" | "pinnedPage" | "roles";
type NestedInFile = "folder" | "user";

test("Note has the SDK's keys and types", () => {
  expectTypeOf<Same<Comparable<Note, NestedInNote>, Comparable<entities.Note, NestedInNote>>>().toEqualTypeOf<true>();
  expectTypeOf<Same<keyof Note, keyof entities.Note>>().toEqualTypeOf<true>();
});

test("a poll is the SDK's", () => {
  expectTypeOf<
    Same<Comparable<Poll, never>, Comparable<NonNullable<entities.Note["poll"]>, never>>
  >().toEqualTypeOf<true>();
});

test("UserLite has the SDK's keys and types", () => {
  expectTypeOf<Same<Comparable<UserLite, never>, Comparable<entities.UserLite, never>>>().toEqualTypeOf<true>();
  expectTypeOf<Same<keyof UserLite, keyof entities.UserLite>>().toEqualTypeOf<true>();
});

test("UserDetailedNotMe has the SDK's keys and types", () => {
  expectTypeOf<
    Same<Comparable<UserDetailedNotMe, NestedInUser>, Comparable<entities.UserDetailedNotMe, NestedInUser>>
  >().toEqualTypeOf<true>();
  expectTypeOf<Same<keyof UserDetailedNotMe, keyof entities.UserDetailedNotMe>>().toEqualTypeOf<true>();
  expectTypeOf<
    Same<UserDetailedNotMe["roles"][number], entities.UserDetailedNotMe["roles"][number]>
  >().toEqualTypeOf<true>();
});

test("DriveFile has the SDK's keys and types", () => {
  expectTypeOf<
    Same<Comparable<DriveFile, NestedInFile>, Comparable<entities.DriveFile, NestedInFile>>
  >().toEqualTypeOf<true>();
  expectTypeOf<Same<keyof DriveFile, keyof entities.DriveFile>>().toEqualTypeOf<true>();
});

test("what we type can be handed to code that is typed with the SDK", () => {
  expectTypeOf<Note>().toExtend<Omit<entities.Note, "files" | "reply" | "renote">>();
  expectTypeOf<UserLite>().toExtend<entities.UserLite>();
  expectTypeOf<UserDetailedNotMe>().toExtend<Omit<entities.UserDetailedNotMe, NestedInUser>>();
});

test("the type of an event decides about its body", () => {
  const bodyOf = (envelope: Envelope) => {
    if (envelope.type === "mention") return envelope.body.note.text;
    if (envelope.type === "abuseReport") return envelope.body.comment;
    if (envelope.type === "userCreated") return envelope.body.username;
    return null;
  };
  expectTypeOf(bodyOf).returns.toEqualTypeOf<string | null>();
  expectTypeOf<AbuseReport["resolvedAs"]>().toEqualTypeOf<"accept" | "reject" | null>();
});
