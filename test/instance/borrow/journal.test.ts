import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { hasRecords, RecordFolder } from "../../../src/config/index.js";
import { BorrowJournal } from "../../../src/instance/index.js";
import { temporaryFolder } from "../../support/temporary-folder.js";

const access = { origin: "https://misskey.example", token: { kind: "profile", name: "alice" } } as const;

const mine = { kind: "created", name: "mine" } as const;
const theirs = { kind: "created", name: "theirs" } as const;

async function newJournal(): Promise<{
  env: Record<string, string>;
  journal: BorrowJournal;
  notices: string[];
}> {
  const env = { MISSKEY_HOOKS_CONFIG_DIR: join(await temporaryFolder(), "config") };
  const notices: string[] = [];
  return {
    env,
    notices,
    journal: new BorrowJournal(new RecordFolder(env, "borrowed", () => {}), (path) => notices.push(path)),
  };
}

test("what is written is there until it is removed", async () => {
  const { env, journal } = await newJournal();
  expect(hasRecords(env, "borrowed")).toBe(false);
  expect(await journal.records(Date.now())).toEqual([]);
  const [one, other] = [journal.newRecord(access, mine, 0), journal.newRecord(access, theirs, 0)];
  await journal.write(one);
  await journal.write(other);
  expect(hasRecords(env, "borrowed")).toBe(true);
  expect((await stat(journal.pathOf(one))).mode & 0o777).toBe(0o600);
  expect((await journal.records(Date.now())).map(({ change }) => change.name).toSorted()).toEqual(["mine", "theirs"]);
  await journal.remove(one);
  await journal.remove(one);
  expect(await journal.records(Date.now())).toEqual([other]);
  await journal.remove(other);
  expect(hasRecords(env, "borrowed")).toBe(false);
  expect(await readdir(join(env["MISSKEY_HOOKS_CONFIG_DIR"] ?? "", "borrowed"))).toEqual([]);
});

test("a run holds its record while it lives", async () => {
  const { journal } = await newJournal();
  const record = journal.newRecord(access, mine, Date.now());
  await journal.write(record);
  expect(await journal.isHeld(record, Date.now())).toBe(true);
  // No process has this id: Linux allows 4,194,304 at most, macOS 99,999.
  expect(await journal.isHeld({ ...record, pid: 2 ** 30 }, Date.now())).toBe(false);
  // Whether a process of another machine lives can't be asked: then its signs of life count.
  const elsewhere = { ...record, pid: 2 ** 30, machine: "elsewhere" };
  expect(await journal.isHeld(elsewhere, Date.now())).toBe(true);
  const hourAgo = new Date(Date.now() - 3_600_000);
  await utimes(journal.pathOf(record), hourAgo, hourAgo);
  expect(await journal.isHeld(elsewhere, Date.now())).toBe(false);
  await journal.touch(record, Date.now());
  expect(await journal.isHeld(elsewhere, Date.now())).toBe(true);
});

const hourMs = 3_600_000;

test.runIf(process.platform === "linux")("a clock that is set back or forward doesn't make a run let go", async () => {
  const { journal } = await newJournal();
  const record = journal.newRecord(access, mine, Date.now());
  await journal.write(record);
  expect(await journal.isHeld(record, Date.now() - hourMs)).toBe(true);
  expect(await journal.isHeld(record, Date.now() + hourMs)).toBe(true);
});

test("where the system doesn't tell when a process began, one that is set back doesn't", async () => {
  const { journal } = await newJournal();
  const { born: _, ...record } = journal.newRecord(access, mine, Date.now());
  await journal.write(record);
  expect(await journal.isHeld(record, Date.now() - hourMs)).toBe(true);
  expect(await journal.isHeld(record, Date.now() + hourMs)).toBe(false);
});

test.runIf(process.platform === "linux")("another process with the same id isn't the run", async () => {
  const { journal } = await newJournal();
  const record = { ...journal.newRecord(access, mine, Date.now()), born: "1" };
  await journal.write(record);
  expect(await journal.isHeld(record, Date.now())).toBe(false);
});

/** The id of a process that was killed and that its parent never collects, as under some process managers. */
async function zombie(): Promise<number> {
  const parent = spawn("sh", ["-c", "sleep 600 & echo $!; exec sleep 600"], { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void parent.kill("SIGKILL"));
  const [line] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(line.toString());
  process.kill(pid, "SIGKILL");
  const state = async (): Promise<string> => (await readFile(`/proc/${pid}/stat`, "latin1")).split(") ")[1] ?? "";
  while (!(await state()).startsWith("Z")) await setImmediate();
  return pid;
}

test.runIf(process.platform === "linux")("a killed run lets go even before its parent has collected it", async () => {
  const { journal } = await newJournal();
  const record = { ...journal.newRecord(access, mine, Date.now()), pid: await zombie() };
  await journal.write(record);
  expect(await journal.isHeld(record, Date.now())).toBe(false);
});

test("the draft of a run that was killed while writing is removed, that of one that is writing isn't", async () => {
  const { env, journal } = await newJournal();
  await journal.write(journal.newRecord(access, mine, 0));
  const folder = join(env["MISSKEY_HOOKS_CONFIG_DIR"] ?? "", "borrowed");
  await writeFile(join(folder, "x.json.y.tmp"), "{", { mode: 0o600 });
  await journal.records(Date.now());
  expect(await readdir(folder)).toHaveLength(2);
  await journal.records(Date.now() + 60_000);
  expect(await readdir(folder)).toHaveLength(1);
});

const good = {
  version: 1,
  id: "00000000-0000-4000-8000-000000000000",
  startedAt: new Date(0).toISOString(),
  pid: 1,
  machine: "m",
  access,
  change: mine,
};

test.each([
  "",
  "{",
  "null",
  '{"version":2}',
  ...(["startedAt", "pid", "access", "change"] as const).map((key) => JSON.stringify({ ...good, [key]: undefined })),
  JSON.stringify({ ...good, access: { ...access, origin: "nowhere" } }),
  JSON.stringify({ ...good, change: { kind: "re-pointed", hookId: "x", name: "y" } }),
])("a file with %j is put aside, and told of once", async (text) => {
  const { env, journal, notices } = await newJournal();
  const record = journal.newRecord(access, mine, 0);
  await journal.write(record);
  const bad = journal.pathOf(good);
  await writeFile(bad, text, { mode: 0o600 });
  expect(await journal.records(Date.now())).toEqual([record]);
  expect(await journal.records(Date.now())).toEqual([record]);
  expect(notices).toEqual([expect.stringContaining(`${bad}.corrupt-`)]);
  expect(await readFile(notices[0] ?? "", "utf8")).toBe(text);
  await journal.remove(record);
  expect(hasRecords(env, "borrowed")).toBe(false);
});
