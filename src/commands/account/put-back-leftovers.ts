// Before a command does its own work, what runs that are gone had borrowed is put back, and said.
import { MisskeyHooksError } from "../../errors.js";
import {
  type BorrowJournal,
  type Leftover,
  parseInstanceUrl,
  putBackLeftovers,
  type PutBack,
} from "../../instance/index.js";
import { loadWords } from "../../reporters/messages/index.js";
import { printable } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { warn } from "../output/warn.js";
import { clientsFor, openJournal } from "./borrow-journal.js";

const results: Readonly<Record<PutBack, string | undefined>> = {
  deleted: "is deleted",
  "put-back": "is as it was before",
  untouched: undefined,
  gone: undefined,
};

function tell(leftover: Leftover, journal: BorrowJournal, context: CommandContext): void {
  const { access, change } = leftover.record;
  const { host } = parseInstanceUrl(access.origin);
  const what = `the hook “${change.name}” on ${host}, which a listen that was killed had borrowed,`;
  if ("error" in leftover) {
    const giveUp = `The next command tries again; to give up, delete ${journal.pathOf(leftover.record)}.`;
    warn(`${what} could not be put back yet: ${leftover.error.message} ${giveUp}`, context);
    return;
  }
  const result = results[leftover.done];
  if (result !== undefined && !context.quiet) context.note(printable(`Put back: ${what} ${result}.`));
}

/** What can't be put back is a warning: the command goes on. */
export async function putBack(context: CommandContext): Promise<void> {
  const journal = openJournal(context);
  await loadWords();
  try {
    const leftovers = await putBackLeftovers(journal, clientsFor(context), () => context.now());
    for (const leftover of leftovers) tell(leftover, journal, context);
  } catch (error) {
    if (!(error instanceof MisskeyHooksError)) throw error;
    warn(`what was borrowed from instances can't be looked up: ${error.message}`, context);
  }
}
