// Notes that aren't public, as servers show them to whoever may not read them: still there, with nothing in it.

type Note = Readonly<Record<string, unknown>>;

/** Emptied in place, key by key, as Misskey does it (13.14.2, 12.119.2): the order of the keys is kept. */
export function hideNote(note: Note): Record<string, unknown> {
  const { visibleUserIds: _visibleUserIds, poll: _poll, ...rest } = note;
  return { ...rest, fileIds: [], files: [], text: null, cw: null, isHidden: true };
}

function isRecord(value: unknown): value is Note {
  return typeof value === "object" && value !== null;
}

/** A note as a visitor without an account gets it; what it replies to and renotes likewise. */
export function noteForVisitors(note: Note): Record<string, unknown> {
  const nested = Object.fromEntries(
    ["reply", "renote"].flatMap((key) => (isRecord(note[key]) ? [[key, noteForVisitors(note[key])]] : [])),
  );
  const shown = { ...note, ...nested };
  return note["visibility"] === "followers" || note["visibility"] === "specified" ? hideNote(shown) : shown;
}
