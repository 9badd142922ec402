// What `send` does when it sends: one event or many, reported as they end.
import { createSender, type DeliveryResult } from "../../delivery/index.js";
import type { Outcome } from "../../errors.js";
import { type DeliveryReport, maskHeaders, prettyDelivery } from "../../reporters/index.js";
import type { CommandContext } from "../command.js";
import { reportStyle } from "../output/style.js";
import { readNetwork, type TrustOptions } from "../options/trust.js";
import { progressNotes } from "./progress.js";
import type { PreparedEvent, RequestPlan } from "./request.js";
import { outcomeOfSeries, repeat, reportSeries } from "./series.js";

/** `send`'s options, as far as they decide how it is sent. */
export interface DeliveryOptions extends TrustOptions {
  readonly times: number;
  readonly concurrency: number;
  readonly timeout: number;
  readonly retry?: true;
  readonly timeScale: number;
  readonly redirect: boolean;
}

function reportOn(
  plan: RequestPlan,
  { variant, eventId, delivery }: PreparedEvent,
  result: DeliveryResult,
): DeliveryReport {
  const { event, url } = plan;
  return {
    ok: result.outcome === "delivered",
    event,
    variant,
    dialect: plan.dialectName,
    eventId,
    url,
    request: { headers: Object.fromEntries(maskHeaders(delivery.headers)), bytes: delivery.body.length },
    attempts: result.attempts.map(({ n, status, ms, body, error, redirects }) => ({
      n,
      status,
      ms,
      ...(body === undefined ? {} : { body }),
      ...(error === undefined ? {} : { error }),
      ...(redirects.length === 0
        ? {}
        : { redirects: redirects.map(({ status: by, to, method }) => ({ status: by, to, method })) }),
    })),
    outcome: result.outcome,
  };
}

/** Sends what was planned. The outcome is the worst of all: no response before a refusal before a 2xx. */
export async function sendEvents(
  plan: RequestPlan,
  options: DeliveryOptions,
  context: CommandContext,
): Promise<Outcome> {
  const { times, concurrency } = options;
  const style = reportStyle(context.colour.result);
  const network = await readNetwork(options, context, "secret");
  const sender = createSender({ concurrency, random: plan.random, network });
  const attempts = options.retry === true ? plan.dialect.policy.attempts : 1;
  const onEvent = progressNotes(times === 1 ? attempts : 1, context);
  const reports: DeliveryReport[] = [];
  const startedAt = performance.now();

  const sendOne = async (): Promise<void> => {
    const event = plan.next();
    const result = await sender.deliver(event.delivery, plan.url, {
      policy: plan.dialect.policy,
      retry: options.retry === true,
      timeoutMs: options.timeout,
      redirects: options.redirect ? "follow" : "manual",
      timeScale: options.timeScale,
      signal: context.signal,
      onEvent,
    });
    const report = reportOn(plan, event, result);
    reports.push(report);
    if (context.json) context.result(JSON.stringify(times === 1 ? report : { kind: "delivery", ...report }));
    else if (times === 1 || !report.ok) context.result(prettyDelivery(report, plan.dialect, style));
  };

  try {
    await repeat(times, concurrency, context.signal, sendOne);
  } finally {
    await sender.close();
  }
  if (times > 1) reportSeries(reports, performance.now() - startedAt, style, context);
  return context.signal.aborted ? "interrupted" : outcomeOfSeries(reports);
}
