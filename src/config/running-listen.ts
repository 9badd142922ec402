// Which `listen` runs on this machine, and the secret it made up, so that `send` in the next terminal finds it: a private
// note that goes away with the run.
import { randomUUID } from "node:crypto";
import { isThere, type RunIdentity, thisRun } from "../files/index.js";
import type { Notice } from "./private-file.js";
import { hasRecords, RecordFolder } from "./record-folder.js";

type Env = Readonly<Record<string, string | undefined>>;

interface ListenRecord extends RunIdentity {
  readonly version: 1;
  /** Where it listens: `http://127.0.0.1:4649`. */
  readonly origin: string;
  readonly port: number;
  /** The secret that was made up. */
  readonly secret: string;
}

/** How often a run gives a sign of life. */
const heartbeatMs = 5000;
const nobodyTold: Notice = () => {};

/** 127.0.0.0/8 and ::1, in the form that `URL` gives them. A name may lead elsewhere. */
function isLoopbackAddress(hostname: string): boolean {
  return /^127\.\d+\.\d+\.\d+$/.test(hostname) || hostname === "[::1]";
}

/**
 * Notes a `listen` on this address of the machine's own; for any other there is no note.
 * @returns what takes the note away
 * @throws LocalError of `writePrivateFile`
 */
export async function noteListen(
  url: string,
  secret: string,
  { env, now, notice }: { readonly env: Env; readonly now: () => number; readonly notice: Notice },
): Promise<() => Promise<void>> {
  const { origin, hostname, port } = new URL(url);
  if (!isLoopbackAddress(hostname)) return () => Promise.resolve();
  const folder = new RecordFolder(env, "listening", notice);
  const id = randomUUID();
  const record: ListenRecord = { version: 1, ...thisRun(), origin, port: Number(port), secret };
  await folder.write(id, `${JSON.stringify(record)}\n`);
  const beating = setInterval(() => void folder.touch(id, now()), heartbeatMs);
  beating.unref();
  return async () => {
    clearInterval(beating);
    await folder.remove(id);
  };
}

function parseRecord(text: string | undefined): ListenRecord | undefined {
  try {
    const record = JSON.parse(text ?? "") as Partial<ListenRecord> | null;
    const { version, pid, machine, origin, secret } = record ?? {};
    const isOne = version === 1 && typeof pid === "number" && typeof machine === "string";
    return isOne && typeof origin === "string" && typeof secret === "string" ? (record as ListenRecord) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The secret that the `listen` at this very address made up; undefined where none is. Notes of runs that are gone are taken
 * away. Costs next to nothing where no `listen` with a secret of its own runs.
 * @throws LocalError of `readPrivateFile`
 */
export async function secretOfListen(url: string, env: Env, nowMs: number): Promise<string | undefined> {
  if (!hasRecords(env, "listening") || !URL.canParse(url)) return undefined;
  const { origin, hostname } = new URL(url);
  if (!isLoopbackAddress(hostname)) return undefined;
  const folder = new RecordFolder(env, "listening", nobodyTold);
  for (const id of await folder.ids(nowMs)) {
    const record = parseRecord(await folder.read(id));
    const touchedAtMs = await folder.touchedAtMs(id);
    if (record === undefined || touchedAtMs === undefined) continue;
    if (!isThere(record, touchedAtMs, nowMs)) await folder.remove(id);
    else if (record.origin === origin) return record.secret;
  }
  return undefined;
}
