// The script of a sandbox: where its lines come from, and what is shown of each.
import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { createInterface } from "node:readline";
import { runScript, type Sandbox, type ScriptAction } from "../../sandbox/index.js";
import { mask } from "../../mask.js";
import { createTheme, printable } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { unreadableFile } from "../options/inputs.js";

async function openScript(path: string, context: CommandContext): Promise<NodeJS.ReadableStream> {
  if (path === "-") return context.stdin;
  const stream = createReadStream(resolve(context.cwd, path), "utf8");
  await new Promise<void>((opened, failed) => {
    stream.once("open", () => opened());
    stream.once("error", (cause) => failed(unreadableFile(path, cause)));
  });
  return stream;
}

const secretKeys = new Set(["token", "secret", "i"]);

/** The result without tokens and secrets. */
function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, entry]): [string, unknown] => [
    key,
    secretKeys.has(key) && typeof entry === "string" && entry !== "" ? mask : masked(entry),
  ]);
  return Object.fromEntries(entries);
}

function show(action: ScriptAction, context: CommandContext): void {
  const { line, as, do: name, result, refused } = action;
  if (context.json) {
    context.result(JSON.stringify({ kind: "action", line, as, do: name, result: masked(result), refused }));
    return;
  }
  if (context.quiet) return;
  const theme = createTheme(context.colour.result);
  const whose = as === undefined ? "" : `${printable(as)}: `;
  const outcome = refused === undefined ? theme.good("✔") : theme.warning(`refused with ${printable(refused)}`);
  context.result(`${theme.faint(`line ${line}`)}  ${whose}${printable(name)} ${outcome}`);
}

/**
 * Does what the script says; ends early when the run is interrupted.
 * @throws UsageError `unreadable-file`, `broken-script-line`
 */
export async function playScript(sandbox: Sandbox, path: string, context: CommandContext): Promise<void> {
  const input = await openScript(path, context);
  const lines = createInterface({ input, crlfDelay: Infinity });
  const stop = (): void => lines.close();
  context.signal.addEventListener("abort", stop, { once: true });
  try {
    for await (const action of runScript(sandbox, lines)) show(action, context);
  } finally {
    context.signal.removeEventListener("abort", stop);
    lines.close();
  }
}
