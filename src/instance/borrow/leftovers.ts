// What runs that are gone had borrowed from instances is put back: after a kill -9, a crash, a lost connection.
import { MisskeyHooksError } from "../../errors.js";
import { putHookBack, type PutBack } from "./apply.js";
import type { BorrowJournal } from "./journal.js";
import type { BorrowRecord } from "./record.js";
import type { ClientFor } from "./take-over.js";

/** Per call: whoever runs another command didn't ask for this, and shouldn't wait for a dead instance for long. */
const callTimeoutMs = 3000;
/** A request that was under way when its run was killed may reach the instance this much later. */
const lateMs = 60_000;

/** One leftover, and what became of it: put back, or why it couldn't be, in which case it stays in the journal. */
export type Leftover = { readonly record: BorrowRecord } & (
  | { readonly done: PutBack }
  | { readonly error: MisskeyHooksError }
);

/**
 * Puts back everything that no running program still needs.
 * @throws those of the journal's store
 */
export async function putBackLeftovers(
  journal: BorrowJournal,
  clientFor: ClientFor,
  now: () => number,
): Promise<Leftover[]> {
  const records = await journal.records(now());
  const held = await Promise.all(records.map((record) => journal.isHeld(record, now())));
  const left = records.filter((_, index) => held[index] !== true);
  return Promise.all(left.map((record) => putBackOne(record, journal, clientFor, now)));
}

async function putBackOne(
  record: BorrowRecord,
  journal: BorrowJournal,
  clientFor: ClientFor,
  now: () => number,
): Promise<Leftover> {
  const { access, change, startedAt } = record;
  try {
    const done = await putHookBack(await clientFor(access, { timeoutMs: callTimeoutMs }), change);
    const nothingYet = (done === "gone" && change.kind === "created") || done === "untouched";
    const ageMs = now() - Date.parse(startedAt);
    // A clock that was set back makes it look younger than nothing.
    const isYoung = ageMs >= 0 && ageMs < lateMs;
    if (!nothingYet || !isYoung) await journal.remove(record);
    return { record, done };
  } catch (error) {
    if (!(error instanceof MisskeyHooksError)) throw error;
    return { record, error };
  }
}
