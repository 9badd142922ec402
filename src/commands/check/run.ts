// Runs the checks with everything around them that must be closed again: the started handler, the sink.
import {
  type CheckResult,
  type CheckRun,
  observeUrl,
  openOutbound,
  runChecks,
  startHandler,
} from "../../conformance/index.js";
import type { Network } from "../../network/index.js";
import { readNetwork } from "../options/trust.js";
import { type CheckOptions, type CheckRequest, readUrl } from "./request.js";
import type { CommandContext } from "../command.js";

const defaultOutboundPort = 4650;

/** What is open during a run, closed in the opposite order. */
type Closers = (() => Promise<void>)[];

async function openSink(port: number | true | undefined, closers: Closers, context: CommandContext) {
  if (port === undefined) return undefined;
  const outbound = await openOutbound(port === true ? defaultOutboundPort : port);
  closers.push(outbound.close);
  context.note(`Point the handler's own calls at ${outbound.url}`);
  return outbound;
}

async function start(
  request: CheckRequest,
  options: CheckOptions,
  network: Network,
  closers: Closers,
  context: CommandContext,
) {
  if (options.start === undefined) return undefined;
  const handler = await startHandler({
    command: options.start,
    waitOn: options.waitOn === undefined ? request.url : readUrl(options.waitOn, "--wait-on"),
    withinMs: options.startTimeout,
    network,
    cwd: context.cwd,
    env: context.env,
    signal: context.signal,
  });
  closers.push(handler.stop);
  return handler;
}

/** Opens what is needed, runs, and closes it again whatever happens. */
export async function performChecks(
  request: CheckRequest,
  options: CheckOptions,
  context: CommandContext,
  onResult: (result: CheckResult) => void,
): Promise<CheckRun> {
  const closers: Closers = [];
  try {
    const outbound = await openSink(options.outbound, closers, context);
    const network = await readNetwork(options, context, "secret");
    const handler = await start(request, options, network, closers, context);
    const { observe } = options;
    const counter = observe === undefined ? undefined : observeUrl(readUrl(observe, "--observe"), network);
    const { server, hookId, userId, text } = options;
    return await runChecks({
      ...request,
      network,
      server,
      hookId,
      userId,
      text,
      outbound,
      onResult,
      effectCounter: counter,
      requireRejection: options.requireRejection === true || options.level === "strict",
      budget: { limitMs: options.maxTime },
      restart: handler?.restart,
      signal: context.signal,
      now: () => context.now(),
      random: () => context.random(),
    });
  } finally {
    for (const close of closers.toReversed()) await close();
  }
}
