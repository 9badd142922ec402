// Writes deliveries into a store as they come. Nothing here throws once it is open: what can't be kept is counted, and
// why is told once, because whoever receives must go on answering.
import { fdatasync, fdatasyncSync, fstatSync, ftruncateSync, writeSync } from "node:fs";
import type { LocalError } from "../errors.js";
import { writeAnswer, writeCapture, writeForward } from "./capture-line.js";
import { SecretCover } from "./secret-cover.js";
import {
  createSegment,
  dropSegment,
  isInUse,
  listSegments,
  type OwnSegment,
  putTornLineAside,
  releaseSegment,
  syncFolder,
  takeOver,
} from "./segment.js";
import { notWritable, prepareStore } from "./store-folder.js";
import type { CaptureAnswer, CaptureForward, NewCapture, StoredCapture } from "./stored-capture.js";

export interface CaptureWriterOptions {
  /** Secrets that must not reach the disk, wherever in a delivery they stand. The one in its header never does. */
  readonly secrets?: readonly string[] | undefined;
  /** Default 256 MiB. The oldest segments go first, a segment being a thirty-second of it. */
  readonly maxBytes?: number | undefined;
  /** Default 30 days. What is older goes with its segment, a segment being a thirtieth of it. */
  readonly maxAgeMs?: number | undefined;
  /** Whoever appends waits for `synced()`; without it a crash of the machine, not of this process, loses the latest. */
  readonly durable?: boolean | undefined;
  /** Begins a segment of its own, for what is older than the latest: each segment is in the order of time. */
  readonly apart?: boolean | undefined;
  /** Milliseconds since the epoch. Default `Date.now`. */
  readonly now?: (() => number) | undefined;
  /** Told when something can't be kept, once until it works again. */
  readonly onTrouble?: ((trouble: LocalError) => void) | undefined;
}

/** What became of what was to be kept. */
export interface CaptureCounts {
  readonly kept: number;
  readonly lost: number;
}

const defaultMaxBytes = 256 * 1024 ** 2;
const defaultMaxAgeMs = 30 * 24 * 3_600_000;

/** A store opened for writing. */
export class CaptureWriter {
  readonly folder: string;
  /** Bytes of an unfinished line that was found and put aside; 0 as a rule. */
  readonly tornBytes: number;
  readonly cover: SecretCover;
  readonly #options: CaptureWriterOptions;
  readonly #now: () => number;
  readonly #segmentBytes: number;
  readonly #segmentMs: number;
  #segment: OwnSegment | undefined;
  #bytes = 0;
  #inTrouble = false;
  #counts = { kept: 0, lost: 0 };
  #syncing: Promise<void> | undefined;
  #nextSync: Promise<void> | undefined;

  /** @throws LocalError of `prepareStore` */
  constructor(folder: string, options: CaptureWriterOptions = {}) {
    this.folder = folder;
    this.#options = options;
    this.#now = options.now ?? Date.now;
    this.#segmentBytes = Math.ceil((options.maxBytes ?? defaultMaxBytes) / 32);
    this.#segmentMs = (options.maxAgeMs ?? defaultMaxAgeMs) / 30;
    this.cover = new SecretCover(prepareStore(folder), options.secrets);
    try {
      this.tornBytes = this.#goOn();
    } catch (error) {
      throw notWritable(folder, error);
    }
  }

  get counts(): CaptureCounts {
    return { ...this.#counts };
  }

  /**
   * Writes it to the file before it returns, so that a kill of this process can't lose it.
   * @param capture one that comes from a store keeps what is known of it
   * @returns false when it couldn't be kept
   */
  append(capture: NewCapture | StoredCapture): boolean {
    const { delivery, elsewhere } = this.cover.cover(capture.delivery);
    const isKept = this.#put(writeCapture({ forwards: [], ...capture, delivery, ...(elsewhere && { covered: true }) }));
    this.#counts[isKept ? "kept" : "lost"] += 1;
    return isKept;
  }

  /** Notes that the answer was another one in the end. */
  answered(id: string, answer: CaptureAnswer): void {
    this.#put(writeAnswer(id, new Date(this.#now()).toISOString(), answer));
  }

  /** Notes what a place that it was handed on to answered. */
  forwarded(id: string, forward: CaptureForward): void {
    this.#put(writeForward(id, new Date(this.#now()).toISOString(), forward));
  }

  /** Resolves once all that was appended so far is on the disk itself; many callers share one sync. */
  synced(): Promise<void> {
    if (this.#syncing === undefined) return this.#sync();
    // The one that runs may have begun before the latest line was written.
    this.#nextSync ??= this.#syncing.then(() => {
      this.#nextSync = undefined;
      return this.#sync();
    });
    return this.#nextSync;
  }

