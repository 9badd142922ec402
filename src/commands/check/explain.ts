// check --explain: what a check sends, expects, why it matters, and how to fix a handler that fails it.
import { checks, findChecks } from "../../conformance/index.js";
import { createTheme } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";

/** @throws UsageError `unknown-check` */
export function explainChecks(pattern: string, context: CommandContext): void {
  const found = findChecks(checks, pattern);
  if (context.json) {
    const known = found.map(({ id, severity, level, title, sends, expects, why, fix }) => ({
      id,
      severity,
      level,
      title,
      sends,
      expects,
      why,
      fix,
    }));
    return context.result(JSON.stringify(known));
  }
  const theme = createTheme(context.colour.result);
  const sections = found.map(({ id, severity, level, title, sends, expects, why, fix }) =>
    [
      `${theme.strong(id)}  ${title}  ${theme.faint(`${severity}, from level ${level}`)}`,
      `  Sends    ${sends}`,
      `  Expects  ${expects}`,
      `  Why      ${why}`,
      `  Fix     ${fix}`,
    ].join("\n"),
  );
  context.result(sections.join("\n\n"));
}
