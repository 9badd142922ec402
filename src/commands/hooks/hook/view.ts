// Hooks as a person or a script sees them. Secrets are masked unless the user asked for them.
import type { Hook } from "../../../instance/index.js";
import { createTheme, printable, shorten, table, type Theme } from "../../../terminal/index.js";
import type { CommandContext } from "../../command.js";

/** How hooks are shown. */
export interface HookViewOptions {
  /** Show the secret itself; otherwise `***`, or nothing when it is empty. */
  readonly showSecret?: boolean | undefined;
  /** They are the instance's own. */
  readonly system?: boolean | undefined;
}

const secretOf = ({ secret }: Hook, { showSecret = false }: HookViewOptions): string =>
  showSecret ? secret.reveal() : secret.toString();

/** Prints the hooks: an array of entities with `--json`, a table otherwise. */
export function showHooks(hooks: readonly Hook[], context: CommandContext, options: HookViewOptions): void {
  if (context.json) {
    context.result(JSON.stringify(hooks.map((hook) => ({ ...hook, secret: secretOf(hook, options) }))));
    return;
  }
  if (hooks.length === 0) {
    const [whose, flag] =
      options.system === true ? ["The instance has no system", " --system"] : ["The account has no", ""];
    context.note(`${whose} hooks. Make one with \`misskey-hooks hooks create${flag}\`.`);
    return;
  }
  const theme = createTheme(context.colour.result);
  const { showSecret = false } = options;
  const head = ["NAME", "ID", "ACTIVE", "EVENTS", "LATEST", "URL", ...(showSecret ? ["SECRET"] : [])];
  const rows = hooks.map((hook) => [
    { text: hook.name, paint: theme.strong, maxColumns: 24 },
    { text: hook.id, paint: theme.faint },
    activity(hook, theme),
    { text: hook.on.join(" "), maxColumns: 36 },
    latest(hook, theme),
    { text: hook.url, maxColumns: 60 },
    ...(showSecret ? [{ text: hook.secret.reveal(), maxColumns: 1024 }] : []),
  ]);
  context.result(
    table(
      head.map((text) => ({ text, paint: theme.faint })),
      rows,
      context.columns,
    ),
  );
}

/** Prints one hook: the entity with `--json`, its fields a line otherwise. */
export function showHook(hook: Hook, context: CommandContext, options: HookViewOptions): void {
  if (context.json) {
    context.result(JSON.stringify({ ...hook, secret: secretOf(hook, options) }));
    return;
  }
  const theme = createTheme(context.colour.result);
  const { text: latestText, paint } = latest(hook, theme);
  const when = hook.latestSentAt === null ? "" : theme.faint(`  ${printable(hook.latestSentAt)}`);
  const active = activity(hook, theme);
  const lines = [
    ["id", printable(hook.id)],
    ["url", printable(hook.url)],
    ["events", shorten(hook.on.join(", "), 400) || theme.warning("none: it never fires")],
    ["secret", printable(secretOf(hook, options)) || theme.warning("none")],
    ["active", active.paint(active.text)],
    ["latest", paint(latestText) + when],
  ].map(([label = "", value = ""]) => `  ${theme.faint(label.padEnd(6))}  ${value}`);
  context.result([theme.strong(shorten(hook.name, 100)), ...lines].join("\n"));
}

function activity({ active }: Hook, theme: Theme): { text: string; paint: (text: string) => string } {
  return active ? { text: "yes", paint: theme.good } : { text: "no", paint: theme.warning };
}

/** `latestStatus` in words. 1 stands for no response (Misskey 2026.3.2 and all that we know). */
function latest({ latestStatus: status }: Hook, theme: Theme): { text: string; paint: (text: string) => string } {
  if (status === null) return { text: "nothing sent yet", paint: theme.faint };
  if (status === 1) return { text: "no response", paint: theme.bad };
  if (status >= 200 && status < 300) return { text: `delivered (${status})`, paint: theme.good };
  if (status >= 400 && status < 500) return { text: `refused (${status})`, paint: theme.bad };
  return { text: `failed (${status})`, paint: theme.bad };
}
