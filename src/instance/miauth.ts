// MiAuth: the user approves in the browser, where they are signed in, and the program fetches its token once.
import { setTimeout as sleepFor } from "node:timers/promises";
import * as z from "zod/mini";
import { InterruptedError, RefusedError, UnreachableError } from "../errors.js";
import type { Account } from "./account.js";
import type { ApiClient } from "./api-client.js";
import { Secret } from "./secret.js";

/** All that looking after hooks needs. */
export const hookPermissions: readonly string[] = ["read:account", "write:account"];

/** What the user is asked to approve. */
export interface ApprovalRequest {
  /** The instance's origin, without a slash at the end. */
  readonly origin: string;
  /** A UUID that nobody else knows: whoever does can fetch the token. */
  readonly session: string;
  /** What the app calls itself. */
  readonly name: string;
  readonly permissions: readonly string[];
}

/** The page to open in a browser. */
export function approvalUrl({ origin, session, name, permissions }: ApprovalRequest): string {
  const url = new URL(`${origin}/miauth/${session}`);
  url.searchParams.set("name", name);
  url.searchParams.set("permission", permissions.join(","));
  return url.href;
}

/** A token that the user approved. */
export interface Approval {
  readonly token: Secret;
  readonly account: Account;
}

const approved = z.object({
  ok: z.literal(true),
  token: z.string().check(z.minLength(1)),
  user: z.object({ id: z.string(), username: z.string() }),
});
const waiting = z.object({ ok: z.literal(false) });

/**
 * Asks whether the user has approved. The instance says yes once: what this resolves to then is the only copy.
 * @throws RefusedError `no-miauth`, `unexpected-answer`, and those of `ApiClient.call`
 */
async function checkApproval(api: ApiClient, session: string): Promise<Approval | undefined> {
  const answer = await api.call(`miauth/${session}/check`).catch((error: unknown) => {
    throw error instanceof RefusedError && error.code === "endpoint-missing"
      ? new RefusedError("no-miauth", { host: api.host })
      : error;
  });
  if (waiting.safeParse(answer).success) return undefined;
  const parsed = approved.safeParse(answer);
  if (!parsed.success) {
    throw new RefusedError("unexpected-answer", { what: "token", host: api.host });
  }
  const { token, user } = parsed.data;
  return { token: new Secret(token), account: { id: user.id, username: user.username } };
}

/** How long and how often to ask. */
export interface ApprovalPatience {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Default: a timer that the signal ends. */
  readonly sleep?: (ms: number) => Promise<void>;
}

/** Between two questions. */
const intervalMs = 1500;

/**
 * Asks until the user has approved. An instance that can't be reached for a moment is asked again.
 * @throws UnreachableError `not-approved` when the time is up, InterruptedError, and those of `checkApproval`
 */
export async function awaitApproval(
  api: ApiClient,
  session: string,
  { timeoutMs, signal, now, sleep = (ms) => sleepFor(ms, undefined, { signal }) }: ApprovalPatience,
): Promise<Approval> {
  const deadline = now() + timeoutMs;
  let answersLost = false;
  for (;;) {
    const approval = await checkApproval(api, session).catch((error: unknown) => {
      if (!(error instanceof UnreachableError) || now() >= deadline) throw error;
      answersLost = true;
      return undefined;
    });
    if (approval !== undefined) return approval;
    if (now() >= deadline) throw new UnreachableError("not-approved", { host: api.host, answersLost });
    try {
      await sleep(Math.max(0, Math.min(intervalMs, deadline - now())));
    } catch (error) {
      throw new InterruptedError(error);
    }
  }
}
