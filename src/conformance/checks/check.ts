// What a check is: data about one thing that goes wrong in production, and the probing that finds it.
import type { Judgement } from "../judgement/judgement.js";
import type { CheckContext } from "../check-context.js";

/** How thorough a run is; each level runs the checks of the ones before. */
export const levels = ["basic", "standard", "strict"] as const;
export type Level = (typeof levels)[number];

/** One thing that a handler must get right. */
export interface Check {
  /** `theme.name`, stable: scripts, baselines and links use it. */
  readonly id: string;
  /** Whether a handler that fails it loses events or safety (`error`), or only deserves a look (`warning`). */
  readonly severity: "error" | "warning";
  /** The first level that runs it. */
  readonly level: Level;
  /** A few words, no full stop. */
  readonly title: string;
  /** What goes over the wire, as a sentence. */
  readonly sends: string;
  /** What a good handler does, as a sentence. */
  readonly expects: string;
  /** When it happens on a real server, and what it costs. */
  readonly why: string;
  /** How to change the handler. */
  readonly fix: string;
  /**
   * What must be known before it can be judged; without it the check is skipped.
   * - `accepted`: a subscribed event that the handler answers with a 2xx
   * - `secret`: the hook has a secret
   * - `notes`: an accepted event that carries a note
   */
  readonly needs: readonly ("accepted" | "secret" | "notes")[];
  /** True for what measures time or load, and for what must not run beside other checks. */
  readonly alone?: boolean;
  /** The event it is about, for a check that makes no sense when the hook isn't for it. */
  readonly event?: string;
  readonly run: (context: CheckContext) => Promise<Judgement>;
}

/** A check with its outcome. */
export interface CheckResult extends Judgement {
  readonly check: Check;
  /** From its first delivery to its judgement, whole milliseconds. */
  readonly tookMs: number;
}
