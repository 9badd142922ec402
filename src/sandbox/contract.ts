// What a program gets from `createSandbox()`: options, handles, and what it may listen to.
import type { AttemptOutcome, Dialect } from "../protocol/index.js";
import type { Actor, SandboxUser } from "./actor.js";

/** One request that was answered. */
export interface RequestEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly method: string;
  /** Without the query, which may hold a token. */
  readonly path: string;
  readonly status: number;
  readonly ms: number;
}

/** How a sandbox is made. Everything has a default. */
export interface SandboxOptions {
  /** Default 0: any that is free. */
  readonly port?: number | undefined;
  /** Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /**
   * Names that it answers to when they stand in a Host header, e.g. that of a tunnel: `["sandbox.example"]`. Addresses and
   * names that can't be public (`localhost`, `sandbox`, `host.docker.internal`) it always answers to. Default: no others.
   */
  readonly allowedHosts?: readonly string[] | undefined;
  /** What it behaves as: a dialect, or what `--as` takes (`misskey@12.119`). Default: the present Misskey. */
  readonly dialect?: Dialect | string | undefined;
  /** How many accounts, at least the 3 that are always there: admin, alice, bob. Default 3. */
  readonly users?: number | undefined;
  /** Divides the waits between attempts of a delivery: with 1000, a minute takes 60 ms. Default 1. */
  readonly timeScale?: number | undefined;
  /** Fixes the jitter of those waits, 0 for none to 1 for all of it. Default: random. */
  readonly jitter?: number | undefined;
  /** Makes tokens, event ids and jitter the same on every run. Default: random. */
  readonly seed?: number | undefined;
  /** Refuse to deliver to private and loopback addresses, as servers in production do. Default false. */
  readonly blockPrivate?: boolean | undefined;
  /**
   * A file that keeps everything over restarts, unfinished deliveries too: what was answered is in it. It holds tokens
   * and secrets, and only one sandbox at a time may have it. Default: memory only.
   */
  readonly state?: string | undefined;
}

/** Something happened that hooks can hear of. */
export interface SandboxEvent {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly type: string;
  /** Whose event it is; undefined for the administrators'. */
  readonly username: string | undefined;
  /** How many hooks it goes to. */
  readonly hooks: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** One attempt of a delivery was made. */
export interface SandboxDelivery {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly type: string;
  readonly eventId: string;
  readonly hookId: string;
  readonly url: string;
  /** 1 is the first. */
  readonly attempt: number;
  /** null when there was no response; `error` then says why. */
  readonly status: number | null;
  readonly error: string | undefined;
  readonly ms: number;
  readonly outcome: AttemptOutcome | "given-up";
  /** Where redirects led to, with the secret. */
  readonly redirectedTo: string | undefined;
  /** What a real server waits until the next attempt, in milliseconds; undefined when there is none. */
  readonly nextInMs: number | undefined;
}

/** A delivery that isn't finished. */
export interface PendingDelivery {
  readonly id: string;
  readonly type: string;
  readonly url: string;
  /** Attempts made so far. */
  readonly attempts: number;
  /** When the next one is due, in milliseconds since the epoch. */
  readonly dueAt: number;
  /** What the last one came to: a status, null for no response, undefined before the first. */
  readonly lastStatus: number | null | undefined;
}

/** The deliveries that aren't finished. */
export interface SandboxQueue {
  /** The oldest first. */
  pending(): readonly PendingDelivery[];
  /** Makes a waiting delivery due now; false when there is none of that id. */
  retry(id: string): boolean;
  /** Forgets a waiting delivery; false when there is none of that id. */
  drop(id: string): boolean;
}

export interface SandboxEvents {
  request: [RequestEvent];
  event: [SandboxEvent];
  delivery: [SandboxDelivery];
  /** The state can't be written: callers get a 500 until it can again. Told once for each time that it begins. */
  failure: [Error];
}

/** A running sandbox. */
export interface Sandbox {
  /** Its origin, without a slash at the end. */
  readonly url: string;
  readonly users: readonly SandboxUser[];
  /**
   * One of its users, to act in code: `sandbox.as("bob").note("hi @alice")`.
   * @throws UsageError `no-such-user`
   */
  as(username: string): Actor;
  /** What is waiting, and the two things to do about it. */
  readonly queue: SandboxQueue;
  /** Resolves once no delivery is under way or waiting for its next attempt. */
  settled(): Promise<void>;
  /** Stops everything; deliveries that are still waiting are forgotten unless there is a state file. */
  close(): Promise<void>;
  /** Listens; the answer stops listening. */
  on<Name extends keyof SandboxEvents>(name: Name, listener: (...args: SandboxEvents[Name]) => void): () => void;
}
