// Rows in columns, safe to print whatever the cells hold.
import Table from "cli-table3";
import { shorten } from "./shorten.js";

/** A cell: its text is made printable and cut here, so that colour can be put around it. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
  /** Default 60. */
  readonly maxColumns?: number;
}

const places =
  "top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid";
const noBorders = Object.fromEntries(places.split(" ").map((place) => [place, ""]));

function render(cell: string | Cell): string {
  const { text, paint = (same: string) => same, maxColumns } = typeof cell === "string" ? { text: cell } : cell;
  return paint(shorten(text, maxColumns));
}

/** The rows under their heads, without borders, two spaces between columns. No rows: only the head. */
export function table(head: readonly (string | Cell)[], rows: readonly (readonly (string | Cell)[])[]): string {
  const drawn = new Table({
    chars: { ...noBorders, middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [] },
  });
  drawn.push(...[head, ...rows].map((row) => row.map(render)));
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
