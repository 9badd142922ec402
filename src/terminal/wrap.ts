// Lines broken between words where the terminal ends, as it counts columns (全角 is two).
import widthOf from "fast-string-truncated-width";

/** A line in pieces of at most `columns`, those behind the first indented a little more. A longer word stays whole. */
function wrapLine(line: string, columns: number): string[] {
  if (widthOf(line).width <= columns) return [line];
  const indent = " ".repeat(Math.min((/^ */.exec(line)?.[0].length ?? 0) + 4, Math.floor(columns / 3)));
  const [, start = "", rest = ""] = /^( *)(.*)$/.exec(line) ?? [];
  const pieces: string[] = [];
  let piece = start;
  let isEmpty = true;
  // Columns of a table that doesn't fit any more say nothing: one space does.
  for (const word of rest.split(/ +/)) {
    const longer = isEmpty ? `${piece}${word}` : `${piece} ${word}`;
    if (!isEmpty && widthOf(longer).width > columns) {
      pieces.push(piece);
      piece = `${indent}${word}`;
    } else piece = longer;
    isEmpty = false;
  }
  return [...pieces, piece];
}

/** The text with every line that is wider than `columns` broken. */
export function wrap(text: string, columns: number): string {
  return text
    .split("\n")
    .flatMap((line) => wrapLine(line, columns))
    .join("\n");
}
