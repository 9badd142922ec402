// Long texts cut to the columns there are, as a terminal counts them (全角 is two, an emoji of many parts two).
import truncatedWidth from "fast-string-truncated-width";

/**
 * The text on one line and at most `columns` wide (default 60), with `…` where it was cut.
 * White space of any kind becomes one space. Apply `printable()` before it, so that nothing invisible is counted.
 */
export function shorten(text: string, columns = 60): string {
  // Reading a little more than can be shown is enough: a stranger's text may be megabytes long.
  const start = text.slice(0, columns * 40);
  const line = start.replace(/\s+/g, " ").trim();
  const { index, truncated } = truncatedWidth(line, { limit: columns, ellipsis: "…", ellipsisWidth: 1 });
  if (!truncated && start.length === text.length) return line;
  const kept = truncated ? line.slice(0, index) : line;
  // A character of two halves is kept whole or not at all.
  return `${kept.replace(/[\uD800-\uDBFF]$/, "").trimEnd()}…`;
}
