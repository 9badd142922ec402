// Channels as `channels/create` shows them to their maker. Seen on Misskey 2026.3.2.
import type { Payload } from "../world/occurrence.js";
import type { Channel } from "../world/records.js";
import type { World } from "../world/world.js";
import { isoTime, isoTimeOrNull } from "./time.js";

/** A channel in full; a note carries a shorter form. */
export function packChannel(world: World, channel: Channel): Payload {
  const banner = channel.bannerId === null ? undefined : world.files.get(channel.bannerId);
  return {
    id: channel.id,
    createdAt: isoTime(channel.createdAt),
    lastNotedAt: isoTimeOrNull(channel.lastNotedAt),
    name: channel.name,
    description: channel.description,
    userId: channel.userId,
    bannerUrl: banner ? `${world.origin}/files/${banner.accessKey}` : null,
    bannerId: channel.bannerId,
    pinnedNoteIds: [],
    color: channel.color,
    isArchived: false,
    usersCount: channel.noters.length,
    notesCount: channel.notesCount,
    isSensitive: channel.isSensitive,
    allowRenoteToExternal: channel.allowRenoteToExternal,
    isFollowing: false,
    isFavorited: false,
    isMuting: false,
    hasUnreadNote: false,
  };
}
