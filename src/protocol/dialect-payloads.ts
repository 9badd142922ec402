// How the payloads of each family and version differ from Misskey's present ones: the data behind the rows of
// dialect-table.ts. Keys and types are those of the recordings in fixtures/recorded/.
import type { PayloadDelta } from "./payload-tables.js";

/** Channels grew their keys over time; only the present ones were recorded. */
const earlierChannel = {
  "color?": "string",
  "isSensitive?": "boolean",
  "allowRenoteToExternal?": "boolean",
  "userId?": "string|null",
};
/** Roles got their icon and their order in the course of 13.x: 13.9's source packs neither into `roles`. */
const earlierRole = { "iconUrl?": "string|null", "displayOrder?": "number" };
const earlierBadgeRole = { "displayOrder?": "number" };
const securityKeys = { twoFactorEnabled: "boolean", usePasswordLessLogin: "boolean", securityKeys: "boolean" };

/** Chat came with 2025.4; how users sign in is told to moderators alone, whose hooks are the exception. */
export const payloadOf2024_10: PayloadDelta = {
  without: { UserDetailedNotMeOnly: ["chatScope", "canChat", ...Object.keys(securityKeys)] },
};
/** Up to 2024.9.0 reports told ids alone, and everybody was told how users sign in. */
export const payloadOf2024: PayloadDelta = {
  set: { UserDetailedNotMeOnly: securityKeys },
  without: {
    UserDetailedNotMeOnly: ["chatScope", "canChat"],
    AbuseReport: ["targetUser", "reporter", "assignee", "moderationNote", "resolvedAs"],
  },
};
export const payloadOf2023_12: PayloadDelta = {
  set: { Channel: earlierChannel },
  without: { UserDetailedNotMeOnly: ["chatScope", "canChat"], Note: ["reactionCount"] },
};
export const payloadOf2023_10: PayloadDelta = {
  set: {
    Channel: earlierChannel,
    UserDetailedNotMeOnly: { ...securityKeys, ffVisibility: "'public'|'followers'|'private'" },
  },
  without: {
    UserDetailedNotMeOnly: ["chatScope", "canChat", "followersVisibility", "followingVisibility"],
    Note: ["reactionCount"],
  },
};
export const payloadOf2023_9: PayloadDelta = {
  set: {
    ...payloadOf2023_10.set,
    UserLite: { "avatarDecorations?": "AvatarDecoration[]" },
    UserDetailedNotMeOnly: {
      ...payloadOf2023_10.set?.UserDetailedNotMeOnly,
      "notify?": "'normal'|'none'",
      "withReplies?": "boolean",
      "verifiedLinks?": "string[]",
    },
    Note: { "clippedCount?": "number", "reactionAndUserPairCache?": "string[]" },
  },
  ...(payloadOf2023_10.without ? { without: payloadOf2023_10.without } : {}),
};
export const payloadOf13_11: PayloadDelta = {
  set: {
    Channel: earlierChannel,
    Role: earlierRole,
    BadgeRole: earlierBadgeRole,
    UserDetailedNotMeOnly: { ...securityKeys, ffVisibility: "'public'|'followers'|'private'" },
  },
  without: {
    UserLite: ["avatarDecorations"],
    UserDetailedNotMeOnly: [
      "chatScope",
      "canChat",
      "followersVisibility",
      "followingVisibility",
      "verifiedLinks",
      "notify",
      "withReplies",
    ],
    Note: ["reactionCount", "reactionAndUserPairCache", "clippedCount"],
  },
};
export const payloadOf13_0: PayloadDelta = {
  set: {
    Channel: earlierChannel,
    Role: earlierRole,
    BadgeRole: earlierBadgeRole,
    UserDetailedNotMeOnly: {
      ...securityKeys,
      ffVisibility: "'public'|'followers'|'private'",
      "isRenoteMuted?": "boolean",
      "movedTo?": "string|null",
      "alsoKnownAs?": "string[]|null",
      "memo?": "string|null",
    },
    Note: { "reactionAcceptance?": "string|null", "reactionEmojis?": "map<string>" },
  },
  ...(payloadOf13_11.without ? { without: payloadOf13_11.without } : {}),
};
export const payloadOf12_110: PayloadDelta = {
  set: {
    Channel: earlierChannel,
    UserLite: {
      avatarColor: "string|null",
      "driveCapacityOverrideMb?": "number|null",
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
      bannerColor: "string|null",
      ffVisibility: "'public'|'followers'|'private'",
    },
    Note: { emojis: "CustomEmoji[]", "localOnly?": "boolean" },
  },
  without: {
    UserLite: ["avatarDecorations", "badgeRoles"],
    UserDetailedNotMeOnly: [
      "chatScope",
      "canChat",
      "followersVisibility",
      "followingVisibility",
      "verifiedLinks",
      "notify",
      "withReplies",
      "movedTo",
      "alsoKnownAs",
      "roles",
      "memo",
      "isRenoteMuted",
    ],
    Note: ["reactionCount", "reactionAndUserPairCache", "clippedCount", "reactionAcceptance", "reactionEmojis"],
  },
};
export const payloadOf12_109: PayloadDelta = {
  ...payloadOf12_110,
  set: { ...payloadOf12_110.set, Note: { ...payloadOf12_110.set?.Note, "text?": "string|null" } },
};

