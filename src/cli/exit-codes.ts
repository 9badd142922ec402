// The exit codes, a contract that scripts rely on. README and `--help` are generated from this table.
import type { Outcome } from "../errors.js";

export const exitCodes: Readonly<Record<Outcome, { readonly code: number; readonly meaning: string }>> = {
  done: { code: 0, meaning: "done, and what was tested conforms" },
  "fell-short": { code: 1, meaning: "what was tested fell short: findings, a refused delivery" },
  usage: { code: 2, meaning: "usage, or input that can't be read" },
  unreachable: { code: 3, meaning: "unreachable, or timed out" },
  refused: { code: 4, meaning: "the instance refused" },
  local: { code: 5, meaning: "trouble on this machine: port in use, file not writable" },
  bug: { code: 70, meaning: "a bug of ours" },
  interrupted: { code: 130, meaning: "ended by Ctrl-C (143: by SIGTERM)" },
};

/** Exit codes for signals, as shells count them: 128 + the signal's number. */
export const signalExitCodes = { SIGINT: 130, SIGTERM: 143 } as const;
