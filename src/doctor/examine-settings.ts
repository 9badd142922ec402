// The user's own side: files, their permissions, what is still borrowed, the way to the instance.
import { findProject, Profiles, RecordFolder } from "../config/index.js";
import { BorrowJournal, type InstanceUrl } from "../instance/index.js";
import { type Network, proxyFor } from "../network/index.js";
import { type Diagnosis, ok, problemOf, warning } from "./diagnosis.js";

type Env = Readonly<Record<string, string | undefined>>;

/** The profiles' file, the project's file and the journal. Permissions that let others in are repaired, and told. */
export async function* examineSettings(env: Env, cwd: string, nowMs: number): AsyncGenerator<Diagnosis> {
  const notices: string[] = [];
  const notice = (text: string): void => void notices.push(text);
  try {
    const { all, path } = await Profiles.load(env, notice);
    const names = all.map(({ name }) => name).join(", ");
    yield ok("config.profiles", all.length === 0 ? `Nobody is signed in (${path}).` : `Signed in: ${names} (${path}).`);
  } catch (error) {
    yield problemOf("config.profiles", error);
  }
  try {
    const project = await findProject(cwd);
    if (project) yield ok("config.project", `${project.path} can be used.`);
  } catch (error) {
    yield problemOf("config.project", error);
  }
  try {
    const damaged = (path: string): void => notice(`${path} isn't a record of what was borrowed from an instance.`);
    yield* examineJournal(new BorrowJournal(new RecordFolder(env, "borrowed", notice), damaged), nowMs);
  } catch (error) {
    yield problemOf("config.borrowed", error);
  }
  for (const text of notices) yield warning("config.permissions", text);
}

async function* examineJournal(journal: BorrowJournal, nowMs: number): AsyncGenerator<Diagnosis> {
  for (const record of await journal.records(nowMs)) {
    const what = `A hook on ${record.access.origin} is borrowed since ${record.startedAt}`;
    if (await journal.isHeld(record, nowMs)) yield ok("config.borrowed", `${what} by a listen that is running.`);
    else {
      const path = journal.pathOf(record);
      yield warning(
        "config.borrowed",
        `${what}, and could not be put back yet.`,
        `Every command tries again; to give up, delete ${path}.`,
      );
    }
  }
}

/** Proxies and trust. */
export function examineNetwork({ origin, host, plainText }: InstanceUrl, network: Network): Diagnosis[] {
  const found: Diagnosis[] = [];
  try {
    const proxy = proxyFor(new URL(origin), network);
    found.push(ok("network.proxy", proxy === undefined ? `No proxy on the way to ${host}.` : `Through ${proxy}.`));
  } catch (error) {
    found.push(problemOf("network.proxy", error));
  }
  if (network.insecure === true) {
    found.push(
      warning(
        "network.tls",
        "Certificates aren't checked: the token goes to whoever answers.",
        "Leave out --insecure.",
      ),
    );
  }
  if (plainText) {
    found.push(
      warning("network.tls", `The token travels to ${host} unencrypted.`, `Use https://${host}, if it has that.`),
    );
  }
  return found;
}
