// The counter endpoint of --observe: a GET that answers how often the handler has acted.
import { UnreachableError } from "../../errors.js";
import type { Network } from "../../network/index.js";
import { httpProbe } from "../probe/http-probe.js";
import type { EffectCounter } from "./effect-counter.js";

function numberIn(text: string): number | undefined {
  const plain = text.trim();
  if (/^\d+$/.test(plain)) return Number(plain);
  try {
    const value: unknown = JSON.parse(plain);
    if (typeof value !== "object" || value === null) return undefined;
    const object = value as Record<string, unknown>;
    const candidate = object["count"] ?? Object.values(object).find((entry) => typeof entry === "number");
    return Array.isArray(value) ? value.length : typeof candidate === "number" ? candidate : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A counter that asks this URL: its answer is a number, a JSON object with a number (`count` before others), or a list.
 * @throws UnreachableError `no-counter` when it doesn't answer so
 */
export function observeUrl(url: URL, network?: Network): EffectCounter {
  const probe = httpProbe(url, { network });
  return async () => {
    const answer = await probe(
      { method: "GET", headers: [["accept", "*/*"]], body: new Uint8Array() },
      { answerMs: 5000, bodyMs: 2000 },
    );
    const count = answer.status === 200 ? numberIn(answer.body) : undefined;
    if (count !== undefined) return count;
    throw new UnreachableError("no-counter", { url: url.href });
  };
}
