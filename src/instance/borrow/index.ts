// borrow/: a hook for the time of a run: the plan, the journal, and how everything is put back.
export { BorrowJournal } from "./journal.js";
export type { RecordStore } from "./journal.js";
export { putBackLeftovers } from "./leftovers.js";
export type { Leftover } from "./leftovers.js";
export { planBorrowing, planNewHook } from "./plan.js";
export type { PutBack } from "./apply.js";
export type { BorrowRecord, RecordedAccess } from "./record.js";
export { takeOver } from "./take-over.js";
export type { Borrowed, ClientFor } from "./take-over.js";
