// The part of `login` that happens between a person and their browser.
import {
  type ApiClient,
  type Approval,
  approvalUrl,
  awaitApproval,
  hookPermissions,
  type InstanceUrl,
} from "../../instance/index.js";
import { createTheme, startSpinner } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { hasBrowser, openBrowser } from "./open-browser.js";

/** How to ask. */
export interface ApprovalFlags {
  /** False to show the address only. */
  readonly browser: boolean;
  /** How long to wait, in milliseconds. */
  readonly wait: number;
  /** A UUID that nobody else knows. */
  readonly session: string;
}

/**
 * Shows the page to approve on, opens it where there is a browser, and waits.
 * @throws those of `awaitApproval`
 */
export async function approveInBrowser(
  api: ApiClient,
  instance: InstanceUrl,
  flags: ApprovalFlags,
  context: CommandContext,
): Promise<Approval> {
  // What isn't an instance, or is down, is told before anybody is sent there.
  await api.call("meta", { detail: false });
  const { session } = flags;
  const url = approvalUrl({ origin: instance.origin, session, name: "misskey-hooks", permissions: hookPermissions });
  if (context.json) context.result(JSON.stringify({ kind: "approve", url }));
  else
    context.note(`Approve in your browser, where you are signed in to ${instance.host}:\n\n  ${link(url, context)}\n`);
  const opened = flags.browser && hasBrowser(context) && (await openBrowser(url, context.env));
  const deadline = context.now() + flags.wait;
  const text = (): string => {
    const left = Math.max(0, Math.ceil((deadline - context.now()) / 1000));
    const where = opened ? "Your browser should be showing it. " : "";
    return `${where}Waiting for your approval: ${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")} left`;
  };
  const spinner = context.interactive && !context.quiet ? startSpinner(context.terminal, text) : undefined;
  try {
    return await awaitApproval(api, session, {
      timeoutMs: flags.wait,
      signal: context.signal,
      now: () => context.now(),
    });
  } finally {
    spinner?.stop();
  }
}

function link(url: string, context: CommandContext): string {
  return createTheme(context.colour.note).code(url);
}
