// What a check comes to.
import type { Answer } from "../probe/answer.js";

/** `unproved`: it was answered as it should be, and whether it did right can't be seen from there. */
export type CheckVerdict = "pass" | "unproved" | "warn" | "fail" | "skip";

/** What a check came to. */
export interface Judgement {
  readonly verdict: CheckVerdict;
  /** What happened and what a server makes of it, as a sentence or two. Nothing secret, nothing quoted. */
  readonly message: string;
  /** The answer that decided; null when nothing was sent. */
  readonly answered: Answer | null;
  /** What was sent, where it says more than the check's own `sends`. */
  readonly sent?: string;
  /** The call that sends the same, as `send note --variant files-only`, where there is one. */
  readonly repeat?: string;
  /** What to do, where it says more than the check's own `fix`. */
  readonly hint?: string;
}
