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
    yield ok("config.profiles", "profiles", { names: all.map(({ name }) => name), path });
  } catch (error) {
    yield problemOf("config.profiles", error);
  }
  try {
    const project = await findProject(cwd);
    if (project) yield ok("config.project", "project-usable", { path: project.path });
  } catch (error) {
    yield problemOf("config.project", error);
  }
  try {
    const damaged = (path: string): void => notice(`${path} isn't a record of what was borrowed from an instance.`);
    yield* examineJournal(new BorrowJournal(new RecordFolder(env, "borrowed", notice), damaged), nowMs);
  } catch (error) {
    yield problemOf("config.borrowed", error);
  }
  for (const text of notices) yield warning("config.permissions", "permissions-repaired", { what: text });
}

async function* examineJournal(journal: BorrowJournal, nowMs: number): AsyncGenerator<Diagnosis> {
  for (const record of await journal.records(nowMs)) {
    const what = { origin: record.access.origin, since: record.startedAt };
    if (await journal.isHeld(record, nowMs)) yield ok("config.borrowed", "hook-borrowed", what);
    else yield warning("config.borrowed", "hook-left-behind", { ...what, path: journal.pathOf(record) });
  }
}

/** Proxies and trust. */
export function examineNetwork({ origin, host, plainText }: InstanceUrl, network: Network): Diagnosis[] {
  const found: Diagnosis[] = [];
  try {
    const proxy = proxyFor(new URL(origin), network);
    found.push(ok("network.proxy", "proxy", { host, proxy }));
  } catch (error) {
    found.push(problemOf("network.proxy", error));
  }
  if (network.insecure === true) {
    found.push(warning("network.tls", "certificates-unchecked"));
  }
  if (plainText) {
    found.push(warning("network.tls", "token-in-the-clear", { host }));
  }
  return found;
}
