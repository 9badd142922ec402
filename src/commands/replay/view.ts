// What a person and a script see of a replay.
import type { StoredCapture } from "../../captures/index.js";
import type { ForwardAnswer } from "../../forward/index.js";
import type { CommandContext } from "../command.js";
import { reportStyle } from "../output/style.js";

/** One capture that was sent again. */
export interface Replayed {
  /** The answer is as expected. */
  readonly ok: boolean;
  readonly capture: StoredCapture;
  readonly answer: ForwardAnswer;
  /** Of the body that was sent. */
  readonly bytes: number;
}

/** So many are shown one by one; of more, what is wrong, and how far it is. */
const mostShown = 50;
const progressEveryMs = 2000;

/** Its keys are a contract that scripts rely on. */
function replayJson({ ok, capture, answer, bytes }: Replayed): string {
  const { url, status, ms, body, error } = answer;
  const answered = {
    status,
    ms,
    ...(body === undefined ? {} : { body }),
    ...(error === undefined ? {} : { error }),
  };
  return JSON.stringify({ ok, id: capture.id, url, recorded: { status: capture.facts.status }, answered, bytes });
}

export class ReplayView {
  readonly #context: CommandContext;
  readonly #total: number;
  #done = 0;
  #wrong = 0;
  #toldAtMs: number;

  constructor(context: CommandContext, total: number) {
    this.#context = context;
    this.#total = total;
    this.#toldAtMs = context.now();
  }

  answered(replayed: Replayed): void {
    this.#done += 1;
    if (!replayed.ok) this.#wrong += 1;
    const { json, quiet } = this.#context;
    if (json) this.#context.result(replayJson(replayed));
    else if (!replayed.ok || (!quiet && this.#total <= mostShown)) this.#context.result(this.#line(replayed));
    if (!quiet && !json) this.#progress();
  }

  end(): void {
    if (this.#context.json || this.#context.quiet || this.#total === 1) return;
    const wrong = this.#wrong === 0 ? "all answered as expected" : `${this.#wrong} not as expected`;
    this.#context.note(`Replayed ${this.#done} of ${this.#total}, ${wrong}.`);
  }

  #progress(): void {
    const now = this.#context.now();
    if (this.#total <= mostShown || now - this.#toldAtMs < progressEveryMs) return;
    this.#toldAtMs = now;
    this.#context.note(`${this.#done} of ${this.#total} …`);
  }

  #line({ ok, capture, answer }: Replayed): string {
    const style = reportStyle(this.#context.colour.result);
    const { url, status, ms, body, error } = answer;
    const paint = ok ? style.good : style.bad;
    const got = status === null ? `no answer: ${style.safe(error ?? "", 200)}` : `${status} in ${ms} ms`;
    const recorded = style.faint(capture.facts.status === null ? "" : `(recorded: ${capture.facts.status})`);
    const what = `${style.faint(capture.id)}  ${style.safe(capture.facts.event ?? "–", 40)}`;
    const said = body === undefined ? "" : `\n    it says: ${style.safe(body, 200)}`;
    return `${paint(ok ? "✓" : "✗")} ${what} → ${style.safe(url, 120)}  ${paint(got)} ${recorded}`.trimEnd() + said;
  }
}
