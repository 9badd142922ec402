// What `listen` says once its endpoint is ready.
import { createTheme, type Theme } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { warn } from "../output/warn.js";
import type { Setup } from "./setup.js";

function sendCommand(url: string, as: string | undefined): string {
  return `misskey-hooks send mention ${url}${as === undefined ? "" : ` --as ${as}`}`;
}

function generatedSecret(url: string, secret: string, as: string | undefined, theme: Theme): string {
  const create = `MISSKEY_HOOKS_SECRET=${secret} misskey-hooks hooks create --url ${url} --on mention`;
  return [
    `No secret was given, so this run has one of its own: ${theme.strong(secret)}`,
    `  try it        ${theme.code(sendCommand(url, as))} (on this machine it finds the secret by itself)`,
    `  register it   ${theme.code(create)}`,
    "  keep one      in a file for --secret-file, or in MISSKEY_HOOKS_SECRET: arguments are seen by others on this machine",
  ].join("\n");
}

/** Where it listens, the secret that was made up, what to try, what to beware of. */
export function sayReady(
  { url, secrets: { generated }, as, remarks }: Pick<Setup, "secrets" | "as" | "remarks"> & { readonly url: string },
  context: CommandContext,
): void {
  const { json, quiet, colour } = context;
  const theme = createTheme(colour.note);
  for (const remark of remarks) warn(remark, context);
  if (json) {
    const secret = generated === undefined ? {} : { secret: generated };
    context.result(JSON.stringify({ kind: "ready", url, ...secret }));
    return;
  }
  if (!quiet) context.note(`Listening on ${theme.strong(url)} — Ctrl-C stops it.`);
  if (generated !== undefined) context.note(generatedSecret(url, generated, as, theme));
  else if (!quiet) context.note(`Try it, with the same secret: ${theme.code(sendCommand(url, as))}`);
}
