// What strangers wrote (notes, names, URLs, ids, error texts) made safe to show. Everybody may import this file, so it
// imports nothing.

// C0 controls but newline and tab, DEL and C1 controls; bidirectional overrides and isolates, zero-width and
// line/paragraph separators, which reorder or hide what follows.
const unsafe = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u061C\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g;
const breaks = /[\t\n]/g;

const escape = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;

/** The text with every character that could move the cursor, colour, reorder or hide output shown as `\u{…}`. */
export function printable(text: string): string {
  return text.replace(unsafe, escape);
}

/**
 * The text as a part of one line: printable, line breaks and tabs shown as `\u{…}` too, so that it can't begin a line of
 * its own, and cut with `…` behind `maxLength` characters (default 500).
 */
export function inline(text: string, maxLength = 500): string {
  const shown =
    text.length <= maxLength
      ? text
      : `${Array.from(text.slice(0, maxLength * 2))
          .slice(0, maxLength)
          .join("")}…`;
  return printable(shown).replace(breaks, escape);
}
