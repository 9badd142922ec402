// The sink of a person's terminal and of a script's NDJSON: both are told the same objects.
import type { ForwardAnswer } from "../../forward/index.js";
import type { End, EndReason, JudgedDelivery, Sink } from "../../pipeline/index.js";
import type { ReportStyle } from "../../reporters/index.js";
import type { CommandContext } from "../command.js";
import { reportStyle } from "../output/style.js";
import { deliveryLines, payloadLines } from "./delivery-lines.js";
import { forwardEvent, forwardLine } from "./forward-event.js";

/** Tells what happens, on the streams that the context gives. With `--quiet`, what is right isn't told. */
export class ListenView implements Sink {
  readonly #context: CommandContext;
  readonly #show: boolean;
  readonly #style: ReportStyle;

  /** `show`: whole payloads. */
  constructor(context: CommandContext, show = false) {
    this.#context = context;
    this.#show = show;
    this.#style = reportStyle(context.colour.result);
  }

  readonly take = (judged: JudgedDelivery): void => {
    const { event } = judged;
    if (this.#context.quiet && event.ok && event.findings.length === 0) return;
    const { payload } = judged;
    const isShown = this.#show && payload !== undefined;
    this.#tell(isShown ? { ...event, payload } : event, () =>
      [...deliveryLines(judged, this.#style), ...(isShown ? [payloadLines(payload)] : [])].join("\n"),
    );
  };

  readonly forwarded = (judged: JudgedDelivery, answer: ForwardAnswer): void => {
    if (this.#context.quiet && answer.ok) return;
    const event = forwardEvent(judged, answer, this.#context.now());
    this.#tell(event, () => forwardLine(judged, event, this.#style));
  };

  readonly ended = ({ reason, counts }: End): void => {
    if (this.#context.json) this.#context.result(JSON.stringify({ kind: "end", reason, counts }));
    else if (!this.#context.quiet) this.#context.note(summaryLine({ reason, counts }));
  };

  #tell(event: object, pretty: () => string): void {
    this.#context.result(this.#context.json ? JSON.stringify(event) : pretty());
  }
}

const endings: Readonly<Record<EndReason, string>> = {
  count: "That was the last one",
  timeout: "The time is up",
  signal: "Stopped",
  failed: "It can't go on",
};

function summaryLine({ reason, counts }: End): string {
  const { deliveries, rejected, withFindings, unexpected, redeliveries, simulated = 0 } = counts;
  const details = [
    [rejected, "rejected"],
    [withFindings, "with findings"],
    [unexpected, "unexpected"],
    [redeliveries, redeliveries === 1 ? "redelivery" : "redeliveries"],
    [simulated, "with a simulated answer"],
  ] as const;
  const shown = details.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const noun = deliveries === 1 ? "delivery" : "deliveries";
  return `${endings[reason]}: ${deliveries} ${noun}${shown.length === 0 ? "" : `, ${shown.join(", ")}`}.`;
}
