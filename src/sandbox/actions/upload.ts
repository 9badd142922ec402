// Uploads: what a server finds out about a file. The content itself isn't kept; nobody downloads from a sandbox.
import { createHash } from "node:crypto";
import { uuidFrom } from "../chance.js";
import type { DriveFile, User } from "../world/records.js";
import type { World } from "../world/world.js";

/** A file as it came in. */
export interface Upload {
  readonly name: string;
  readonly content: Buffer;
  readonly comment: string | null;
  readonly isSensitive: boolean;
  /** Keep it even if the owner has the same content already. */
  readonly force: boolean;
}

/** What a file is: its type, and the ending that its name should have; null where none fits. */
interface FileKind {
  readonly type: string;
  readonly ending: string | null;
}

const signatures: readonly (readonly [type: string, ending: string, hex: string])[] = [
  ["image/png", "png", "89504e470d0a1a0a"],
  ["image/jpeg", "jpg", "ffd8ff"],
  ["image/gif", "gif", "47494638"],
  ["application/pdf", "pdf", "255044462d"],
  ["audio/mpeg", "mp3", "494433"],
  ["video/webm", "webm", "1a45dfa3"],
  ["application/zip", "zip", "504b0304"],
];
/** Texts have no signature: these are told by their name. */
const textTypes: Readonly<Record<string, string>> = { txt: "text/plain", csv: "text/csv", json: "application/json" };

/** The kind by the first bytes, as servers tell it; the name counts only where those say nothing. */
function kindOf(content: Buffer, name: string): FileKind {
  const start = content.subarray(0, 16).toString("hex");
  const known = signatures.find(([, , hex]) => start.startsWith(hex));
  if (known) return { type: known[0], ending: known[1] };
  if (start.startsWith("52494646") && content.subarray(8, 12).toString("latin1") === "WEBP")
    return { type: "image/webp", ending: "webp" };
  if (content.subarray(4, 8).toString("latin1") === "ftyp") return { type: "video/mp4", ending: "mp4" };
  const ending = name.split(".").at(-1) ?? "";
  const type = textTypes[ending];
  return type === undefined ? { type: "application/octet-stream", ending: null } : { type, ending };
}

/** The name with the ending of its kind: added where another one or none is there. */
function withEnding(name: string, { type, ending }: FileKind): string {
  const present = /\.([0-9a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  if (present === undefined) return `${name}.${ending ?? "unknown"}`;
  const fits = ending === null || present === ending || (ending === "jpg" && present === "jpeg");
  return fits || type === "application/zip" ? name : `${name}.${ending}`;
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

/** Puts a file into a user's drive; what is there already is found by its content. */
export function addFile(world: World, owner: User, upload: Upload): DriveFile {
  const { content, comment, isSensitive, force } = upload;
  const md5 = createHash("md5").update(content).digest("hex");
  const same = force
    ? undefined
    : [...world.files.values()].find((file) => file.userId === owner.id && file.md5 === md5);
  if (same) {
    same.isSensitive ||= isSensitive;
    return same;
  }
  const kind = kindOf(content, upload.name);
  const { type } = kind;
  const isImage = type.startsWith("image/");
  const file: DriveFile = {
    id: world.newId(),
    createdAt: world.now(),
    userId: owner.id,
    accessKey: uuidFrom(world.random),
    name: withEnding(upload.name, kind),
    type,
    md5,
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