/** What Sharkey's users have besides Misskey's keys, and what is always told of them. */
const sharkeyUser = {
  speakAsCat: "boolean",
  description: "string|null",
  createdAt: "date-time",
  noindex: "boolean",
  isSilenced: "boolean",
  approved: "boolean",
  followersCount: "number",
  followingCount: "number",
  notesCount: "number",
};
const sharkeyDetails = {
  backgroundUrl: "string|null",
  backgroundBlurhash: "string|null",
  listenbrainz: "string|null",
  // Only its owner sees it in Sharkey 2025's source.
  "alsoKnownAs?": "string[]|null",
};
export const sharkeyPayload: PayloadDelta = {
  set: {
    UserLite: {
      ...sharkeyUser,
      enableRss: "boolean",
      mandatoryCW: "string|null",
      rejectQuotes: "boolean",
      // Came in the course of 2025.4 (history).
      "attributionDomains?": "string[]",
    },
    UserDetailedNotMeOnly: sharkeyDetails,
    Note: {
      "updatedAt?": "date-time|null",
      processErrors: "string[]|null",
      // Of the users in `mentions`, by id. Came in the course of 2025.4 (history).
      "mentionHandles?": "map<string>",
    },
  },
  optional: {
    nestedReply: ["processErrors"],
    // Packed without details in its source.
    nestedRenote: ["clippedCount", "processErrors"],
    pinned: ["processErrors"],
  },
};
export const sharkeyPayloadOf2023_9: PayloadDelta = {
  set: {
    UserLite: sharkeyUser,
    UserDetailedNotMeOnly: { ...securityKeys, ...sharkeyDetails },
    Note: { "updatedAt?": "date-time|null" },
    Channel: earlierChannel,
  },
  without: { UserDetailedNotMeOnly: ["chatScope", "canChat"] },
  optional: {
    edited: ["renoteCount", "repliesCount", "clippedCount"],
    // From 2025.2 on the replied-to author's hooks get `reply` instead of `edited` (history).
    editedReply: ["renoteCount", "repliesCount", "clippedCount"],
    // Packed without details in Sharkey 2025's source.
    nestedRenote: ["clippedCount"],
  },
};
export const cherrypickPayload: PayloadDelta = {
  set: {
    UserLite: { isLocked: "boolean", isProxy: "boolean" },
    Note: { hasDeliveryTargets: "boolean" },
    Channel: earlierChannel,
  },
};
export const misskeyioPayload: PayloadDelta = {
  set: {
    UserDetailedNotMeOnly: { isLimited: "boolean", mutualLinkSections: "unknown[]" },
    Note: { replyUserId: "string|null" },
    Channel: earlierChannel,
  },
};
export const iceshrimpPayload: PayloadDelta = {
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

/** From 2024.9.0 to 2025.3 the test button's users had no avatar, and `emojis` was an empty array. */
export const testButtonOf2024_10: PayloadDelta = {
  set: {
    UserLite: { avatarUrl: "string|null", emojis: "unknown[]" },
    UserDetailedNotMeOnly: securityKeys,
    Note: { "emojis?": "unknown[]" },
  },
};
/** 2024.9.0 wrote the users of a test report as its database has them. */
export const testButtonOf2024: PayloadDelta = {
  set: {
    ...testButtonOf2024_10.set,
    AbuseReport: { targetUser: "object", reporter: "object", assignee: "object|null" },
  },
};
/** Users as the database has them, most of whose details that were ever computed are missing. */
export const sharkeyTestButton: PayloadDelta = {
  set: {
    UserLite: { avatarUrl: "string|null" },
    Note: { "processErrors?": "string[]|null" },
  },
};
export const sharkeyTestButtonOf2023_9: PayloadDelta = {
  set: {
    UserLite: {
      avatarUrl: "string|null",
      emojis: "unknown[]",
      "description?": "string|null",
      "createdAt?": "date-time",
      "approved?": "boolean",
      "followersCount?": "number",
      "followingCount?": "number",
      "notesCount?": "number",
    },
    UserDetailedNotMeOnly: { "listenbrainz?": "string|null" },
    Note: { "emojis?": "unknown[]" },
  },
};
export const misskeyioTestButton: PayloadDelta = {
  set: {
    UserLite: { avatarUrl: "string|null" },
    UserDetailedNotMeOnly: { "mutualLinkSections?": "unknown[]" },
    Note: { "replyUserId?": "string|null" },
  },
};
export const cherrypickTestButton: PayloadDelta = { set: { UserLite: { "isProxy?": "boolean" } } };
