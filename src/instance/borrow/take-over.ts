// One change to an account's hooks that is put back: noted in the journal, made, and undone, in this order.
import { InterruptedError, MisskeyHooksError, RefusedError, UnreachableError } from "../../errors.js";
import type { ApiClient, ApiClientOptions } from "../api-client.js";
import { ApiError } from "../api-error.js";
import type { Hook } from "../hook.js";
import { borrowHook, type BorrowSubject, putHookBack } from "./apply.js";
import { type BorrowJournal, heartbeatMs } from "./journal.js";
import type { Borrowing } from "./plan.js";
import type { RecordedAccess } from "./record.js";

/** For each call while borrowing and putting back. */
const callTimeoutMs = 10_000;
/** For each once the user wants to leave: what isn't done by then the next command does. */
const hurriedMs = 1600;
/** The longest wait that “not so fast” (429) may ask for then. A second Ctrl-C doesn't wait for it. */
const longestWaitMs = 10_000;

/**
 * A client for the account of a record. It must not be stopped by a Ctrl-C: putting back has to be finished, and a request
 * that is cut off may have been heard all the same.
 */
export type ClientFor = (
  access: RecordedAccess,
  limits: Pick<ApiClientOptions, "timeoutMs" | "patience">,
) => Promise<ApiClient>;

/** What taking over needs of the world. */
export interface TakeOverPort {
  readonly journal: BorrowJournal;
  readonly clientFor: ClientFor;
  readonly now: () => number;
  /** Aborted once the user wants to leave. */
  readonly signal: AbortSignal;
  /** Told when the instance asks to wait before things are put back. */
  readonly onWait: (ms: number) => void;
}

/** A hook that is ours for the time being. */
export interface Borrowed {
  readonly hook: Hook;
  /** @throws RefusedError or UnreachableError `not-put-back`; the journal then still knows */
  readonly putBack: () => Promise<void>;
}

/**
 * Notes the change in the journal and makes it. When that fails, it is put back at once.
 * @throws those of the journal's store and of `ApiClient.call`
 */
export async function takeOver(
  borrowing: Borrowing,
  subject: BorrowSubject,
  access: RecordedAccess,
  { journal, clientFor, now, signal, onWait }: TakeOverPort,
): Promise<Borrowed> {
  const record = journal.newRecord(access, borrowing, now());
  await journal.write(record);
  const beating = setInterval(() => void journal.touch(record, now()), heartbeatMs);
  beating.unref();

  async function putBack(): Promise<void> {
    clearInterval(beating);
    const timeoutMs = signal.aborted ? hurriedMs : callTimeoutMs;
    try {
      const api = await clientFor(access, { timeoutMs, patience: { maxWaitMs: longestWaitMs, onWait } });
      await putHookBack(api, borrowing);
      await journal.remove(record);
    } catch (error) {
      throw leftBehind(borrowing.name, error);
    }
  }

  const api = await clientFor(access, { timeoutMs: callTimeoutMs });
  try {
    return { hook: await borrowHook(api, borrowing, subject), putBack };
  } catch (error) {
    clearInterval(beating);
    if (wasRefused(error) || (await isUndone(api, borrowing))) await journal.remove(record);
    throw error;
  }
}

/** The instance said no, so nothing was changed. */
function wasRefused(error: unknown): boolean {
  return error instanceof RefusedError && !(error instanceof ApiError && error.status >= 500);
}

/** A request without an answer may still be heard: unless something was undone, the next command has another look. */
async function isUndone(api: ApiClient, borrowing: Borrowing): Promise<boolean> {
  const done = await putHookBack(api, borrowing).catch(() => undefined);
  return done === "deleted" || done === "put-back";
}

function leftBehind(name: string, cause: unknown): RefusedError | UnreachableError {
  const late = cause instanceof InterruptedError;
  const of = cause instanceof MisskeyHooksError && !late ? cause.fact : undefined;
  const Kind = cause instanceof RefusedError ? RefusedError : UnreachableError;
  return new Kind("not-put-back", { name, late, of }, { cause });
}
