// What the instance remembers: plain data, so that all of it can be kept in a state file.
// Times are milliseconds since the epoch; entities/ turns them into what the API shows.

export type Visibility = "public" | "home" | "followers" | "specified";

export interface User {
  readonly id: string;
  username: string;
  name: string | null;
  /** The native token, 16 characters: what a browser session of the user would use. */
  token: string;
  isAdmin: boolean;
  readonly createdAt: number;
  updatedAt: number | null;
  /** When the user's stream was last seen; null when never, which shows as `unknown`. */
  lastActiveAt: number | null;
  notesCount: number;
  avatarId: string | null;
  bannerId: string | null;
  /** The latest first; undefined when nothing was ever pinned. */
  pinnedNoteIds?: readonly string[];
  /** What `i/update` changes, in the words of the API. */
  profile: Profile;
}

export interface Profile {
  isLocked: boolean;
  isBot: boolean;
  isCat: boolean;
  description: string | null;
  followedMessage: string | null;
  location: string | null;
  birthday: string | null;
  lang: string | null;
  fields: { name: string; value: string }[];
  publicReactions: boolean;
  followersVisibility: "public" | "followers" | "private";
  followingVisibility: "public" | "followers" | "private";
  chatScope: "everyone" | "following" | "followers" | "mutual" | "none";
  injectFeaturedNote: boolean;
  receiveAnnouncementEmail: boolean;
  alwaysMarkNsfw: boolean;
  autoSensitive: boolean;
  carefulBot: boolean;
  autoAcceptFollowed: boolean;
  noCrawle: boolean;
  preventAiLearning: boolean;
  isExplorable: boolean;
  hideOnlineStatus: boolean;
  requireSigninToViewContents: boolean;
  makeNotesFollowersOnlyBefore: number | null;
  makeNotesHiddenBefore: number | null;
  mutedWords: unknown[];
  hardMutedWords: unknown[];
  mutedInstances: string[];
  notificationRecieveConfig: Record<string, unknown>;
  emailNotificationTypes: string[];
  alsoKnownAs: string[] | null;
}

/** A token that an app was given: its permissions are all it may do, and a few endpoints refuse it altogether. */
export interface AppToken {
  readonly token: string;
  readonly userId: string;
  readonly permission: readonly string[];
  readonly name: string | null;
  /** The MiAuth session it was made for; null when made directly. */
  readonly session: string | null;
  /** True once `miauth/{session}/check` has handed it out. */
  fetched: boolean;
}

export interface Poll {
  readonly multiple: boolean;
  readonly expiresAt: number | null;
  readonly choices: { readonly text: string; votes: number }[];
}

export interface Note {
  readonly id: string;
  readonly createdAt: number;
  readonly userId: string;
  text: string | null;
  cw: string | null;
  /** When it was edited last; null when never, or where notes can't be edited. */
  updatedAt: number | null;
  readonly visibility: Visibility;
  visibleUserIds: readonly string[];
  readonly localOnly: boolean;
  readonly reactionAcceptance: string | null;
  tags: readonly string[];
  mentions: readonly string[];
  fileIds: readonly string[];
  readonly replyId: string | null;
  renoteId: string | null;
  readonly threadId: string | null;
  readonly channelId: string | null;
  poll: Poll | null;
  renoteCount: number;
  repliesCount: number;
  /** Who reacted with what, in order. */
  reactions: { readonly userId: string; readonly reaction: string }[];
}

/** A hook's settings: what an update changes, and what a delivery uses. */
export interface HookSettings {
  name: string;
  on: readonly string[];
  url: string;
  secret: string;
  active: boolean;
}

export interface Hook extends HookSettings {
  readonly id: string;
  readonly createdAt: number;
  readonly userId: string;
  latestSentAt: number | null;
  latestStatus: number | null;
  /** What deliveries go by where an update takes effect one update late; undefined where it takes effect at once. */
  inForce?: HookSettings;
}

export interface SystemHook {
  readonly id: string;
  isActive: boolean;
  updatedAt: number;
  latestSentAt: number | null;
  latestStatus: number | null;
  name: string;
  on: readonly string[];
  url: string;
  secret: string;
}

/** Where a test delivery goes. */
export interface HookTarget {
  readonly hookId: string;
  /** undefined for system hooks. */
  readonly userId: string | undefined;
  readonly url: string;
  readonly secret: string;
}

/** A system webhook that is told of reports, or isn't. */
export interface ReportRecipient {
  readonly id: string;
  isActive: boolean;
  updatedAt: number;
  name: string;
  systemWebhookId: string;
}

/** From one user to another: a follow, a follow request, a block, a mute. */
export interface Relation {
  readonly id: string;
  readonly createdAt: number;
  readonly from: string;
  readonly to: string;
  /** A follow's `withReplies`; undefined elsewhere. */
  withReplies?: boolean;
  /** When a mute ends; undefined or null when it doesn't. */
  readonly expiresAt?: number | null;
}

export interface Channel {
  readonly id: string;
  readonly createdAt: number;
  readonly userId: string;
  readonly name: string;
  readonly description: string | null;
  readonly bannerId: string | null;
  readonly color: string;
  readonly isSensitive: boolean;
  readonly allowRenoteToExternal: boolean;
  lastNotedAt: number | null;
  notesCount: number;
  readonly noters: string[];
}

export interface DriveFile {
  readonly id: string;
  readonly createdAt: number;
  readonly userId: string;
  readonly accessKey: string;
  readonly name: string;
  readonly type: string;
  readonly md5: string;
  readonly size: number;
  isSensitive: boolean;
  readonly blurhash: string | null;
  readonly properties: { readonly width?: number; readonly height?: number };
  readonly hasThumbnail: boolean;
  readonly comment: string | null;
  readonly folderId: string | null;
}

export interface AbuseReport {
  readonly id: string;
  readonly createdAt: number;
  readonly reporterId: string;
  readonly targetUserId: string;
  readonly comment: string;
  assigneeId: string | null;
  resolved: boolean;
  resolvedAs: "accept" | "reject" | null;
  forwarded: boolean;
  moderationNote: string;
}
