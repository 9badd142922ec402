// The payload's objects as tables of keys and types: the one source of the zod schemas, of the TypeScript types
// and of what a dialect may change. Present shape: Misskey 2025.4 and later, seen on 2026.3.2.
//
// A type is written like a TypeScript type: `string`, `number`, `integer`, `boolean`, `null`, `unknown`, `object`,
// `date-time` (an ISO 8601 string), `uuid`, 'literal', `map<T>`, `T[]`, `A|B`, or the name of a table.
// A key with `?` may be absent. Keys that no table names are always allowed.

/** Keys and their types; a trailing `?` in the key marks it optional. */
export type ObjectTable = Readonly<Record<string, string>>;

export const payloadTables = {
  UserLite: {
    id: "string",
    name: "string|null",
    username: "string",
    host: "string|null",
    avatarUrl: "string",
    avatarBlurhash: "string|null",
    avatarDecorations: "AvatarDecoration[]",
    isBot: "boolean",
    isCat: "boolean",
    "requireSigninToViewContents?": "boolean",
    "makeNotesFollowersOnlyBefore?": "number|null",
    "makeNotesHiddenBefore?": "number|null",
    "instance?": "RemoteInstance",
    emojis: "map<string>",
    onlineStatus: "'unknown'|'online'|'active'|'offline'",
    "badgeRoles?": "BadgeRole[]",
  },
  // The keys that a detailed user has besides those of UserLite.
  UserDetailedNotMeOnly: {
    url: "string|null",
    uri: "string|null",
    movedTo: "string|null",
    alsoKnownAs: "string[]|null",
    createdAt: "date-time",
    updatedAt: "date-time|null",
    lastFetchedAt: "date-time|null",
    bannerUrl: "string|null",
    bannerBlurhash: "string|null",
    isLocked: "boolean",
    isSilenced: "boolean",
    isSuspended: "boolean",
    description: "string|null",
    location: "string|null",
    birthday: "string|null",
    lang: "string|null",
    fields: "ProfileField[]",
    verifiedLinks: "string[]",
    followersCount: "number",
    followingCount: "number",
    notesCount: "number",
    pinnedNoteIds: "string[]",
    pinnedNotes: "Note[]",
    pinnedPageId: "string|null",
    pinnedPage: "object|null",
    publicReactions: "boolean",
    followersVisibility: "'public'|'followers'|'private'",
    followingVisibility: "'public'|'followers'|'private'",
    chatScope: "'everyone'|'following'|'followers'|'mutual'|'none'",
    canChat: "boolean",
    roles: "Role[]",
    memo: "string|null",
    isFollowing: "boolean",
    isFollowed: "boolean",
    hasPendingFollowRequestFromYou: "boolean",
    hasPendingFollowRequestToYou: "boolean",
    isBlocking: "boolean",
    isBlocked: "boolean",
    isMuted: "boolean",
    isRenoteMuted: "boolean",
    notify: "'normal'|'none'",
    withReplies: "boolean",
    "followedMessage?": "string|null",
    "moderationNote?": "string",
    "twoFactorEnabled?": "boolean",
    "usePasswordLessLogin?": "boolean",
    "securityKeys?": "boolean",
  },
  Note: {
    id: "string",
    createdAt: "date-time",
    "deletedAt?": "date-time|null",
    userId: "string",
    user: "UserLite",
    text: "string|null",
    cw: "string|null",
    visibility: "'public'|'home'|'followers'|'specified'",
    localOnly: "boolean",
    reactionAcceptance:
      "'likeOnly'|'likeOnlyForRemote'|'nonSensitiveOnly'|'nonSensitiveOnlyForLocalLikeOnlyForRemote'|null",
    renoteCount: "number",
    repliesCount: "number",
    reactionCount: "number",
    reactions: "map<number>",
    reactionEmojis: "map<string>",
    reactionAndUserPairCache: "string[]",
    "emojis?": "map<string>",
    "tags?": "string[]",
    fileIds: "string[]",
    files: "DriveFile[]",
    replyId: "string|null",
    renoteId: "string|null",
    "isHidden?": "boolean",
    "channelId?": "string|null",
    "channel?": "Channel|null",
    "mentions?": "string[]",
    "visibleUserIds?": "string[]",
    "uri?": "string",
    "url?": "string",
    "hasPoll?": "boolean",
    clippedCount: "number",
    "reply?": "Note|null",
    "renote?": "Note|null",
    "poll?": "Poll|null",
    "myReaction?": "string|null",
  },
  Poll: { multiple: "boolean", "expiresAt?": "date-time|null", choices: "PollChoice[]" },
  PollChoice: { text: "string", votes: "number", isVoted: "boolean" },
  CustomEmoji: { name: "string", url: "string" },
  DriveFile: {
    id: "string",
    createdAt: "date-time",
    name: "string",
    type: "string",
    md5: "string",
    size: "number",
    isSensitive: "boolean",
    blurhash: "string|null",
    properties: "FileProperties",
    url: "string",
    thumbnailUrl: "string|null",
    comment: "string|null",
    folderId: "string|null",
    "folder?": "object|null",
    userId: "string|null",
    "user?": "UserLite|null",
  },
  FileProperties: { "width?": "number", "height?": "number", "orientation?": "number", "avgColor?": "string" },
  Channel: {
    id: "string",
    name: "string",
    color: "string",
    isSensitive: "boolean",
    allowRenoteToExternal: "boolean",
    userId: "string|null",
  },
  AvatarDecoration: {
    id: "string",
    "angle?": "number",
    "flipH?": "boolean",
    url: "string",
    "offsetX?": "number",
    "offsetY?": "number",
  },
  BadgeRole: { name: "string", iconUrl: "string|null", displayOrder: "number" },
  Role: {
    id: "string",
    name: "string",
    color: "string|null",
    iconUrl: "string|null",
    description: "string",
    isModerator: "boolean",
    isAdministrator: "boolean",
    displayOrder: "number",
  },
  RemoteInstance: {
    name: "string|null",
    softwareName: "string|null",
    softwareVersion: "string|null",
    iconUrl: "string|null",
    faviconUrl: "string|null",
    themeColor: "string|null",
  },
  ProfileField: { name: "string", value: "string" },
  AbuseReport: {
    id: "string",
    targetUserId: "string",
    targetUser: "UserLite|null",
    reporterId: "string",
    reporter: "UserLite|null",
    assigneeId: "string|null",
    assignee: "UserLite|null",
    resolved: "boolean",
    forwarded: "boolean",
    comment: "string",
    moderationNote: "string",
    resolvedAs: "'accept'|'reject'|null",
    targetUserHost: "string|null",
    reporterHost: "string|null",
  },
  RemainingTime: { time: "number", asDays: "number", asHours: "number" },
  // MisskeyIO's reportAutoResolved, seen on 2025.4.1-mhq.13.
  ReportResolution: { resolver: "object", report: "object" },
} as const;

