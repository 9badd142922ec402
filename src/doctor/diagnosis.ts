// What doctor says of one thing: how it is, as a code and parameters. The words, and what to do next, are in
// reporters/messages/.
import { type Fact, MisskeyHooksError } from "../errors.js";
import type { Messages } from "../reporters/messages/index.js";

/** `warning`: it works, and probably not as wanted, or not everywhere. `problem`: it doesn't work. */
export type DiagnosisVerdict = "ok" | "warning" | "problem";

/** One finding. */
export interface Diagnosis {
  /** Stable: `token.valid`. Those of hooks end in the hook's id. */
  readonly id: string;
  readonly verdict: DiagnosisVerdict;
  /** What was found; may hold what strangers wrote. */
  readonly fact: Fact;
}

type Code = keyof Messages["diagnoses"];

/** A code with what its words need to know. */
type DiagnosisFact = {
  [Known in Code]: Parameters<Messages["diagnoses"][Known]>[0] extends undefined
    ? [code: Known]
    : [code: Known, params: Parameters<Messages["diagnoses"][Known]>[0]];
}[Code];

export type Diagnose = (id: string, ...fact: DiagnosisFact) => Diagnosis;

const as =
  (verdict: DiagnosisVerdict): Diagnose =>
  (id, ...[code, params = {}]) => ({ id, verdict, fact: { code, params: { ...params } } });

export const ok: Diagnose = as("ok");
export const warning: Diagnose = as("warning");
export const problem: Diagnose = as("problem");

/** An error of ours as a problem; anything else is a bug and is thrown on. */
export function problemOf(id: string, error: unknown): Diagnosis {
  if (!(error instanceof MisskeyHooksError) || error.outcome === "interrupted") throw error;
  return problem(id, "error", { of: error.fact });
}
