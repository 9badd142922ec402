// demo: the whole journey in one process, told step by step.
import type { CommandContext, DefineCommand } from "../command.js";
import { type DemoStep, runDemo } from "./journey.js";
import { reportStyle } from "../output/style.js";

const examples = `
Examples:
  $ misskey-hooks demo           see it work: no account, no tunnel, no network
  $ misskey-hooks demo --json    each step and each delivery as a line of JSON

Where to go from here:
  $ misskey-hooks listen         a receiver of your own, on http://127.0.0.1:4649/
  $ misskey-hooks send mention   a mention for it, or for your bot, from another terminal
  $ misskey-hooks sandbox        the instance of the demo, to keep`;

function pretty(step: DemoStep, context: CommandContext): string {
  const style = reportStyle(context.colour.result);
  switch (step.kind) {
    case "step":
      return `\n${style.good("●")} ${step.text}`;
    case "action":
      return `  ${step.who} ${step.text}`;
    case "nothing":
      return `    ${style.faint("–")} ${step.text}`;
    case "delivery": {
      const mark = step.ok ? style.good("✓") : style.bad("✗");
      const what = step.event ?? step.reason ?? "";
      const details = [step.dialect, `${step.bytes} bytes`].filter((part) => part !== null).join(", ");
      return `    ${mark} ${style.safe(what, 100)} ${style.faint(`→ ${step.status}, ${details}`)}`;
    }
    default:
      return step satisfies never;
  }
}

export const define: DefineCommand = (command, context, action) => {
  command
    .description("Watch the whole journey on this machine: an instance in a box, a receiver, and every event.")
    .addHelpText("after", examples)
    .action(
      action(async () => {
        const tell = (step: DemoStep): void =>
          context.result(context.json ? JSON.stringify(step) : pretty(step, context));
        const asExpected = await runDemo(tell, context.signal);
        if (context.json) context.result(JSON.stringify({ kind: "end", ok: asExpected }));
        else
          context.result(
            asExpected
              ? `\nThat was all of it. Next: ${context.program} listen`
              : "\nNot everything went as it should.",
          );
        return asExpected ? "done" : "bug";
      }),
    );
};
