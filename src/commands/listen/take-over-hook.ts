// One change to an account's hooks that is put back: noted in the journal, made, and undone, in this order.
import { heartbeatMs, type RecordedAccess } from "../../config/index.js";
import { InterruptedError, RefusedError, UnreachableError } from "../../errors.js";
import { type Borrowing, borrowHook, type Hook, putHookBack } from "../../instance/index.js";
import type { CommandContext } from "../command.js";
import { printable } from "../../terminal/index.js";
import { clientOf, openJournal } from "./put-back.js";

/** For each call while borrowing and putting back. */
const callTimeoutMs = 10_000;
/** For each once the user wants to leave: what isn't done by then the next command does. */
const hurriedMs = 1600;
/** The longest wait that “not so fast” (429) may ask for then. A second Ctrl-C doesn't wait for it. */
const longestWaitMs = 10_000;

/** A hook that is ours for the time being. */
export interface Borrowed {
  readonly hook: Hook;
  /** @throws UnreachableError and others of `ApiClient.call`; the journal then still knows */
  putBack(): Promise<void>;
}

/**
 * Notes the change in the journal and makes it. When that fails, it is put back at once.
 * @throws LocalError of `writePrivateFile`, those of `ApiClient.call`
 */
export async function takeOver(
  borrowing: Borrowing,
  subject: Parameters<typeof borrowHook>[2],
  access: RecordedAccess,
  context: CommandContext,
): Promise<Borrowed> {
  const journal = openJournal(context);
  const record = journal.newRecord(access, borrowing, context.now());
  await journal.write(record);
  const beating = setInterval(() => void journal.touch(record, context.now()), heartbeatMs);
  beating.unref();

  async function putBack(): Promise<void> {
    clearInterval(beating);
    const timeoutMs = context.signal.aborted ? hurriedMs : callTimeoutMs;
    const onWait = (ms: number): void => {
      if (context.quiet) return;
      context.note(
        `The instance is asked too often: waiting ${Math.ceil(ms / 1000)} s to put “${printable(borrowing.name)}” back.`,
      );
    };
    const patience = { maxWaitMs: longestWaitMs, onWait };
    try {
      await putHookBack(await clientOf(access, context, { timeoutMs, patience }), borrowing);
      await journal.remove(record);
    } catch (error) {
      throw leftBehind(borrowing.name, error);
    }
  }

  // Not stopped by a Ctrl-C: a request that is cut off may have been heard all the same.
  const api = await clientOf(access, context, { timeoutMs: callTimeoutMs });
  try {
    return { hook: await borrowHook(api, borrowing, subject), putBack };
  } catch (error) {
    clearInterval(beating);
    const done = await putHookBack(api, borrowing).catch(() => undefined);
    // A request without an answer may still be heard: the record stays, for the next command to have another look.
    const isCertain =
      done === "deleted" || done === "put-back" || (done !== undefined && error instanceof RefusedError);
    if (isCertain) await journal.remove(record);
    throw withWayOut(error);
  }
}

function leftBehind(name: string, cause: unknown): RefusedError | UnreachableError {
  const why =
    cause instanceof InterruptedError
      ? " The instance did not answer in time."
      : cause instanceof Error
        ? ` ${cause.message}`
        : "";
  const Kind = cause instanceof RefusedError ? RefusedError : UnreachableError;
  return new Kind("not-put-back", `The hook “${name}” could not be put back.${why}`, {
    hint: "It is noted: the next misskey-hooks command tries again.",
    cause,
  });
}

function withWayOut(error: unknown): unknown {
  if (!(error instanceof RefusedError) || error.code !== "too-many-webhooks") return error;
  const borrow = "Borrow one of them with --borrow <id>: it is put back in the end.";
  return new RefusedError(error.code, error.message, { hint: `${borrow}\n  ${error.hint ?? ""}`, cause: error });
}
