// What a stretch of deliveries amounts to: counted as they come, so that thousands of them take no memory.
import type { DeliveryEvent } from "./delivery-event.js";

/** Deliveries by what became of them. */
export interface DeliveryCounts {
  /** All of them, without `probes`. */
  readonly deliveries: number;
  /** Answered with a 2xx. */
  readonly accepted: number;
  readonly rejected: number;
  /** Accepted, and with findings of severity error. */
  readonly withFindings: number;
  /** Accepted, and of an event that wasn't expected. */
  readonly unexpected: number;
  readonly redeliveries: number;
  /** Answered on purpose as they wouldn't have been: counted as accepted, as they would have been. Left out when none. */
  readonly simulated?: number;
  /** Requests that were no deliveries at all: another method, and no hook header (a browser, a health check). */
  readonly probes: number;
}

function isProbe({ status, hookId }: DeliveryEvent): boolean {
  return status === 405 && hookId === null;
}

export class DeliveryTally {
  #counts = { deliveries: 0, accepted: 0, rejected: 0, withFindings: 0, unexpected: 0, redeliveries: 0, probes: 0 };
  #simulated = 0;

  add(event: DeliveryEvent): void {
    const counts = this.#counts;
    if (isProbe(event)) {
      counts.probes += 1;
      return;
    }
    counts.deliveries += 1;
    if (event.redelivery) counts.redeliveries += 1;
    if (event.simulated !== undefined) this.#simulated += 1;
    if (event.status >= 300 && event.simulated === undefined) counts.rejected += 1;
    else {
      counts.accepted += 1;
      if (event.reason !== undefined) counts.unexpected += 1;
      if (event.findings.some(({ severity }) => severity === "error")) counts.withFindings += 1;
    }
  }

  get deliveries(): number {
    return this.#counts.deliveries;
  }

  get counts(): DeliveryCounts {
    return { ...this.#counts, ...(this.#simulated > 0 && { simulated: this.#simulated }) };
  }

  /** Nothing was rejected, unexpected, or had findings of severity error. */
  get ok(): boolean {
    const { rejected, withFindings, unexpected } = this.#counts;
    return rejected + withFindings + unexpected === 0;
  }
}
