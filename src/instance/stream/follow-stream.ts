// Follows the stream of an account for as long as it takes: connects, tells what comes, and comes back by itself.
import { setTimeout as delay } from "node:timers/promises";
import { MisskeyHooksError, RefusedError, UnreachableError } from "../../errors.js";
import { whoAmI } from "../account.js";
import type { ApiClient } from "../api-client.js";
import { ApiError } from "../api-error.js";
import { createDispatcher, type Network } from "../../network/index.js";
import type { StreamTokenPlace } from "../../protocol/index.js";
import type { Secret } from "../secret.js";
import { openConnection, type StreamConnection } from "./connection.js";
import type { StreamedEvent } from "./streamed-event.js";

/** Whose stream it is. */
export interface StreamAccount {
  readonly userId: string;
  readonly username: string;
}

/** What happens to the connection, as it happens. */
export type StreamState =
  /** `downMs` and `attempts` are 0 the first time. */
  | {
      readonly state: "connected";
      readonly account: StreamAccount;
      readonly tokenIn: StreamTokenPlace;
      readonly downMs: number;
      readonly attempts: number;
    }
  | { readonly state: "disconnected"; readonly reason: string }
  /** Attempt `attempt` to come back is made in `delayMs`. `reason`: why the one before failed. */
  | {
      readonly state: "waiting";
      readonly attempt: number;
      readonly delayMs: number;
      readonly downMs: number;
      readonly reason?: string;
    };

/** How a stream is followed. */
export interface FollowOptions {
  /** Of the same account: it tells who that is, and why a connection fails. */
  readonly api: ApiClient;
  readonly origin: string;
  readonly token: Secret;
  /** Where this server is known to take it. Default: a header, and the address when that leaves the stream anonymous. */
  readonly tokenIn?: StreamTokenPlace | undefined;
  /** Default: directly, and whom Node trusts. */
  readonly network?: Network | undefined;
  /** Attempts in a row to come back before giving up; 0 gives up at once. Default: never. */
  readonly maxReconnects?: number | undefined;
  /** Aborted, `followStream` resolves. */
  readonly signal: AbortSignal;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** A number in [0, 1): spreads the clients of a server that comes back. */
  readonly random: () => number;
  /** Resolves after that time, or at once when the signal is aborted. Default: by the machine's clock. */
  readonly sleep?: ((ms: number, signal: AbortSignal) => Promise<void>) | undefined;
  readonly life?: { readonly pingEveryMs: number; readonly silenceMs: number } | undefined;
  readonly onState: (state: StreamState) => void;
  readonly onEvent: (event: StreamedEvent, account: StreamAccount) => void;
}

const longestDelayMs = 60_000;
/** A connection that lasted less counts as another failed attempt, or a server that drops us would be flooded. */
const lastingMs = 10_000;

/** 0.5–1 s, then twice as long each time, up to 30–60 s. */
function delayBefore(attempt: number, random: () => number): number {
  return Math.round(Math.min(longestDelayMs, 1000 * 2 ** (attempt - 1)) * (0.5 + random() / 2));
}

/** The instance's no, and not a trouble that passes. */
function isFinal(error: unknown): boolean {
  if (error instanceof ApiError) return error.status < 500 && error.status !== 429;
  return !(error instanceof UnreachableError || (error instanceof RefusedError && error.code === "not-an-api-answer"));
}

function sleepByClock(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal }).catch(() => {});
}

/**
 * Resolves when the signal is aborted.
 * @throws UnreachableError `stream-lost` once `maxReconnects` are used up; when the first connection fails those of
 * `openConnection` and `ApiClient.call`, and of a later one those of them that won't pass (a revoked token)
 */
export async function followStream(options: FollowOptions): Promise<void> {
  const { api, signal, now, onState, onEvent } = options;
  const { maxReconnects = Number.POSITIVE_INFINITY, sleep = sleepByClock } = options;
  const dispatcher = createDispatcher(options.origin, options.network ?? {});
  let { tokenIn = "header" } = options;
  /** Since then there is no connection; undefined before the first one. */
  let lostAt: number | undefined;

  /** An address ends up in logs: the token goes there only where a header has shown, or is known, not to do. */
  function needsUrl(error: unknown): boolean {
    const isAnonymous = error instanceof RefusedError && error.code === "stream-anonymous";
    return isAnonymous && tokenIn === "header" && lostAt === undefined;
  }

  async function connect(): Promise<{ account: StreamAccount; connection: StreamConnection }> {
    // Asked each time, because a WebSocket that is refused doesn't tell why, and an API that refuses does.
    const { id: userId, username } = await whoAmI(api);
    const account = { userId, username };
    const open = (place: StreamTokenPlace): Promise<StreamConnection> =>
      openConnection({
        ...options,
        dispatcher,
        tokenIn: place,
        userId,
        onEvent: (event) => onEvent(event, account),
      });
    try {
      return { account, connection: await open(tokenIn) };
    } catch (error) {
      if (!needsUrl(error) || signal.aborted) throw error;
      const connection = await open("url");
      tokenIn = "url";
      return { account, connection };
    }
  }

  let attempts = 0;
  let failure: unknown;
  while (!signal.aborted) {
    try {
      const { account, connection } = await connect();
      const connectedAt = now();
      const downMs = lostAt === undefined ? 0 : connectedAt - lostAt;
      onState({ state: "connected", account, tokenIn, downMs, attempts });
      const reason = await connection.ended;
      if (signal.aborted) return;
      lostAt = now();
      failure = undefined;
      if (lostAt - connectedAt >= lastingMs) attempts = 0;
      onState({ state: "disconnected", reason });
    } catch (error) {
      if (signal.aborted) return;
      if (lostAt === undefined || isFinal(error)) throw error;
      failure = error;
    }
    attempts += 1;
    const downMs = now() - lostAt;
    if (attempts > maxReconnects) throw lost(api.host, maxReconnects, failure);
    const delayMs = delayBefore(attempts, options.random);
    const reason = failure instanceof MisskeyHooksError ? { reason: failure.message } : {};
    onState({ state: "waiting", attempt: attempts, delayMs, downMs, ...reason });
    await sleep(delayMs, signal);
  }
}

function lost(host: string, maxReconnects: number, cause: unknown): UnreachableError {
  return new UnreachableError("stream-lost", { host, maxReconnects }, { cause });
}
