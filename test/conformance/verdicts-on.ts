// A handler's run, in time of its own.
import type { CheckRun } from "../../src/conformance/index.js";
import { createVirtualTime } from "../support/virtual-time.js";
import { checkHandler, type HandlerRun } from "./check-handler.js";
import { type Parts, startHandler } from "./handlers/handler.js";

export interface How extends HandlerRun {
  /** What it does is counted. */
  readonly observed?: boolean | undefined;
}

/** Starts the handler, checks it, and ends it. */
export async function runAgainst(parts: Parts, { observed, ...how }: How = {}): Promise<CheckRun> {
  const time = createVirtualTime();
  const handler = await startHandler(parts, undefined, time.pause);
  const effectCounter = observed === true ? () => Promise.resolve(handler.acted()) : undefined;
  try {
    return await checkHandler(handler.url, { effectCounter, ...how, time });
  } finally {
    time.end();
    await handler.close();
  }
}

/** The ids of the checks with this verdict, in their order. */
export function idsOf({ results }: CheckRun, verdict: string): string[] {
  return results.filter((result) => result.verdict === verdict).map(({ check }) => check.id);
}

/** Those about secrets. */
export function secretsOf(ids: readonly string[]): string[] {
  return ids.filter((id) => id.startsWith("secret."));
}
