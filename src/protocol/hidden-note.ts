// Notes that aren't public, as servers show them to whoever may not read them: still there, with nothing in it.
import { isObject, type Json } from "./json-object.js";

/** Emptied in place, key by key, as Misskey does it (13.14.2, 12.119.2): the order of the keys is kept. */
export function hideNote(note: Json): Record<string, unknown> {
  const { visibleUserIds: _visibleUserIds, poll: _poll, ...rest } = note;
  return { ...rest, fileIds: [], files: [], text: null, cw: null, isHidden: true };
}

/** A note as a visitor without an account gets it; what it replies to and renotes likewise. */
export function noteForVisitors(note: Json): Record<string, unknown> {
  const nested = Object.fromEntries(
    ["reply", "renote"].flatMap((key) => (isObject(note[key]) ? [[key, noteForVisitors(note[key])]] : [])),
  );
  const shown = { ...note, ...nested };
  return note["visibility"] === "followers" || note["visibility"] === "specified" ? hideNote(shown) : shown;
}
