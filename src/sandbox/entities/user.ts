// Users as servers show them, keys in the order sent: UserDetailedNotMe and MeDetailed of Misskey 2026.3.2.
import { fillMe } from "./fill-template.js";
import type { User } from "../world/records.js";
import { followersCount, followingCount, isBlocking, isFollowing, isMuting } from "../world/relations.js";
import { pairKey, type World } from "../world/world.js";
import type { Payload } from "../world/occurrence.js";
import { rolePolicies } from "./policies.js";
import { isoTime } from "./time.js";
import { packNote } from "./note.js";
import { packUserLite } from "./user-lite.js";

/** What everybody sees of a profile. */
function packProfile(world: World, user: User, viewerId: string | null): Payload {
  const { profile } = user;
  const banner = user.bannerId === null ? undefined : world.files.get(user.bannerId);
  return {
    ...packUserLite(world, user),
    url: null,
    uri: null,
    movedTo: null,
    alsoKnownAs: profile.alsoKnownAs,
    createdAt: isoTime(user.createdAt),
    updatedAt: user.updatedAt === null ? null : isoTime(user.updatedAt),
    lastFetchedAt: null,
    bannerUrl: banner ? `${world.origin}/files/${banner.accessKey}` : null,
    bannerBlurhash: banner?.blurhash ?? null,
    isLocked: profile.isLocked,
    isSilenced: false,
    isSuspended: false,
    description: profile.description,
    location: profile.location,
    birthday: profile.birthday,
    lang: profile.lang,
    fields: profile.fields,
    verifiedLinks: [],
    followersCount: followersCount(world, user.id),
    followingCount: followingCount(world, user.id),
    notesCount: user.notesCount,
    ...packPinned(world, user, viewerId),
    pinnedPageId: null,
    pinnedPage: null,
    publicReactions: profile.publicReactions,
    followersVisibility: profile.followersVisibility,
    followingVisibility: profile.followingVisibility,
    chatScope: profile.chatScope,
    canChat: true,
    roles: [],
    memo: viewerId === null ? null : (world.memos.get(pairKey(viewerId, user.id)) ?? null),
    ...packForModerators(world, user, viewerId),
  };
}

function packPinned(world: World, { pinnedNoteIds = [] }: User, viewerId: string | null): Payload {
  // One that was deleted is pinned no more.
  const notes = pinnedNoteIds.flatMap((id) => world.notes.get(id) ?? []);
  return {
    pinnedNoteIds: notes.map(({ id }) => id),
    pinnedNotes: notes.map((note) => packNote(world, note, viewerId)),
  };
}

/** Moderators see a note of theirs on everybody, and whether others have a second factor. */
function packForModerators(world: World, user: User, viewerId: string | null): Payload {
  if (viewerId === null || !world.users.get(viewerId)?.isAdmin) return {};
  const secondFactor = { twoFactorEnabled: false, usePasswordLessLogin: false, securityKeys: false };
  return { moderationNote: "", ...(viewerId === user.id ? {} : secondFactor) };
}

/**
 * Another user in full. With a viewer come the relations between the two, and the message to followers if the viewer
 * is one; without, or of the viewer themself, only what everybody sees.
 */
export function packUserDetailed(world: World, user: User, viewerId: string | null): Payload {
  const profile = packProfile(world, user, viewerId);
  if (viewerId === null || viewerId === user.id) return profile;
  const following = isFollowing(world, viewerId, user.id);
  return {
    ...profile,
    isFollowing: following,
    isFollowed: isFollowing(world, user.id, viewerId),
    hasPendingFollowRequestFromYou: world.followRequests.has(pairKey(viewerId, user.id)),
    hasPendingFollowRequestToYou: world.followRequests.has(pairKey(user.id, viewerId)),
    isBlocking: isBlocking(world, viewerId, user.id),
    isBlocked: isBlocking(world, user.id, viewerId),
    isMuted: isMuting(world, viewerId, user.id),
    isRenoteMuted: false,
    notify: "none",
    withReplies: world.follows.get(pairKey(viewerId, user.id))?.withReplies ?? false,
    ...(following ? { followedMessage: user.profile.followedMessage } : {}),
  };
}

/** Shown to a native token alone. */
const secretKeys = new Set(["email", "emailVerified", "securityKeysList", "signupReason"]);

/**
 * The user as they see themself: also what only they may know, such as settings, unread marks and policies.
 * @param includeSecrets also the mail address and keys, which a native token alone is shown
 */
export function packMe(world: World, user: User, includeSecrets: boolean): Payload {
  const me = presentMe(world, user, includeSecrets);
  if (world.templates === undefined) return me;
  const profile = world.writer.object("UserDetailedNotMe", packProfile(world, user, user.id));
  const filled = Object.entries(fillMe(world, world.templates.i, profile, me));
  return Object.fromEntries(filled.filter(([key]) => includeSecrets || !secretKeys.has(key)));
}

function presentMe(world: World, user: User, includeSecrets: boolean): Payload {
  const { profile } = user;
  const pending = [...world.followRequests.values()].some(({ to }) => to === user.id);
  return {
    ...packProfile(world, user, user.id),
    twoFactorEnabled: false,
    usePasswordLessLogin: false,
    securityKeys: false,
    avatarId: user.avatarId,
    bannerId: user.bannerId,
    followedMessage: profile.followedMessage,
    isModerator: user.isAdmin,
    isAdmin: user.isAdmin,
    injectFeaturedNote: profile.injectFeaturedNote,
    receiveAnnouncementEmail: profile.receiveAnnouncementEmail,
    alwaysMarkNsfw: profile.alwaysMarkNsfw,
    autoSensitive: profile.autoSensitive,
    carefulBot: profile.carefulBot,
    autoAcceptFollowed: profile.autoAcceptFollowed,
    noCrawle: profile.noCrawle,
    preventAiLearning: profile.preventAiLearning,
    isExplorable: profile.isExplorable,
    isDeleted: false,
    twoFactorBackupCodesStock: "none",
    hideOnlineStatus: profile.hideOnlineStatus,
    hasUnreadSpecifiedNotes: false,
    hasUnreadMentions: false,
    hasUnreadChatMessages: false,
    hasUnreadAnnouncement: false,
    unreadAnnouncements: [],
    hasUnreadAntenna: false,
    hasUnreadChannel: false,
    hasUnreadNotification: false,
    hasPendingReceivedFollowRequest: pending,
    unreadNotificationsCount: 0,
    mutedWords: profile.mutedWords,
    hardMutedWords: profile.hardMutedWords,
    mutedInstances: profile.mutedInstances,
    mutingNotificationTypes: [],
    notificationRecieveConfig: profile.notificationRecieveConfig,
    emailNotificationTypes: profile.emailNotificationTypes,
    achievements: [],
    loggedInDays: 1,
    policies: rolePolicies(world.dialect),
    ...(includeSecrets ? { email: null, emailVerified: false, securityKeysList: [] } : {}),
  };
}
