// The odd things that real deliveries contain, put into a friendly one. Each changes the envelope in place.
import { isObject } from "../../protocol/index.js";
import { eachObject, type Json, noteOf, type Planner } from "./plans.js";

type Envelopes = Pick<Planner, "envelope" | "variantsOf">;

/** The note of the first of these samples that the dialect has. */
function borrowed({ envelope, variantsOf }: Envelopes, ...variants: readonly string[]): Json {
  const known = variantsOf("note");
  const variant = variants.find((candidate) => known.includes(candidate));
  return (variant === undefined ? undefined : noteOf(envelope("note", variant))) ?? {};
}

/** A poll without a word. */
export function textless(envelope: Json, samples: Envelopes): Json {
  const note = noteOf(envelope);
  const { poll, hasPoll } = borrowed(samples, "poll");
  if (note) Object.assign(note, { text: null, poll }, hasPoll === undefined ? {} : { hasPoll });
  return envelope;
}

/** Files without a word. */
export function withFilesOnly(envelope: Json, samples: Envelopes): Json {
  const note = noteOf(envelope);
  const { files, fileIds } = borrowed(samples, "files", "files-only");
  if (note) Object.assign(note, { text: null, files, fileIds });
  return envelope;
}

/** One picture, and nothing else: a PNG that isn't sensitive. */
export function withOnePicture(envelope: Json, samples: Envelopes): Json {
  const note = noteOf(withFilesOnly(envelope, samples));
  const files = note?.["files"];
  const [file] = Array.isArray(files) ? files.filter(isObject) : [];
  if (!note || !file) return envelope;
  const picture = { ...file, name: "picture.png", type: "image/png", isSensitive: false, comment: null };
  Object.assign(note, { files: [picture], fileIds: [file["id"]] });
  return envelope;
}

export function withText(envelope: Json, text: string): Json {
  const note = noteOf(envelope);
  if (note) note["text"] = text;
  return envelope;
}

/** A remote user's pure renote gets a text: notes without one have a check of their own. */
export function remoteUser(envelope: Json): Json {
  const note = noteOf(envelope);
  if (note?.["text"] === null) note["text"] = "From another server";
  return envelope;
}

const largeBytes = 30_000;

function padded(envelope: Json, object: Json, key: string): Json {
  const missing = largeBytes - Buffer.byteLength(JSON.stringify(envelope));
  const before = typeof object[key] === "string" ? object[key] : "";
  if (missing > 0) object[key] = `${before} ${"0123456789 ".repeat(Math.ceil(missing / 11))}`;
  return envelope;
}

/** 16 files, the most a note can have. */
export function sixteenFiles(envelope: Json, samples: Envelopes): Json {
  const note = noteOf(envelope);
  const files = borrowed(samples, "files", "files-only")["files"];
  const [file] = Array.isArray(files) ? files.filter(isObject) : [];
  if (!note || !file) return envelope;
  const ids = Array.from({ length: 16 }, (_, index) => `9zzzzzzzzzh4k2${String(index).padStart(2, "0")}`);
  note["fileIds"] = ids;
  note["files"] = ids.map((id) => ({ ...file, id }));
  return envelope;
}

/** Text up to 30 kB. */
export function largeText(envelope: Json): Json {
  const note = noteOf(envelope);
  return note ? padded(envelope, note, "text") : envelope;
}

/** Three bytes, as most of what is written on Misskey. */
const letter = "あ";

/** 16 files, described so well that it is about 30 kB: as large as real notes get, whose text is limited. */
export function largeNote(envelope: Json, samples: Envelopes): Json {
  const files = noteOf(sixteenFiles(envelope, samples))?.["files"];
  const missing = largeBytes - Buffer.byteLength(JSON.stringify(envelope));
  if (!Array.isArray(files) || missing <= 0) return envelope;
  const comment = letter.repeat(Math.ceil(missing / files.length / Buffer.byteLength(letter)));
  for (const file of files.filter(isObject)) file["comment"] = comment;
  return envelope;
}

/** A profile as large as its fields allow. */
export function largeUser(envelope: Json): Json {
  const body = isObject(envelope["body"]) ? envelope["body"] : envelope;
  const user = body["user"];
  return isObject(user) ? padded(envelope, user, "description") : envelope;
}

/** Keys of a release to come, in the envelope and in every note and user. */
export function withUnknownKeys(envelope: Json): Json {
  const objects: Json[] = [];
  eachObject(envelope, (object) => {
    if ("username" in object || "visibility" in object) objects.push(object);
  });
  for (const object of [envelope, ...objects]) {
    object["futureKey"] = "unknown to every version so far";
    object["futureObject"] = { enabled: true, items: [1, 2, 3], nothing: null };
  }
  return envelope;
}
