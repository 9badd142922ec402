// Long texts cut to the columns there are, as a terminal counts them (全角 is two, an emoji of many parts two).
import stringWidth from "string-width";

const characters = new Intl.Segmenter(undefined, { granularity: "grapheme" });

/**
 * The text on one line and at most `columns` wide (default 60), with `…` where it was cut.
 * White space of any kind becomes one space. Apply `printable()` before it, so that nothing invisible is counted.
 */
export function shorten(text: string, columns = 60): string {
  // Reading a little more than can be shown is enough: a stranger's text may be megabytes long.
  const line = text
    .slice(0, columns * 40)
    .replace(/\s+/g, " ")
    .trim();
  if (line.length === text.length && line.length * 2 <= columns) return line;
  if (stringWidth(line) <= columns && text.length <= columns * 40) return line;
  let width = 0;
  let kept = "";
  for (const { segment } of characters.segment(line)) {
    width += stringWidth(segment);
    if (width > columns - 1) break;
    kept += segment;
  }
  return `${kept.trimEnd()}…`;
}
