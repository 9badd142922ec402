// What a person sees of a running sandbox, and what a script reads: one line per request, event and attempt.
import type { Sandbox, SandboxDelivery, SandboxEvent, SandboxRequest } from "../../sandbox/index.js";
import { createTheme, printable, shorten, table, type Theme } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { keysHelp } from "./keys.js";

/** Tokens as a table, with the lines to copy; with `--json` the ready line. */
export function showUsers(sandbox: Sandbox, context: CommandContext): void {
  const { url, users } = sandbox;
  if (context.json) return context.result(JSON.stringify({ kind: "ready", url, users }));
  const theme = createTheme(context.colour.result);
  const rows = users.map(({ username, id, token, admin }) => [
    { text: username, paint: theme.strong },
    id,
    { text: token, paint: theme.code },
    admin ? "administrator" : "",
  ]);
  const [, someone] = users;
  context.result(`${theme.good("✔")} An instance in a box at ${theme.strong(url)}\n`);
  context.result(`${table(["USER", "ID", "TOKEN", ""], rows, context.columns)}\n`);
  context.result(`To use it as ${someone?.username ?? "nobody"} from another terminal:\n`);
  context.result(theme.code(`export MISSKEY_HOOKS_INSTANCE=${url}`));
  context.result(`${theme.code(`export MISSKEY_HOOKS_TOKEN=${someone?.token ?? ""}`)}\n`);
  if (!context.quiet) context.note(context.interactive ? `Ctrl-C stops it. ${keysHelp}` : "Ctrl-C stops it.");
}

const clock = (at: number): string => new Date(at).toTimeString().slice(0, 8);

function requestLine({ at, method, path, status, ms }: SandboxRequest, theme: Theme): string {
  const paint = status >= 400 ? theme.warning : theme.good;
  return `${theme.faint(clock(at))}  ${paint(String(status))}  ${method} ${shorten(path, 60)} ${theme.faint(`${ms} ms`)}`;
}

function eventLine({ at, type, username, hooks }: SandboxEvent, theme: Theme): string {
  const whose = username === undefined ? "for the administrators" : `for ${printable(username)}`;
  const audience = hooks === 0 ? theme.faint("no hook wants it") : `${hooks} ${hooks === 1 ? "hook" : "hooks"}`;
  return `${theme.faint(clock(at))}  ${theme.strong(type)} ${whose}: ${audience}`;
}

function deliveryLine(delivery: SandboxDelivery, theme: Theme): string {
  const { at, type, url, attempt, status, error, ms, outcome, nextInMs } = delivery;
  const paint = outcome === "delivered" ? theme.good : theme.bad;
  const answer = status === null ? printable(error ?? "no response") : String(status);
  const next = nextInMs === undefined ? "" : `, again in ${(nextInMs / 1000).toFixed(1)} s`;
  const nth = attempt === 1 ? "" : ` (attempt ${attempt})`;
  return `${theme.faint(clock(at))}    ${paint(`→ ${shorten(answer, 70)}`)} ${type}${nth} to ${shorten(url, 60)} ${theme.faint(`${ms} ms`)}${next}`;
}

/** Shows what happens as it happens, until the answer is called. Secrets and tokens are in none of these lines. */
export function followSandbox(sandbox: Sandbox, context: CommandContext): () => void {
  const theme = createTheme(context.colour.result);
  const line = (kind: string, data: object, pretty: string): void => {
    if (context.json) context.result(JSON.stringify({ kind, ...data }));
    else if (!context.quiet) context.result(pretty);
  };
  const stops = [
    sandbox.on("request", (request) => line("request", request, requestLine(request, theme))),
    sandbox.on("event", ({ body: _body, ...event }) =>
      line("event", event, eventLine({ ...event, body: _body }, theme)),
    ),
    sandbox.on("delivery", (delivery) => {
      line("delivery", delivery, deliveryLine(delivery, theme));
      if (delivery.redirectedTo !== undefined)
        context.note(
          `${theme.warning("!")} The receiver redirected to ${shorten(delivery.redirectedTo, 80)}, and the secret went along, as it does from a real server.`,
        );
    }),
  ];
  // On standard error whatever else is shown: what callers did isn't kept.
  stops.push(sandbox.on("failure", (error) => context.note(`${theme.bad("✗")} ${printable(error.message)}`)));
  return () => stops.forEach((stop) => stop());
}
