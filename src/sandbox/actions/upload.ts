// Uploads: what a server finds out about a file. The content itself isn't kept; nobody downloads from a sandbox.
import { createHash } from "node:crypto";
import { isUtf8 } from "node:buffer";
import { uuidFrom } from "../chance.js";
import type { DriveFile, User } from "../world/records.js";
import type { World } from "../world/world.js";

/** A file as it came in. */
export interface Upload {
  readonly name: string;
  readonly content: Buffer;
  readonly comment: string | null;
  readonly isSensitive: boolean;
}

const signatures: readonly (readonly [type: string, hex: string])[] = [
  ["image/png", "89504e470d0a1a0a"],
  ["image/jpeg", "ffd8ff"],
  ["image/gif", "47494638"],
  ["application/pdf", "255044462d"],
  ["audio/mpeg", "494433"],
  ["video/webm", "1a45dfa3"],
  ["application/zip", "504b0304"],
];

/** The type by the first bytes, as servers tell it: a name's ending counts for nothing. */
function typeOf(content: Buffer): string {
  const start = content.subarray(0, 16).toString("hex");
  const known = signatures.find(([, hex]) => start.startsWith(hex));
  if (known) return known[0];
  if (start.startsWith("52494646") && content.subarray(8, 12).toString("latin1") === "WEBP") return "image/webp";
  if (content.subarray(4, 8).toString("latin1") === "ftyp") return "video/mp4";
  return isUtf8(content) && !content.includes(0) ? "text/plain" : "application/octet-stream";
}

/** Width and height of a PNG or GIF, which have them at a fixed place; other images count as one pixel. */
function sizeOf(type: string, content: Buffer): { readonly width?: number; readonly height?: number } {
  if (!type.startsWith("image/")) return {};
  if (type === "image/png" && content.length >= 24)
    return { width: content.readUInt32BE(16), height: content.readUInt32BE(20) };
  if (type === "image/gif" && content.length >= 10)
    return { width: content.readUInt16LE(6), height: content.readUInt16LE(8) };
  return { width: 1, height: 1 };
}

/** A blurhash of a plain grey, which stands for all images. */
const greyBlurhash = "e5OM#xof~qj[ofj[fQj[fQfQ~qj[ayfQj[j[fQfQfQfQ~qj[fQfQj[";

/** Puts a file into a user's drive. */
export function addFile(world: World, owner: User, { name, content, comment, isSensitive }: Upload): DriveFile {
  const type = typeOf(content);
  const isImage = type.startsWith("image/");
  const file: DriveFile = {
    id: world.newId(),
    createdAt: world.now(),
    userId: owner.id,
    accessKey: uuidFrom(world.random),
    name,
    type,
    md5: createHash("md5").update(content).digest("hex"),
    size: content.length,
    isSensitive: isSensitive || owner.profile.alwaysMarkNsfw,
    blurhash: isImage ? greyBlurhash : null,
    properties: sizeOf(type, content),
    hasThumbnail: isImage,
    comment,
    folderId: null,
  };
  world.files.set(file.id, file);
  return file;
}
