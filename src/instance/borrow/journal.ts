// The journal of what was changed on an instance for the time of a run: written before the change, removed once it was
// put back. Whoever finds a record whose run is gone puts it back.
import { randomUUID } from "node:crypto";
import { isThere, thisRun } from "../../files/index.js";
import type { Borrowing } from "./plan.js";
import { type BorrowRecord, parseRecord, type RecordedAccess } from "./record.js";

/** How often a run gives a sign of life. */
export const heartbeatMs = 5000;

/** Where records are kept: privately, each replaced as a whole. `config/` has such a place. */
export interface RecordStore {
  ids(nowMs: number): Promise<string[]>;
  read(id: string): Promise<string | undefined>;
  write(id: string, text: string): Promise<void>;
  remove(id: string): Promise<void>;
  /** Resolves with where it is then. */
  putAside(id: string, nowMs: number): Promise<string>;
  touch(id: string, nowMs: number): Promise<void>;
  touchedAtMs(id: string): Promise<number | undefined>;
  pathOf(id: string): string;
}

/** The journal of one user on this machine. Its methods throw what those of the store throw. */
export class BorrowJournal {
  readonly #store: RecordStore;
  readonly #damaged: (path: string) => void;

  /** `damaged` is told where a file that is no record was put. */
  constructor(store: RecordStore, damaged: (path: string) => void) {
    this.#store = store;
    this.#damaged = damaged;
  }

  /** A record of this run, not written yet. */
  newRecord(access: RecordedAccess, change: Borrowing, nowMs: number): BorrowRecord {
    return { version: 1, id: randomUUID(), startedAt: new Date(nowMs).toISOString(), ...thisRun(), access, change };
  }

  /** Writes or replaces a record. */
  write(record: BorrowRecord): Promise<void> {
    return this.#store.write(record.id, `${JSON.stringify(record, undefined, 2)}\n`);
  }

  /** Forgets a record; that there is none is fine. */
  remove({ id }: Pick<BorrowRecord, "id">): Promise<void> {
    return this.#store.remove(id);
  }

  /** A sign of life of the run that the record belongs to. */
  touch({ id }: Pick<BorrowRecord, "id">, nowMs: number): Promise<void> {
    return this.#store.touch(id, nowMs);
  }

  /** All records, those that runs of now still need included. A file that is none is put aside, and told. */
  async records(nowMs: number): Promise<BorrowRecord[]> {
    const ids = await this.#store.ids(nowMs);
    const records = await Promise.all(ids.map((id) => this.#read(id, nowMs)));
    return records.filter((record) => record !== undefined);
  }

  /** Whether the run that the record belongs to is still there. */
  async isHeld(record: BorrowRecord, nowMs: number): Promise<boolean> {
    const touchedAtMs = await this.#store.touchedAtMs(record.id);
    return touchedAtMs !== undefined && isThere(record, touchedAtMs, nowMs);
  }

  /** The record's file. */
  pathOf({ id }: Pick<BorrowRecord, "id">): string {
    return this.#store.pathOf(id);
  }

  async #read(id: string, nowMs: number): Promise<BorrowRecord | undefined> {
    const text = await this.#store.read(id);
    if (text === undefined) return undefined;
    const record = parseRecord(text, id);
    if (record === undefined) this.#damaged(await this.#store.putAside(id, nowMs));
    return record;
  }
}