  async close(): Promise<void> {
    await (this.#nextSync ?? this.#syncing);
    if (this.#segment !== undefined) releaseSegment(this.#segment);
    this.#segment = undefined;
  }

  #sync(): Promise<void> {
    const fd = this.#segment?.fd;
    if (fd === undefined) return Promise.resolve();
    this.#syncing = new Promise<void>((resolve) => {
      fdatasync(fd, (error) => {
        this.#syncing = undefined;
        if (error !== null) this.#tell(error);
        resolve();
      });
    });
    return this.#syncing;
  }

  #put(line: string): boolean {
    const bytes = Buffer.from(`${line}\n`);
    try {
      const { fd } = this.#current(bytes.length);
      try {
        for (let written = 0; written < bytes.length;) written += writeSync(fd, bytes, written);
      } catch (error) {
        // A part of the line would spoil the next one.
        ftruncateSync(fd, this.#bytes);
        throw error;
      }
      this.#bytes += bytes.length;
      this.#inTrouble = false;
      return true;
    } catch (error) {
      this.#tell(error);
      return false;
    }
  }

  #tell(error: unknown): void {
    if (!this.#inTrouble) this.#options.onTrouble?.(notWritable(this.folder, error));
    this.#inTrouble = true;
  }

  /** The segment for the next line: another one when this is full, old, or not there any more. */
  #current(bytes: number): OwnSegment {
    const own = this.#segment;
    if (own !== undefined) {
      const { nlink, size } = fstatSync(own.fd);
      // Emptied by `captures clear`, for one.
      this.#bytes = size;
      const isFull = size > 0 && size + bytes > this.#segmentBytes;
      const isOld = this.#now() - own.startedMs > this.#segmentMs;
      if (nlink > 0 && !isFull && !isOld) return own;
      this.#leave(own);
    }
    // Gone with all that was in it, or never there since it couldn't be written: both can change.
    prepareStore(this.folder);
    this.#prune();
    const made = createSegment(this.folder, this.#now());
    this.#segment = made;
    this.#bytes = 0;
    if (this.#options.durable) syncFolder(this.folder);
    return made;
  }

  #leave(own: OwnSegment): void {
    this.#segment = undefined;
    if (this.#options.durable) fdatasyncSync(own.fd);
    // A sync that runs needs the file open.
    if (this.#syncing === undefined) releaseSegment(own);
    else void this.#syncing.then(() => releaseSegment(own));
  }

  /** Takes up the newest segment, when nobody writes to it and it isn't full or old. @returns bytes put aside */
  #goOn(): number {
    this.#prune();
    const all = listSegments(this.folder);
    const idle = all.filter((segment) => !isInUse(segment, all));
    const tornBytes = idle.reduce((sum, { path }) => sum + putTornLineAside(path), 0);
    const last = idle.at(-1);
    if (last === undefined || this.#options.apart || this.#now() - last.startedMs > this.#segmentMs) return tornBytes;
    this.#segment = takeOver(last, this.folder);
    return tornBytes;
  }

  #prune(): void {
    const { maxBytes = defaultMaxBytes, maxAgeMs = defaultMaxAgeMs } = this.#options;
    const all = listSegments(this.folder);
    let room = maxBytes - this.#segmentBytes - all.reduce((sum, { bytes }) => sum + bytes, 0);
    for (const segment of all) {
      const isOld = this.#now() - segment.endedMs > maxAgeMs;
      if ((room >= 0 && !isOld) || isInUse(segment, all)) continue;
      dropSegment(segment, all);
      room += segment.bytes;
    }
  }
}
