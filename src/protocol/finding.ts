// What a check of a payload finds: data, never a thrown error. finding-codes.ts says what each code means.
import type { FindingCode } from "./finding-codes.js";

/**
 * - `error`: no server of the dialect in question sends this
 * - `warning`: it may be sent, and something about it deserves a look
 * - `info`: worth knowing, nothing to mend
 */
export type Severity = "error" | "warning" | "info";

/** One thing that a payload or its headers do differently from what is known. */
export interface Finding {
  readonly code: FindingCode;
  /** Where: `body.note.user.name`, `body.note.files[0].size`, `headers.content-type`; empty for the whole delivery. */
  readonly path: string;
  /** What a server sends there, as a type (`string|null`) or a value. */
  readonly expected: string;
  /** What was there: a type for types, a shortened value for values. Never a secret. */
  readonly received: string;
  readonly severity: Severity;
}
