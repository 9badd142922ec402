// Long texts cut to the columns there are, as a terminal counts them (全角 is two, an emoji of many parts two).
import widthOf from "fast-string-truncated-width";
import { printableLines } from "../printable.js";

// Made with the first text that is too long: it takes 15 ms, and most texts fit.
let characters: Intl.Segmenter | undefined;

/**
 * The text on one line and at most `columns` wide (default 60), with `…` where it was cut.
 * White space of any kind becomes one space; what could move the cursor, reorder or hide output is shown as `\u{…}`.
 */
export function shorten(text: string, columns = 60): string {
  // Reading a little more than can be shown is enough: a stranger's text may be megabytes long.
  const start = text.slice(0, columns * 40);
  const line = printableLines(start.replace(/\s+/g, " ").trim());
  if (start.length === text.length && widthOf(line).width <= columns) return line;
  characters ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  let width = 0;
  let kept = "";
  for (const { segment } of characters.segment(line)) {
    width += widthOf(segment).width;
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