/** The name of a table. `UserDetailedNotMe` is UserLite and UserDetailedNotMeOnly together. */
export type ObjectName = keyof typeof payloadTables;

void (payloadTables satisfies Readonly<Record<string, ObjectTable>>);

/** Where a note stands: its event, or its place inside another object. Some keys depend on it. */
export const notePositions = [
  "note",
  "reply",
  "renote",
  "mention",
  "edited",
  "editedReply",
  "nestedReply",
  "nestedRenote",
  "pinned",
] as const;
export type NotePosition = (typeof notePositions)[number];

/** How a dialect's payload differs from the present tables. */
export interface PayloadDelta {
  /** Keys that differ or come on top, per object, written as in the tables. `isBot?` also replaces `isBot`. */
  readonly set?: { readonly [Name in ObjectName]?: ObjectTable };
  /** Keys that this dialect doesn't have, per object. */
  readonly without?: { readonly [Name in ObjectName]?: readonly string[] };
  /** Keys of a note that may be absent in a position. */
  readonly optional?: { readonly [Position in NotePosition]?: readonly string[] };
}

/** Keys of a note that are absent in some positions of every dialect. Seen on Misskey 2026.3.2. */
export const optionalByPosition: Readonly<Partial<Record<NotePosition, readonly string[]>>> = {
  mention: ["reactionAndUserPairCache"],
  pinned: ["reactionAndUserPairCache"],
  nestedReply: ["clippedCount"],
};

/** Keys of a note that its event guarantees: a reply embeds what it replies to, a renote what it renotes. */
export const guaranteedByPosition: Readonly<Partial<Record<NotePosition, ObjectTable>>> = {
  reply: { reply: "Note", replyId: "string" },
  editedReply: { reply: "Note", replyId: "string" },
  renote: { renote: "Note", renoteId: "string" },
};

/** Keys of UserLite that users of the server itself always have, and remote users never. */
export const localUserKeys: readonly string[] = ["badgeRoles"];
