// Rows in columns, safe to print whatever the cells hold.
import Table from "cli-table3";
import widthOf from "fast-string-truncated-width";
import { shorten } from "./shorten.js";

/** A cell: its text is made printable and cut here, so that colour can be put around it. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
  /** Default 60. */
  readonly maxColumns?: number;
}

type Row = readonly (string | Cell)[];

const places =
  "top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid";
const noBorders = Object.fromEntries(places.split(" ").map((place) => [place, ""]));

/** Between two columns. */
const gap = 2;
/** A column that would be narrower than this says nothing any more. */
const narrowest = 10;

const asCell = (cell: string | Cell): Cell => (typeof cell === "string" ? { text: cell } : cell);

function shown(cell: string | Cell, columns = Number.POSITIVE_INFINITY): string {
  const { text, maxColumns = 60 } = asCell(cell);
  return shorten(text, Math.min(maxColumns, columns));
}

function render(cell: string | Cell, columns?: number): string {
  const { paint = (same: string) => same } = asCell(cell);
  return paint(shown(cell, columns));
}

/** How wide each column may be, so that all fit; undefined when they can't. The widest gives way first. */
function fittingWidths(rows: readonly Row[], columns: number): number[] | undefined {
  const count = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, place) =>
    Math.max(...rows.map((row) => widthOf(shown(row[place] ?? "")).width)),
  );
  let over = widths.reduce((sum, width) => sum + width, gap * (count - 1)) - columns;
  for (; over > 0; over--) {
    const widest = widths.indexOf(Math.max(...widths));
    if ((widths[widest] ?? 0) <= narrowest) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

/** Each row as a block, a cell a line behind its head, for terminals that are too narrow for a table. */
function blocks(head: Row, rows: readonly Row[], columns: number): string {
  const heads = head.map((cell) => shown(cell));
  const indent = Math.max(...heads.map((text) => widthOf(text).width)) + gap;
  return rows
    .map((row) =>
      row
        .map((cell, place) => `${(heads[place] ?? "").padEnd(indent)}${render(cell, columns - indent)}`.trimEnd())
        .join("\n"),
    )
    .join("\n\n");
}

/** As `table`, without the heads: for rows that come one after another. */
export function tableRows(head: Row, rows: readonly Row[], columns?: number): string {
  const drawn = table(head, rows, columns);
  const isTable = columns === undefined || fittingWidths([head, ...rows], columns) !== undefined;
  return isTable ? drawn.slice(drawn.indexOf("\n") + 1) : `${drawn}\n`;
}

/**
 * The rows under their heads, without borders, two spaces between columns. No rows: only the head.
 * @param columns of the terminal, which nothing is wider than; undefined for a file or a pipe
 */
export function table(head: Row, rows: readonly Row[], columns?: number): string {
  const widths = columns === undefined ? [] : fittingWidths([head, ...rows], columns);
  if (widths === undefined) return blocks(head, rows, columns ?? 0);
  const drawn = new Table({
    chars: { ...noBorders, middle: " ".repeat(gap) },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  drawn.push(...[head, ...rows].map((row) => row.map((cell, place) => render(cell, widths[place]))));
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
