// What the test endpoints send: made-up users and notes with more keys than the real thing, many of them null.
// Seen on Misskey 2026.3.2; receivers see these first, and they differ from real deliveries.
import type { Payload } from "../world/occurrence.js";
import { isoTime } from "./time.js";

const dayMs = 24 * 60 * 60_000;

interface DummyUser {
  readonly number: 1 | 2 | 3;
  readonly updatedDaysAgo: number;
  readonly fetchedDaysAgo: number;
  readonly followers: number;
  readonly following: number;
  readonly notes: number;
}

const first: DummyUser = {
  number: 1,
  updatedDaysAgo: 7,
  fetchedDaysAgo: 5,
  followers: 10,
  following: 5,
  notes: 30,
};
const second: DummyUser = {
  number: 2,
  updatedDaysAgo: 30,
  fetchedDaysAgo: 1,
  followers: 40,
  following: 50,
  notes: 900,
};
const third: DummyUser = {
  number: 3,
  updatedDaysAgo: 15,
  fetchedDaysAgo: 2,
  followers: 60,
  following: 70,
  notes: 15_900,
};

function userLite({ number }: DummyUser): Payload {
  return {
    id: `dummy-user-${number}`,
    name: `DummyUser${number}`,
    username: `dummy${number}`,
    host: null,
    avatarUrl: "",
    avatarBlurhash: null,
    avatarDecorations: [],
    isBot: false,
    isCat: true,
    emojis: {},
    onlineStatus: "active",
    badgeRoles: [],
  };
}

function userDetailed(user: DummyUser, now: number): Payload {
  return {
    ...userLite(user),
    url: null,
    uri: null,
    movedTo: null,
    alsoKnownAs: [],
    createdAt: isoTime(now),
    updatedAt: isoTime(now - user.updatedDaysAgo * dayMs),
    lastFetchedAt: isoTime(now - user.fetchedDaysAgo * dayMs),
    bannerUrl: null,
    bannerBlurhash: null,
    isLocked: false,
    isSilenced: false,
    isSuspended: false,
    description: null,
    location: null,
    birthday: null,
    lang: null,
    fields: [],
    verifiedLinks: [],
    followersCount: user.followers,
    followingCount: user.following,
    notesCount: user.notes,
    pinnedNoteIds: [],
    pinnedNotes: [],
    pinnedPageId: null,
    pinnedPage: null,
    publicReactions: true,
    followersVisibility: "public",
    followingVisibility: "public",
    chatScope: "mutual",
    canChat: true,
    twoFactorEnabled: false,
    usePasswordLessLogin: false,
    securityKeys: false,
    roles: [],
    memo: null,
    isFollowing: false,
    isFollowed: false,
    hasPendingFollowRequestFromYou: false,
    hasPendingFollowRequestToYou: false,
    isBlocking: false,
    isBlocked: false,
    isMuted: false,
    isRenoteMuted: false,
    notify: "none",
    withReplies: true,
  };
}

interface DummyNote {
  readonly id: string;
  readonly user: DummyUser;
  readonly text: string | null;
  readonly mentions?: readonly string[];
  readonly replyId?: string;
  readonly renoteId?: string;
}

/** Everything but the last four keys, which a nested note may lack. */
function noteBase({ id, user, text, mentions = [], replyId, renoteId }: DummyNote, now: number): Payload {
  return {
    id,
    createdAt: isoTime(now),
    deletedAt: null,
    text,
    cw: null,
    userId: `dummy-user-${user.number}`,
    user: userLite(user),
    replyId: replyId ?? null,
    renoteId: renoteId ?? null,
    isHidden: false,
    visibility: "public",
    mentions,
    visibleUserIds: [],
    fileIds: [],
    files: [],
    tags: [],
    poll: null,
    emojis: {},
    channelId: null,
    channel: null,
    localOnly: true,
    reactionAcceptance: "likeOnly",
    reactionEmojis: {},
    reactions: {},
    reactionCount: 0,
    renoteCount: 10,
    repliesCount: 5,
    reactionAndUserPairCache: [],
  };
}

function note(dummy: DummyNote, now: number, nested: { readonly reply?: Payload; readonly renote?: Payload }): Payload {
  const { reply = null, renote = null } = nested;
  return { ...noteBase(dummy, now), clippedCount: 0, reply, renote, myReaction: null };
}

const plainText = "This is a dummy note for testing purposes.";
const plain: DummyNote = { id: "dummy-note-1", user: first, text: plainText };

const makers: Readonly<Record<string, (now: number) => Payload>> = {
  note: (now) => ({ note: note(plain, now, {}) }),
  reply: (now) => ({
    note: note({ ...plain, id: "dummy-reply-1", replyId: plain.id }, now, { reply: noteBase(plain, now) }),
  }),
  renote: (now) => ({
    note: note({ id: "dummy-renote-1", user: second, text: null, renoteId: plain.id }, now, {
      renote: note(plain, now, {}),
    }),
  }),
  mention: (now) => ({
    note: note(
      { id: "dummy-mention-1", user: first, text: "@dummy2 This is a mention to you.", mentions: ["dummy-user-2"] },
      now,
      {},
    ),
  }),
  follow: (now) => ({ user: userDetailed(first, now) }),
  followed: () => ({ user: userLite(second) }),
  unfollow: (now) => ({ user: userDetailed(third, now) }),
  abuseReport: () => report(false),
  abuseReportResolved: () => report(true),
  userCreated: () => userLite(first),
  inactiveModeratorsWarning: () => ({ remainingTime: { time: 100_000, asDays: 1, asHours: 24 } }),
  inactiveModeratorsInvitationOnlyChanged: () => ({}),
};

function report(resolved: boolean): Payload {
  return {
    id: "dummy-abuse-report1",
    targetUserId: "dummy-user-1",
    targetUser: userLite(first),
    reporterId: "dummy-user-2",
    reporter: userLite(second),
    assigneeId: resolved ? "dummy-user-3" : null,
    assignee: resolved ? userLite(third) : null,
    resolved,
    forwarded: false,
    comment: "This is a dummy report for testing purposes.",
    targetUserHost: null,
    reporterHost: null,
    resolvedAs: null,
    moderationNote: "foo",
  };
}

/**
 * The body that the test endpoint sends for a type; undefined for those that it accepts and never sends (`reaction`).
 * @param now milliseconds since the epoch
 */
export function dummyBody(type: string, now: number): Payload | undefined {
  return makers[type]?.(now);
}
