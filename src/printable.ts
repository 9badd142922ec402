// What strangers wrote (notes, names, URLs, ids, error texts) made safe to show. Everybody may import this file, so it
// imports nothing.

// C0 controls but newline and tab, DEL and C1 controls; bidirectional overrides and isolates, zero-width and
// line/paragraph separators, which reorder or hide what follows.
const hidden =
  "\\u0000-\\u0008\\u000B-\\u001F\\u007F-\\u009F\\u061C\\u200B-\\u200F\\u2028-\\u202E\\u2060-\\u2069\\uFEFF";
/** What holds an emoji of several parts together may stay: 👩‍👧. */
const joiner = "(?<=[\\p{Extended_Pictographic}\\p{Emoji_Modifier}\\uFE0F])\\u200D(?=\\p{Extended_Pictographic})";
const unsafe = new RegExp(`(?!${joiner})[${hidden}]`, "gu");
const unsafeInLine = new RegExp(`(?!${joiner})[\\t\\n${hidden}]`, "gu");
/** The colours of terminal/theme.ts; nothing else may begin with an escape. */
const unsafeBesideColours = new RegExp(`(?!\\u001B\\[(?:0|1|2|22|3[1-7]|39)m|${joiner})[${hidden}]`, "gu");

const escape = (character: string): string => `\\u{${character.codePointAt(0)?.toString(16)}}`;
const escapeInJson = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * The text as a part of one line: every character that could move the cursor, colour, reorder or hide output, or begin
 * a line of its own, is shown as `\u{…}`. For everything that a stranger had a hand in.
 */
export function printable(text: string): string {
  return text.replace(unsafeInLine, escape);
}

/** The same for a text whose line breaks are its own: a stack, an HTTP request. */
export function printableLines(text: string): string {
  return text.replace(unsafe, escape);
}

/** A text of ours with colours in it, as a last look at it before it goes to a terminal. */
export function guarded(text: string): string {
  return text.replace(unsafeBesideColours, escape);
}

/** JSON with those characters written as `\uXXXX`, which a parser reads as the same value. */
export function guardedJson(json: string): string {
  return json.replace(unsafe, escapeInJson);
}

/** `printable`, cut with `…` behind `maxLength` characters (default 500). */
export function inline(text: string, maxLength = 500): string {
  if (text.length <= maxLength) return printable(text);
  return `${printable(
    Array.from(text.slice(0, maxLength * 2))
      .slice(0, maxLength)
      .join(""),
  )}…`;
}
