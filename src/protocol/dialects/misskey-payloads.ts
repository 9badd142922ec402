// How the payloads of Misskey's earlier versions differ from the present ones. Keys and types are those of the recordings
// in fixtures/recorded/.
import type { PayloadDelta } from "../payload-tables.js";

/** Channels grew their keys over time; only the present ones were recorded. */
export const earlierChannel = {
  "color?": "string",
  "isSensitive?": "boolean",
  "allowRenoteToExternal?": "boolean",
  "userId?": "string|null",
};
/** Roles got their icon and their order in the course of 13.x: 13.9's source packs neither into `roles`. */
const earlierRole = { "iconUrl?": "string|null", "displayOrder?": "number" };
const earlierBadgeRole = { "displayOrder?": "number" };
export const securityKeys = { twoFactorEnabled: "boolean", usePasswordLessLogin: "boolean", securityKeys: "boolean" };

/** Chat came with 2025.4; how users sign in is told to moderators alone, whose hooks are the exception. */
export const payloadOf2024_10: PayloadDelta = {
  without: { UserDetailedNotMeOnly: ["chatScope", "canChat", ...Object.keys(securityKeys)] },
};
/** What reports say of the people besides their ids, and of the verdict: from 2024.10 on. */
export const reportsWithUsers: readonly string[] = [
  "targetUser",
  "reporter",
  "assignee",
  "moderationNote",
  "resolvedAs",
];
/** Up to 2024.9.0 reports told ids alone, and everybody was told how users sign in. */
export const payloadOf2024: PayloadDelta = {
  set: { UserDetailedNotMeOnly: securityKeys },
  without: {
    UserDetailedNotMeOnly: ["chatScope", "canChat"],
    AbuseReport: reportsWithUsers,
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
