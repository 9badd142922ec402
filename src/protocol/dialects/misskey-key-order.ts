// The order in which Misskey writes its keys, which its relatives' orders start from.
import type { KeyOrder } from "../writing.js";

/** The words of a text, as a list. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/);

// Read off Misskey 13.10.3 to 2026.3.2, whose orders agree; MisskeyIO's and CherryPick's keys fit in between.
export const userLite: readonly string[] = words(`
  id name username host avatarUrl avatarBlurhash avatarColor avatarDecorations isLocked isAdmin isModerator isBot isCat
  isProxy requireSigninToViewContents makeNotesFollowersOnlyBefore makeNotesHiddenBefore instance emojis onlineStatus
  badgeRoles driveCapacityOverrideMb`);
export const detailedOnly: readonly string[] = words(`
  url uri movedTo alsoKnownAs createdAt updatedAt lastFetchedAt bannerUrl bannerBlurhash bannerColor isLocked isSilenced
  isLimited isSuspended description location birthday lang fields verifiedLinks mutualLinkSections followersCount
  followingCount notesCount pinnedNoteIds pinnedNotes pinnedPageId pinnedPage publicReactions ffVisibility
  followersVisibility followingVisibility chatScope canChat twoFactorEnabled usePasswordLessLogin securityKeys roles memo
  isFollowing isFollowed hasPendingFollowRequestFromYou hasPendingFollowRequestToYou isBlocking isBlocked isMuted
  isRenoteMuted notify withReplies followedMessage`);
export const misskeyOrder: KeyOrder = {
  UserLite: userLite,
  UserDetailedNotMe: [...userLite.filter((key) => key !== "isLocked"), ...detailedOnly],
  Note: words(`
    id createdAt userId user text cw visibility localOnly reactionAcceptance visibleUserIds renoteCount repliesCount
    reactionCount reactions reactionEmojis reactionAndUserPairCache emojis tags fileIds files replyId replyUserId renoteId
    channelId channel mentions hasPoll uri url hasDeliveryTargets clippedCount reply renote poll`),
};
export const misskey12Order: KeyOrder = {
  ...misskeyOrder,
  Note: words(`
    id createdAt userId user text cw visibility visibleUserIds localOnly renoteCount repliesCount reactions tags emojis
    fileIds files replyId renoteId channelId channel mentions uri url reply renote poll`),
};
