// What doctor says of one thing: how it is, and what to do next where it could be better.
import { MisskeyHooksError } from "../errors.js";

/** `warning`: it works, and probably not as wanted, or not everywhere. `problem`: it doesn't work. */
export type DiagnosisVerdict = "ok" | "warning" | "problem";

/** One finding; its keys are a contract that scripts rely on. */
export interface Diagnosis {
  /** Stable: `token.valid`. Those of hooks end in the hook's id. */
  readonly id: string;
  readonly verdict: DiagnosisVerdict;
  /** A sentence; may hold what strangers wrote. */
  readonly message: string;
  /** The next step; null where there is none to take. */
  readonly hint: string | null;
}

export function ok(id: string, message: string): Diagnosis {
  return { id, verdict: "ok", message, hint: null };
}

export function warning(id: string, message: string, hint: string | null = null): Diagnosis {
  return { id, verdict: "warning", message, hint };
}

export function problem(id: string, message: string, hint: string | null = null): Diagnosis {
  return { id, verdict: "problem", message, hint };
}

/** An error of ours as a problem; anything else is a bug and is thrown on. */
export function problemOf(id: string, error: unknown): Diagnosis {
  if (!(error instanceof MisskeyHooksError) || error.outcome === "interrupted") throw error;
  return problem(id, error.message, error.hint ?? null);
}
