// terminal/: what a person sees and answers: safe text, theme, prompts.
export { printable } from "./printable.js";
