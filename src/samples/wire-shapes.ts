// What the payload tables don't tell: the order in which a server writes its keys, and which of the keys that its row
// leaves open it really sends. Read off the recordings of each server; the rows without recordings from its sources.

/** The objects whose keys have an order of their own. */
export type OrderedObject = "UserLite" | "UserDetailedNotMe" | "Note";

type Keys = readonly string[];

/** How the servers of one row of the dialect table write. */
export interface WireShape {
  readonly order: Readonly<Record<OrderedObject, Keys>>;
  /** Optional keys of the row's tables that are sent all the same, by object. */
  readonly sends: Readonly<Record<string, Keys>>;
  /** Optional keys of the row's tables that are not sent, by object. */
  readonly omits: Readonly<Record<string, Keys>>;
  /** Ids have ten characters (`aid`), not sixteen (`aidx`). */
  readonly shortIds: boolean;
  /** An identicon is named after the user's id, not after the account. */
  readonly identiconById: boolean;
  /** The reply inside a note is as detailed as the note: with `clippedCount`, and with the reply inside it. */
  readonly detailedReplies: boolean;
  /** Keys of a note that come with its details, as `clippedCount` does: a nested reply lacks them. */
  readonly noteDetails: Keys;
  /** The files of a note say whose they are; up to 2023.x their `userId` is null (read in the servers' source). */
  readonly filesNameOwner: boolean;
  /** A note that the hook's owner has renoted says so (`isRenoted`). */
  readonly marksRenoted: boolean;
  /** What the test button sends otherwise than Misskey at present, by key, wherever it stands; undefined is left out. */
  readonly testButton: Readonly<Record<string, unknown>>;
}

const words = (text: string): Keys => text.trim().split(/\s+/);

// Read off Misskey 13.10.3 to 2026.3.2, whose orders agree; MisskeyIO's and CherryPick's keys fit in between.
const userLite = words(`
  id name username host avatarUrl avatarBlurhash avatarColor avatarDecorations isLocked isAdmin isModerator isBot isCat
  isProxy requireSigninToViewContents makeNotesFollowersOnlyBefore makeNotesHiddenBefore instance emojis onlineStatus
  badgeRoles driveCapacityOverrideMb`);
const detailedOnly = words(`
  url uri movedTo alsoKnownAs createdAt updatedAt lastFetchedAt bannerUrl bannerBlurhash bannerColor isLocked isSilenced
  isLimited isSuspended description location birthday lang fields verifiedLinks mutualLinkSections followersCount
  followingCount notesCount pinnedNoteIds pinnedNotes pinnedPageId pinnedPage publicReactions ffVisibility
  followersVisibility followingVisibility chatScope canChat twoFactorEnabled usePasswordLessLogin securityKeys roles memo
  isFollowing isFollowed hasPendingFollowRequestFromYou hasPendingFollowRequestToYou isBlocking isBlocked isMuted
  isRenoteMuted notify withReplies followedMessage`);
const misskeyOrder = {
  UserLite: userLite,
  UserDetailedNotMe: [...userLite.filter((key) => key !== "isLocked"), ...detailedOnly],
  Note: words(`
    id createdAt userId user text cw visibility localOnly reactionAcceptance visibleUserIds renoteCount repliesCount
    reactionCount reactions reactionEmojis reactionAndUserPairCache emojis tags fileIds files replyId replyUserId renoteId
    channelId channel mentions hasPoll uri url hasDeliveryTargets clippedCount reply renote poll`),
};
const misskey12Order = {
  ...misskeyOrder,
  Note: words(`
    id createdAt userId user text cw visibility visibleUserIds localOnly renoteCount repliesCount reactions tags emojis
    fileIds files replyId renoteId channelId channel mentions uri url reply renote poll`),
};
const cherrypickOrder = { ...misskeyOrder, UserDetailedNotMe: [...new Set([...userLite, ...detailedOnly])] };
const sharkeyLite = words(`
  id name username host avatarUrl avatarBlurhash description createdAt avatarDecorations isBot isCat noindex enableRss
  mandatoryCW rejectQuotes attributionDomains isSilenced speakAsCat approved followersCount followingCount notesCount instance emojis onlineStatus badgeRoles`);
const sharkeyOrder = {
  UserLite: sharkeyLite,
  UserDetailedNotMe: words(`
    ${sharkeyLite.join(" ")} url uri movedTo alsoKnownAs updatedAt lastFetchedAt bannerUrl bannerBlurhash backgroundUrl
    backgroundBlurhash isLocked isSuspended location birthday listenbrainz lang fields verifiedLinks pinnedNoteIds
    pinnedNotes pinnedPageId pinnedPage publicReactions followersVisibility followingVisibility chatScope
    canChat twoFactorEnabled usePasswordLessLogin securityKeys roles memo isFollowing isFollowed
    hasPendingFollowRequestFromYou hasPendingFollowRequestToYou isBlocking isBlocked isMuted isRenoteMuted notify
    withReplies followedMessage`),
  Note: words(`
    id createdAt updatedAt userId user text cw visibility localOnly reactionAcceptance visibleUserIds renoteCount
    repliesCount reactionCount reactions reactionEmojis reactionAndUserPairCache emojis tags fileIds files replyId renoteId
    channelId channel mentions mentionHandles uri url poll clippedCount processErrors reply renote`),
};
const iceshrimpUser = (rest: string): Keys =>
  words(`id name username host avatarUrl avatarBlurhash avatarColor isAdmin isModerator isBot isLocked isCat speakAsCat
    instance emojis onlineStatus driveCapacityOverrideMb canBite ${rest}`);
