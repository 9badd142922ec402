// What a person sees of a stream's connection, and what a script reads: both from the same object.
import type { InstanceUrl, StreamState } from "../../instance/index.js";
import type { Dialect } from "../../protocol/index.js";
import { durationInWords } from "../../reporters/index.js";
import { createTheme, shorten } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { warn } from "../output/warn.js";
import type { Setup } from "./setup.js";

/** What webhooks have and a stream hasn't. Seen on Misskey 2026.3.2. */
const lacks = [
  "A stream isn't all that webhooks are: it lacks the account's notes in channels that it doesn't follow and the mentions of muted users, and nothing is sent again that came while it was disconnected.",
  "While this runs, the account looks online.",
];

const safe = (text: string): string => shorten(text, 200);

function attemptsInWords(count: number): string {
  return `${count} ${count === 1 ? "attempt" : "attempts"}`;
}

/** Tells how the connection is, on the streams that the context gives. */
export class StreamView {
  readonly #setup: Setup;
  readonly #instance: InstanceUrl;
  readonly #dialect: Dialect;
  readonly #context: CommandContext;
  #isReady = false;

  /** `dialect`: the instance's, as far as it is known. */
  constructor(setup: Setup, instance: InstanceUrl, dialect: Dialect, context: CommandContext) {
    this.#setup = setup;
    this.#context = context;
    this.#instance = instance;
    this.#dialect = dialect;
  }

  state(state: StreamState): void {
    if (!this.#isReady && state.state === "connected") {
      this.#isReady = true;
      this.#ready(state);
      return;
    }
    const context = this.#context;
    const at = new Date(context.now());
    if (context.json) context.result(JSON.stringify({ kind: "stream", at: at.toISOString(), ...state }));
    else if (!context.quiet) {
      const theme = createTheme(context.colour.note);
      const paint = state.state === "connected" ? theme.good : theme.warning;
      context.note(`${theme.faint(at.toTimeString().slice(0, 8))}  ${paint(sentence(state))}`);
    }
  }

  #ready({ account, tokenIn }: Extract<StreamState, { state: "connected" }>): void {
    const context = this.#context;
    const { secrets, remarks } = this.#setup;
    const { origin, host } = this.#instance;
    const inUrl =
      tokenIn !== "url" ? [] : [`${host} takes the token in the stream's address alone, which its logs may keep.`];
    const unheard = this.#dialect.api.streamTellsSpecified
      ? []
      : [
          `${this.#dialect.title}'s stream also lacks the mentions in notes that others send to the account alone, and the account's own edits.`,
        ];
    for (const remark of [...remarks, ...lacks, ...unheard, ...inUrl]) warn(remark, context);
    if (context.json) {
      const secret = secrets.generated === undefined ? {} : { secret: secrets.generated };
      const { username } = account;
      context.result(
        JSON.stringify({ kind: "ready", url: `${origin}/streaming`, source: "stream", username, ...secret }),
      );
      return;
    }
    const theme = createTheme(context.colour.note);
    const who = theme.strong(`@${safe(account.username)}@${host}`);
    if (!context.quiet) context.note(`Following the stream of ${who} — Ctrl-C stops it.`);
    if (secrets.generated !== undefined) {
      context.note(`No secret was given, so this run's deliveries carry one of its own: ${secrets.generated}`);
    }
  }
}

function sentence(state: StreamState): string {
  if (state.state === "disconnected") return `disconnected: ${safe(state.reason)}`;
  const { downMs } = state;
  if (state.state === "connected") {
    const after = `${durationInWords(downMs)} and ${attemptsInWords(state.attempts)}`;
    return `connected again after ${after}; what came meanwhile is lost`;
  }
  const why = state.reason === undefined ? "" : ` (${safe(state.reason)})`;
  const since = downMs < 1000 ? "" : `disconnected for ${durationInWords(downMs)}${why}; `;
  return `${since}attempt ${state.attempt} to come back in ${durationInWords(state.delayMs)}`;
}
