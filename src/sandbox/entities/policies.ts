// The policies of a role, as `meta` and `i` show them. Seen on Misskey 2026.3.2 with no role set up.
import type { Dialect } from "../../protocol/index.js";
import type { Payload } from "../world/occurrence.js";

/** How many hooks an account may have, as a number even where there is no limit. */
const unlimited = 10_000;

/** What an account may do. Administrators are bound by the same numbers. */
export function rolePolicies(dialect: Dialect): Payload {
  return {
    gtlAvailable: true,
    ltlAvailable: true,
    canPublicNote: true,
    mentionLimit: 20,
    canInvite: false,
    inviteLimit: 0,
    inviteLimitCycle: 10080,
    inviteExpirationTime: 0,
    canManageCustomEmojis: false,
    canManageAvatarDecorations: false,
    canSearchNotes: false,
    canSearchUsers: true,
    canUseTranslator: true,
    canHideAds: false,
    driveCapacityMb: 100,
    maxFileSizeMb: 30,
    alwaysMarkNsfw: false,
    canUpdateBioMedia: true,
    pinLimit: 5,
    antennaLimit: 5,
    wordMuteLimit: 200,
    webhookLimit: dialect.api.hookLimit ?? unlimited,
    clipLimit: 10,
    noteEachClipsLimit: 200,
    userListLimit: 10,
    userEachUserListsLimit: 50,
    rateLimitFactor: 1,
    avatarDecorationLimit: 1,
    canImportAntennas: false,
    canImportBlocking: false,
    canImportFollowing: false,
    canImportMuting: false,
    canImportUserLists: false,
    chatAvailability: "available",
    uploadableFileTypes: ["text/*", "application/json", "image/*", "video/*", "audio/*"],
    noteDraftLimit: 10,
    scheduledNoteLimit: 1,
    watermarkAvailable: true,
  };
}
