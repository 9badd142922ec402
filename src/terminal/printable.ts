// What strangers wrote (notes, names, URLs, error texts) made safe for a terminal.

// C0 controls but newline and tab, DEL and C1 controls; bidirectional overrides and isolates, zero-width and
// line/paragraph separators, which reorder or hide what follows.
const unsafe = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;

/** The text with every character that could move the cursor, colour, reorder or hide output shown as `\u{…}`. */
export function printable(text: string): string {
  return text.replace(unsafe, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`);
}
