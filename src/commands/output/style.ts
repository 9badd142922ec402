// The bridge between reporters/ (which lay text out) and terminal/ (which knows colours and what is safe to print).
import type { ReportStyle } from "../../reporters/index.js";
import { createTheme, shorten } from "../../terminal/index.js";

/** How reports look on a stream. */
export function reportStyle(colour: boolean): ReportStyle {
  return { ...createTheme(colour), safe: (text, maxColumns) => shorten(text, maxColumns) };
}
