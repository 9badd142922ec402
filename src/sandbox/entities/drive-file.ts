// Files as servers show them. Seen on Misskey 2026.3.2.
import type { Payload } from "../world/occurrence.js";
import type { DriveFile } from "../world/records.js";
import type { World } from "../world/world.js";
import { isoTime } from "./time.js";

/** A file; inside a note it names its owner's id, as the answer to an upload it doesn't. */
export function packFile(world: World, file: DriveFile, show: { readonly withOwner: boolean }): Payload {
  return {
    id: file.id,
    createdAt: isoTime(file.createdAt),
    name: file.name,
    type: file.type,
    md5: file.md5,
    size: file.size,
    isSensitive: file.isSensitive,
    blurhash: file.blurhash,
    properties: file.properties,
    url: `${world.origin}/files/${file.accessKey}`,
    thumbnailUrl: file.hasThumbnail ? `${world.origin}/files/thumbnail-${file.accessKey}` : null,
    comment: file.comment,
    folderId: file.folderId,
    folder: null,
    userId: show.withOwner ? file.userId : null,
    user: null,
  };
}
