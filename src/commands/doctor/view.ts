// What doctor finds, as a person sees it.
import type { Diagnosis, DiagnosisVerdict } from "../../doctor/index.js";
import { diagnosisInWords } from "../../reporters/index.js";
import { reportStyle } from "../output/style.js";

const marks = { ok: "✓ ok", warning: "! warning", problem: "✗ problem" } as const;
const paints = { ok: "good", warning: "warning", problem: "bad" } as const;

/** One line, and the next step below it. */
export function diagnosisLines({ verdict, fact }: Diagnosis, colour: boolean): string {
  const { message, hint } = diagnosisInWords(fact);
  const style = reportStyle(colour);
  const mark = style[paints[verdict]](marks[verdict].padEnd(9));
  const lines = [`${mark}  ${style.safe(message, 400)}`];
  // A hint may be a list, one thing a line.
  for (const line of hint?.split("\n") ?? []) lines.push(`           → ${style.safe(line, 400)}`);
  return lines.join("\n");
}

/** `2 problems, 1 warning, 7 ok`. */
export function doctorSummary(checks: readonly Diagnosis[], colour: boolean): string {
  const count = (verdict: DiagnosisVerdict): number => checks.filter((check) => check.verdict === verdict).length;
  const [problems, warnings] = [count("problem"), count("warning")];
  const style = reportStyle(colour);
  const parts = [
    `${problems} ${problems === 1 ? "problem" : "problems"}`,
    `${warnings} ${warnings === 1 ? "warning" : "warnings"}`,
    `${count("ok")} ok`,
  ];
  return style[problems > 0 ? "bad" : warnings > 0 ? "warning" : "good"](parts.join(", "));
}
