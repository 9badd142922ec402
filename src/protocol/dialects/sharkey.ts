// Sharkey: a Misskey whose notes can be edited.
import type { Dialect } from "../dialect.js";
import { pickEvents } from "../events.js";
import type { PayloadDelta } from "../payload-tables.js";
import type { KeyOrder } from "../writing.js";
import {
  misskey2024,
  misskey2024_10,
  misskey2025_1,
  misskey2025_4,
  moderatorEvents,
  reportEvents,
  userEvents,
} from "./misskey.js";
import { words } from "./misskey-key-order.js";
import { earlierChannel, reportsWithUsers, securityKeys } from "./misskey-payloads.js";

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
const payload: PayloadDelta = {
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
const payloadOf2023_9: PayloadDelta = {
  set: {
    UserLite: sharkeyUser,
    UserDetailedNotMeOnly: { ...securityKeys, ...sharkeyDetails },
    Note: { "updatedAt?": "date-time|null" },
    Channel: earlierChannel,
  },
  without: {
    UserDetailedNotMeOnly: ["chatScope", "canChat"],
    AbuseReport: reportsWithUsers,
  },
  optional: {
    edited: ["renoteCount", "repliesCount", "clippedCount"],
    // From 2025.2 on the replied-to author's hooks get `reply` instead of `edited` (history).
    editedReply: ["renoteCount", "repliesCount", "clippedCount"],
    // Packed without details in Sharkey 2025's source.
    nestedRenote: ["clippedCount"],
  },
};
/** Users as the database has them, most of whose details that were ever computed are missing. */
const testButton: PayloadDelta = {
  set: {
    UserLite: { avatarUrl: "string|null" },
    Note: { "processErrors?": "string[]|null" },
  },
};
const testButtonOf2023_9: PayloadDelta = {
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

const userLite = words(`
  id name username host avatarUrl avatarBlurhash description createdAt avatarDecorations isBot isCat noindex enableRss
  mandatoryCW rejectQuotes attributionDomains isSilenced speakAsCat approved followersCount followingCount notesCount instance emojis onlineStatus badgeRoles`);
const order: KeyOrder = {
  UserLite: userLite,
  UserDetailedNotMe: words(`
    ${userLite.join(" ")} url uri movedTo alsoKnownAs updatedAt lastFetchedAt bannerUrl bannerBlurhash backgroundUrl
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

const sharkey2025_4: Dialect = {
  ...misskey2025_4,
  family: "sharkey",
  title: "Sharkey",
  source: "Sharkey 2025.4.7",
  software: { name: "sharkey" },
  events: pickEvents(...userEvents, "edited", ...reportEvents, ...moderatorEvents),
  payload,
  testButton,
  samplesOf: "sharkey@2025.4",
  writing: {
    ...misskey2025_4.writing,
    order,
    sends: { UserLite: ["attributionDomains"], UserDetailedNotMe: ["attributionDomains"] },
    omits: { Note: ["hasPoll"] },
    noteDetails: ["processErrors"],
  },
  api: { ...misskey2025_1.api, streamTellsSpecified: false, editsComeAsReplies: true },
  // Blocks, direct notes, empty warnings and repeated reactions: seen on 2025.4.5.
  behaviour: {
    ...misskey2024_10.behaviour,
    server: "sharkey@2025.4.7",
    mutesMentions: true,
    countsQuotes: false,
    blocksMentions: true,
    mentionsRecipientsOnly: true,
    repliesShowPolls: true,
    refusesLongText: true,
    takesEmptyCw: true,
    takesSameReaction: true,
    hidesNotesOfBlockers: true,
    ignoresIdleUpdates: true,
  },
};

const sharkey2023_9: Dialect = {
  ...sharkey2025_4,
  since: "2023.9",
  source: "Sharkey 2024.9.1-rc",
  events: pickEvents(...userEvents, "edited", ...reportEvents),
  payload: payloadOf2023_9,
  testButton: testButtonOf2023_9,
  testButtonForm: "direct",
  samplesOf: "sharkey@2023.9",
  writing: { ...sharkey2025_4.writing, sends: {}, noteDetails: [] },
  // To whom its reports go: read in its source; its stream: as on 2025.4.7.
  api: { ...misskey2024.api, streamTellsSpecified: false },
  behaviour: {
    ...sharkey2025_4.behaviour,
    server: "sharkey@2024.9.1-rc",
    mentionsRecipientsOnly: false,
    takesEmptyCw: false,
    takesSameReaction: false,
    hidesNotesOfBlockers: false,
    ignoresIdleUpdates: false,
  },
};

/** The newest first. */
export const sharkey: readonly Dialect[] = [sharkey2025_4, sharkey2023_9];
