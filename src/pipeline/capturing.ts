// A sink: keeps every delivery before it is answered, and what targets answered afterwards. It never stops a run: what
// can't be kept is counted and told.
import { type CaptureAnswer, CaptureWriter, type CaptureWriterOptions, type NewCapture } from "../captures/index.js";
import { LocalError } from "../errors.js";
import type { ForwardAnswer } from "../forward/index.js";
import type { JudgedDelivery } from "./judged-delivery.js";
import type { Sink } from "./sink.js";

export interface CapturingOptions extends Omit<CaptureWriterOptions, "onTrouble"> {
  readonly folder: string;
  /** Told why deliveries can't be kept, once until it works again. */
  readonly onTrouble: (trouble: LocalError) => void;
  /** Told of bytes that a killed run left behind, and that were put aside. */
  readonly onTorn: (bytes: number) => void;
  /** Told in the end how many couldn't be kept, if any. */
  readonly onLost: (count: number) => void;
}

function captureOf({ id, source, delivery, event }: JudgedDelivery): NewCapture {
  const { kind: _, at, bytes: __, ...facts } = event;
  return { id, at, delivery, httpVersion: "1.1", facts: { ...facts, source } };
}

function answerOf({ status, reason, simulated }: JudgedDelivery["event"]): CaptureAnswer {
  return { status, ...(reason === undefined ? {} : { reason }), ...(simulated === undefined ? {} : { simulated }) };
}

/** Keeps deliveries in the store of a folder. */
export class Capturing implements Sink {
  readonly #options: CapturingOptions;
  readonly #writer: CaptureWriter | undefined;
  /** Those that were kept before their answer, and what it was to be. */
  readonly #waiting = new Map<string, number>();
  #lost = 0;

  constructor(options: CapturingOptions) {
    this.#options = options;
    try {
      this.#writer = new CaptureWriter(options.folder, options);
      if (this.#writer.tornBytes > 0) options.onTorn(this.#writer.tornBytes);
    } catch (error) {
      if (!(error instanceof LocalError)) throw error;
      options.onTrouble(error);
    }
  }

  readonly beforeAnswer = async (judged: JudgedDelivery): Promise<undefined> => {
    this.#keep(judged);
    this.#waiting.set(judged.id, judged.event.status);
    if (this.#options.durable) await this.#writer?.synced();
  };

  readonly take = (judged: JudgedDelivery): void => {
    const { id, event } = judged;
    const status = this.#waiting.get(id);
    this.#waiting.delete(id);
    // Nobody was asked before an answer that came of a broken connection.
    if (status === undefined) this.#keep(judged);
    else if (status !== event.status || event.simulated !== undefined) this.#writer?.answered(id, answerOf(event));
  };

  readonly forwarded = ({ id }: JudgedDelivery, { url, status, ms, error }: ForwardAnswer): void => {
    this.#writer?.forwarded(id, { url, status, ms, ...(error === undefined ? {} : { error }) });
  };

  readonly close = async ({ sourceClosed }: { readonly sourceClosed: Promise<void> }): Promise<void> => {
    await sourceClosed;
  };

  readonly ended = (): void => {
    const lost = this.#lost + (this.#writer?.counts.lost ?? 0);
    if (lost > 0) this.#options.onLost(lost);
    void this.#writer?.close();
  };

  #keep(judged: JudgedDelivery): void {
    // A browser or a health check is no delivery.
    if (judged.event.status === 405 && judged.event.hookId === null) return;
    if (this.#writer === undefined) this.#lost += 1;
    else this.#writer.append(captureOf(judged));
  }
}
