// The few roles that colour plays. Colour never carries meaning alone: every painted text says the same without it.
import { Chalk } from "chalk";

type Paint = (text: string) => string;

/** How texts of a role look; each takes a text that is safe to print. */
export interface Theme {
  readonly good: Paint;
  readonly bad: Paint;
  readonly warning: Paint;
  /** What matters less: times, ids. */
  readonly faint: Paint;
  readonly strong: Paint;
  /** What one can type or copy: commands, URLs. */
  readonly code: Paint;
}

/** The theme for a stream; `colour` false gives texts as they are. */
export function createTheme(colour: boolean): Theme {
  const chalk = new Chalk({ level: colour ? 1 : 0 });
  return {
    good: chalk.green,
    bad: chalk.red,
    warning: chalk.yellow,
    faint: chalk.dim,
    strong: chalk.bold,
    code: chalk.cyan,
  };
}
