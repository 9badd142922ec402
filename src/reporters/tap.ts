// TAP 14, one line a result, with a YAML block for what was found. Its grammar is a page long, hence no library.
import { type Report, sayable } from "./report.js";

/** A description may not hold what TAP reads as a directive or a plan. */
function described(text: string): string {
  return sayable(text).replace(/\s+/g, " ").replace(/[\\#]/g, "\\$&");
}

/** JSON strings are YAML strings. */
function yamlLine(key: string, text: string): string {
  return `  ${key}: ${JSON.stringify(sayable(text))}`;
}

/** The whole document. A warning is `ok`, with what it warns of below. */
export function tapReport({ entries, stopReason }: Report): string {
  const lines = ["TAP version 14", `1..${entries.length}`];
  for (const [index, { name, title, verdict, message, details }] of entries.entries()) {
    const result = verdict === "fail" ? "not ok" : "ok";
    const directive =
      verdict === "skip"
        ? ` # SKIP ${described(message)}`
        : verdict === "unproved"
          ? ` # SKIP not proved: ${described(message)}`
          : "";
    lines.push(`${result} ${index + 1} - ${described(title === "" ? name : `${name}: ${title}`)}${directive}`);
    if (verdict !== "fail" && verdict !== "warn") continue;
    lines.push("  ---", yamlLine("severity", verdict === "fail" ? "fail" : "comment"), yamlLine("message", message));
    if (details.length > 0)
      lines.push("  details:", ...details.map((detail) => `    - ${JSON.stringify(sayable(detail))}`));
    lines.push("  ...");
  }
  if (stopReason !== undefined) lines.push(`# stopped early: ${described(stopReason)}`);
  return lines.join("\n");
}
