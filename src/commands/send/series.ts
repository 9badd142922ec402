// `send --times`: many events, a few at once, and what became of them.
import type { Outcome } from "../../errors.js";
import { durationInWords } from "../../reporters/index.js";
import type { DeliveryReport, ReportStyle } from "../../reporters/index.js";
import type { CommandContext } from "../command.js";

type Counts = Record<DeliveryReport["outcome"], number>;

/** Runs `task` so many times, never more than `concurrency` at once, and no further once the signal is aborted. */
export async function repeat(
  times: number,
  concurrency: number,
  signal: AbortSignal,
  task: () => Promise<void>,
): Promise<void> {
  let begun = 0;
  const line = async (): Promise<void> => {
    while (begun < times && !signal.aborted) {
      begun++;
      await task();
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, times) }, line));
}

/** The worst outcome decides: unreachable before refused before delivered. */
export function outcomeOfSeries(reports: readonly DeliveryReport[]): Outcome {
  if (reports.some(({ outcome }) => outcome === "failed")) return "unreachable";
  return reports.every(({ ok }) => ok) ? "done" : "fell-short";
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** The end of a series: the last NDJSON line, or the last line of text. */
export function reportSeries(
  reports: readonly DeliveryReport[],
  elapsedMs: number,
  style: ReportStyle,
  context: CommandContext,
): void {
  const counts: Counts = { delivered: 0, refused: 0, failed: 0 };
  for (const { outcome } of reports) counts[outcome]++;
  const times = reports.flatMap(({ attempts }) => attempts.map(({ ms }) => ms)).toSorted((a, b) => a - b);
  const latencyMs = { p50: percentile(times, 0.5), p95: percentile(times, 0.95), p99: percentile(times, 0.99) };
  const ok = counts.delivered === reports.length;
  if (context.json) {
    context.result(JSON.stringify({ kind: "end", ok, counts, ms: Math.round(elapsedMs), latencyMs }));
    return;
  }
  const paint = ok ? style.good : style.bad;
  const { delivered, refused, failed } = counts;
  const perSecond = Math.round(reports.length / (elapsedMs / 1000));
  context.result(
    `${paint(`${delivered} delivered, ${refused} refused, ${failed} without a response`)} ${style.faint(
      `in ${durationInWords(elapsedMs)} (${perSecond}/s; half within ${latencyMs.p50} ms, 99 % within ${latencyMs.p99} ms)`,
    )}`,
  );
}
