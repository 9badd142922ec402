// Iceshrimp (the one in JavaScript), which writes its headers in another case when it runs on Bun.
import type { Dialect } from "../dialect.js";
import type { PayloadDelta } from "../payload-tables.js";
import type { KeyOrder } from "../writing.js";
import { headersOf } from "./headers-and-envelopes.js";
import { misskey12_110, misskey2025_4 } from "./misskey.js";
import { words } from "./misskey-key-order.js";
import { earlierChannel, securityKeys } from "./misskey-payloads.js";

const payload: PayloadDelta = {
  set: {
    UserLite: {
      avatarColor: "string|null",
      isLocked: "boolean",
      // Left out when false, as isBot and isCat are. Iceshrimp 2025's source.
      "speakAsCat?": "boolean",
      driveCapacityOverrideMb: "number|null",
      canBite: "string",
      emojis: "CustomEmoji[]",
      "isBot?": "boolean",
      "isCat?": "boolean",
      "isAdmin?": "boolean",
      "isModerator?": "boolean",
    },
    UserDetailedNotMeOnly: {
      ...securityKeys,
      isBot: "boolean",
      isCat: "boolean",
      isAdmin: "boolean",
      isModerator: "boolean",
      speakAsCat: "boolean",
      // Despite its name the user that the address leads to, as stored. Iceshrimp 2025's source.
      movedToUri: "object|string|null",
      bannerColor: "string|null",
      ffVisibility: "'public'|'followers'|'private'",
      pronouns: "object",
    },
    Note: {
      emojis: "CustomEmoji[]",
      reactionEmojis: "CustomEmoji[]",
      canBite: "boolean",
      isFiltered: "boolean",
      "isRenoted?": "boolean",
      "localOnly?": "boolean",
      "updatedAt?": "date-time|null",
    },
    Channel: earlierChannel,
  },
  without: {
    UserLite: ["avatarDecorations", "badgeRoles"],
    UserDetailedNotMeOnly: [
      "movedTo",
      "chatScope",
      "canChat",
      "followersVisibility",
      "followingVisibility",
      "verifiedLinks",
      "notify",
      "withReplies",
      "roles",
      "memo",
    ],
    Note: ["reactionCount", "reactionAndUserPairCache", "clippedCount", "reactionAcceptance"],
  },
};

const userKeys = (rest: string): readonly string[] =>
  words(`id name username host avatarUrl avatarBlurhash avatarColor isAdmin isModerator isBot isLocked isCat speakAsCat
    instance emojis onlineStatus driveCapacityOverrideMb canBite ${rest}`);
const order: KeyOrder = {
  UserLite: userKeys(""),
  UserDetailedNotMe: userKeys(`
    url uri movedToUri alsoKnownAs createdAt updatedAt lastFetchedAt bannerUrl bannerBlurhash bannerColor isSilenced
    isSuspended description location birthday lang fields followersCount followingCount notesCount pinnedNoteIds
    pinnedNotes pinnedPageId pinnedPage publicReactions ffVisibility twoFactorEnabled usePasswordLessLogin securityKeys
    pronouns isFollowing isFollowed hasPendingFollowRequestFromYou hasPendingFollowRequestToYou isBlocking isBlocked
    isMuted isRenoteMuted`),
  Note: words(`
    id createdAt userId user text cw visibility localOnly visibleUserIds renoteCount repliesCount reactions
    reactionEmojis emojis tags fileIds files replyId renoteId channelId channel mentions uri url updatedAt poll canBite
    myReaction isRenoted isFiltered reply renote`),
};

const onNode: Dialect = {
  ...misskey12_110,
  family: "iceshrimp",
  since: "0",
  title: "Iceshrimp",
  source: "Iceshrimp 2026.5.1 on Node",
  software: { name: "iceshrimp" },
  headers: headersOf("Iceshrimp", "x-iceshrimp-"),
  payload,
  samplesOf: "iceshrimp",
  hidesNonPublicNotes: false,
  ids: "cuid",
  writing: { ...misskey12_110.writing, order, sends: { UserLite: ["speakAsCat"] }, marksRenoted: true },
  // The other way round: a 404 was tried four times, a 500 or 429 once.
  policy: {
    ...misskey2025_4.policy,
    retried: { clientError: true, tooManyRequests: false, serverError: false, other: true, noResponse: true },
  },
  // A stream that was opened with a Bearer header was refused with 403.
  api: { ...misskey12_110.api, bearer: true, streamToken: "protocol" },
  behaviour: {
    ...misskey12_110.behaviour,
    server: "iceshrimp@2026.5.1",
    barelyWrapped: true,
    refusesTwoTokens: true,
    countsAtOnce: true,
    // From Iceshrimp 2026.5.1's source: a note is packed for the hook's owner (Notes.pack), one that they can't see isn't,
    // so that its `mention` is dropped; targets are looked up with their visibility (getNote).
    mentionsRecipientsOnly: true,
    packsForOwner: true,
    repliesShowPolls: true,
    hidesInvisibleTargets: true,
  },
};

const onBun: Dialect = {
  ...onNode,
  family: "iceshrimp-bun",
  title: "Iceshrimp on Bun",
  source: "Iceshrimp 2026.5.1 on Bun",
  headers: { ...headersOf("Iceshrimp"), acceptEncoding: "gzip, deflate, br, zstd", capitalised: true },
  samplesOf: "iceshrimp-bun",
};

export const iceshrimp: readonly Dialect[] = [onNode, onBun];
