// terminal/: what a person sees and answers: safe text, theme, tables, prompts.
export { guardedJson, printable, printableLines } from "../printable.js";
export { createPrompter } from "./prompter.js";
export type { Check } from "./prompter.js";
export { shorten } from "./shorten.js";
export { startSpinner } from "./spinner.js";
export { table, tableRows } from "./table.js";
export type { Cell } from "./table.js";
export { wrap } from "./wrap.js";
export { createTheme } from "./theme.js";
export type { Theme } from "./theme.js";
export { wantsColour } from "./wants-colour.js";
