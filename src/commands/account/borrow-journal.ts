// The journal of what was borrowed from instances, in the user's own folder, and the way back to an account in it.
import { RecordFolder } from "../../config/index.js";
import { UsageError } from "../../errors.js";
import { BorrowJournal, type ClientFor, createApiClient, type RecordedAccess } from "../../instance/index.js";
import type { CommandContext } from "../command.js";
import { loadProfiles } from "../options/settings.js";
import { warn } from "../output/warn.js";
import { readNetwork, readToken } from "./instance-access.js";

const hint = "look at the account's hooks yourself (misskey-hooks hooks list), and then delete the file";

export function openJournal(context: CommandContext): BorrowJournal {
  const folder = new RecordFolder(context.env, "borrowed", (text) => warn(text, context));
  return new BorrowJournal(folder, (path) =>
    warn(`${path} isn't a record of what was borrowed from an instance: ${hint}.`, context),
  );
}

async function tokenOf({ token, origin }: RecordedAccess, context: CommandContext): Promise<string> {
  if (token.kind === "kept") return token.text;
  if (token.kind === "file") return readToken({ ...token, source: token.path }, context);
  const profiles = await loadProfiles(context);
  const profile = profiles.get(token.name);
  if (profile.instance === origin) return profiles.tokenOf(profile);
  throw new UsageError("profile-mismatch", { name: token.name });
}

/** Clients for the accounts of records, which a Ctrl-C doesn't stop. */
export function clientsFor(context: CommandContext): ClientFor {
  return async (access, limits) => {
    const network = await readNetwork(access, { ...context, quiet: true });
    return createApiClient({ origin: access.origin, token: await tokenOf(access, context), network, ...limits });
  };
}
