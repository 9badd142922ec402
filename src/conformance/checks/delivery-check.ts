// What checks of how deliveries come have in common.
import type { Check } from "./check.js";

export type DeliveryWords = Pick<Check, "title" | "sends" | "expects" | "why" | "fix">;

/** A check of the theme `delivery`. */
export function delivery(name: string, words: DeliveryWords, run: Check["run"], more: Partial<Check> = {}): Check {
  return {
    id: `delivery.${name}`,
    severity: "error",
    level: "standard",
    needs: ["accepted"],
    alone: true,
    ...words,
    ...more,
    run,
  };
}
