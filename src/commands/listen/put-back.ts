// Puts back what runs that are gone had borrowed from instances: after a kill -9, a crash, a lost connection.
import { BorrowJournal, type BorrowRecord, type RecordedAccess } from "../../config/index.js";
import { MisskeyHooksError, UsageError } from "../../errors.js";
import {
  type ApiClient,
  type ApiClientOptions,
  type Borrowing,
  createApiClient,
  parseInstanceUrl,
  putHookBack,
  type PutBack,
} from "../../instance/index.js";
import { loadWords } from "../../reporters/messages/index.js";
import type { CommandContext } from "../command.js";
import { readNetwork, readToken } from "../account/instance-access.js";
import { loadProfiles } from "../options/settings.js";
import { warn } from "../output/warn.js";

/** Per call: whoever runs another command didn't ask for this, and shouldn't wait for a dead instance for long. */
const callTimeoutMs = 3000;
/** A request that was under way when its run was killed may reach the instance this much later. */
const lateMs = 60_000;

/** The journal of what `listen` borrowed. */
export function openJournal(context: CommandContext): BorrowJournal<Borrowing> {
  return new BorrowJournal(context.env, (text) => warn(text, context));
}

async function tokenOf({ token, origin }: RecordedAccess, context: CommandContext): Promise<string> {
  if (token.kind === "kept") return token.text;
  if (token.kind === "file") return readToken({ ...token, source: token.path }, context);
  const profiles = await loadProfiles(context);
  const profile = profiles.get(token.name);
  if (profile.instance === origin) return profiles.tokenOf(profile);
  throw new UsageError("profile-mismatch", `The profile “${token.name}” belongs to another instance now.`);
}

/** A client for the account of a record that a Ctrl-C doesn't stop: putting back has to be finished. */
export async function clientOf(
  access: RecordedAccess,
  context: CommandContext,
  limits: Pick<ApiClientOptions, "timeoutMs" | "patience">,
): Promise<ApiClient> {
  const network = await readNetwork(access, { ...context, quiet: true });
  return createApiClient({ origin: access.origin, token: await tokenOf(access, context), network, ...limits });
}

const results: Readonly<Record<PutBack, string | undefined>> = {
  deleted: "is deleted",
  "put-back": "is as it was before",
  untouched: undefined,
  gone: undefined,
};

/** One leftover. What can't be put back now stays in the journal. */
async function putBackOne(
  record: BorrowRecord<Borrowing>,
  journal: BorrowJournal<Borrowing>,
  context: CommandContext,
): Promise<void> {
  const { access, change, startedAt } = record;
  const { host } = parseInstanceUrl(access.origin);
  const what = `the hook “${change.name}” on ${host}, which a listen that was killed had borrowed,`;
  try {
    const done = await putHookBack(await clientOf(access, context, { timeoutMs: callTimeoutMs }), change);
    const nothingYet = (done === "gone" && change.kind === "created") || done === "untouched";
    if (nothingYet && context.now() - Date.parse(startedAt) < lateMs) return;
    await journal.remove(record);
    const result = results[done];
    if (result !== undefined && !context.quiet) context.note(`Put back: ${what} ${result}.`);
  } catch (error) {
    if (!(error instanceof MisskeyHooksError)) throw error;
    await loadWords();
    const giveUp = `The next command tries again; to give up, delete ${journal.pathOf(record)}.`;
    warn(`${what} could not be put back yet: ${error.message} ${giveUp}`, context);
  }
}

/** Puts back everything that no running program still needs. What can't be is a warning: the command goes on. */
export async function putBackLeftovers(context: CommandContext): Promise<void> {
  const journal = openJournal(context);
  const records = await journal.records(context.now()).catch(async (error: unknown) => {
    if (!(error instanceof MisskeyHooksError)) throw error;
    await loadWords();
    warn(`what was borrowed from instances can't be looked up: ${error.message}`, context);
    return [];
  });
  const held = await Promise.all(records.map((record) => journal.isHeld(record, context.now())));
  await Promise.all(
    records.filter((_, index) => held[index] !== true).map((record) => putBackOne(record, journal, context)),
  );
}