const iceshrimpOrder = {
  UserLite: iceshrimpUser(""),
  UserDetailedNotMe: iceshrimpUser(`
    url uri movedToUri alsoKnownAs createdAt updatedAt lastFetchedAt bannerUrl bannerBlurhash bannerColor isSilenced
    isSuspended description location birthday lang fields followersCount followingCount notesCount pinnedNoteIds
    pinnedNotes pinnedPageId pinnedPage publicReactions ffVisibility twoFactorEnabled usePasswordLessLogin securityKeys
    pronouns isFollowing isFollowed hasPendingFollowRequestFromYou hasPendingFollowRequestToYou isBlocking isBlocked
    isMuted isRenoteMuted`),
  Note: words(`
    id createdAt userId user text cw visibility localOnly visibleUserIds renoteCount repliesCount reactions
    reactionEmojis emojis tags fileIds files replyId renoteId channelId channel mentions uri url updatedAt poll canBite
    isRenoted isFiltered reply renote`),
};

/** How Misskey writes at present, which is how the sample files are written. */
export const presentShape: WireShape = {
  order: misskeyOrder,
  sends: {},
  omits: {},
  shortIds: false,
  identiconById: false,
  detailedReplies: false,
  noteDetails: [],
  filesNameOwner: true,
  marksRenoted: false,
  testButton: {},
};
const bareChannel = ["color", "isSensitive", "allowRenoteToExternal", "userId"];
const noPoll = ["hasPoll"];
const secondFactor = ["twoFactorEnabled", "usePasswordLessLogin", "securityKeys"];
const noFollowedMessage = ["followedMessage"];
const of2023: WireShape = {
  ...presentShape,
  filesNameOwner: false,
  omits: { UserDetailedNotMe: noFollowedMessage, Note: noPoll, Channel: ["userId"] },
};
const of13: WireShape = { ...of2023, shortIds: true };
const of12: WireShape = {
  ...presentShape,
  order: misskey12Order,
  omits: { UserDetailedNotMe: noFollowedMessage, Note: noPoll, Channel: bareChannel },
  shortIds: true,
  identiconById: true,
  filesNameOwner: false,
};
const iceshrimp: WireShape = {
  ...of12,
  order: iceshrimpOrder,
  shortIds: false,
  marksRenoted: true,
  sends: { ...of12.sends, UserLite: ["speakAsCat"] },
};
const sharkey: WireShape = { ...presentShape, order: sharkeyOrder, omits: { Note: noPoll } };

const before2025_4: WireShape = {
  ...presentShape,
  omits: { Note: noPoll },
  testButton: { avatarUrl: null, emojis: [], chatScope: undefined, canChat: undefined },
};

/** By `family@since` as the dialect table has its rows; a row that isn't here writes as Misskey does at present. */
export const wireShapes: Readonly<Record<string, WireShape>> = {
  "misskey@2025.1": before2025_4,
  "misskey@2024.11": before2025_4,
  "misskey@2024.10": before2025_4,
  "misskey@2024": before2025_4,
  "misskey@2023.12": {
    ...of2023,
    sends: { UserDetailedNotMe: secondFactor },
  },
  "misskey@2023.10.2": of2023,
  "misskey@2023.9": { ...of2023, omits: { ...of2023.omits, UserLite: ["avatarDecorations"] } },
  "misskey@13.11": { ...of13, omits: { ...of13.omits, Channel: ["allowRenoteToExternal", "userId"] } },
  "misskey@13.0": {
    ...of13,
    sends: { UserDetailedNotMe: ["isRenoteMuted"], Note: ["reactionAcceptance", "reactionEmojis"] },
    omits: {
      Channel: bareChannel,
      Note: noPoll,
      UserDetailedNotMe: [...noFollowedMessage, "movedTo", "alsoKnownAs", "memo"],
    },
  },
  "misskey@12.110": {
    ...of12,
    sends: { UserLite: ["driveCapacityOverrideMb"], UserDetailedNotMe: ["driveCapacityOverrideMb"] },
  },
  "misskey@12.109": of12,
  "sharkey@2025.4": {
    ...sharkey,
    noteDetails: ["processErrors"],
    sends: { UserLite: ["attributionDomains"], UserDetailedNotMe: ["attributionDomains"] },
  },
  "sharkey@2023.9": sharkey,
  cherrypick: { ...presentShape, order: cherrypickOrder, detailedReplies: true },
  misskeyio: { ...presentShape, omits: { Note: noPoll } },
  iceshrimp,
  "iceshrimp-bun": iceshrimp,
};
