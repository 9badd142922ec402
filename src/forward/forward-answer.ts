// What a handler said to a delivery, and which of several answers counts.
import type { Attempt, FailureCode } from "../delivery/index.js";

/** What a handler answered. */
export interface ForwardAnswer {
  /** Where it was handed to. */
  readonly url: string;
  /** null when there was no answer; `error` then says why. */
  readonly status: number | null;
  /** Until the answer's headers, or the failure; whole milliseconds. */
  readonly ms: number;
  /** A 2xx. */
  readonly ok: boolean;
  /** What an answer other than a 2xx says: short, printable, without the secret. */
  readonly body?: string;
  /** A sentence. */
  readonly error?: string;
  /** Why there was no answer, as a code. */
  readonly failure?: FailureCode;
  /** 1 is the first; only where there may be several. */
  readonly attempt?: number;
  /** The next attempt comes after so many milliseconds; left out when there is none. */
  readonly retryInMs?: number;
}

export function forwardAnswer(url: string, { status, ms, body, error }: Attempt): ForwardAnswer {
  return {
    url,
    status,
    ms,
    ok: status !== null && status >= 200 && status < 300,
    ...(body === undefined ? {} : { body }),
    ...(error === undefined ? {} : { error: error.message, failure: error.code }),
  };
}

/** As a gateway would answer: the handler's own status, 504 when it was too late, 502 when there was none at all. */
export function gatewayStatus({ status, failure }: Pick<ForwardAnswer, "status" | "failure">): number {
  return status ?? (failure === "timeout" ? 504 : 502);
}

/** The one whose status as a gateway's is the highest; undefined of none. */
export function worstAnswer(answers: readonly ForwardAnswer[]): ForwardAnswer | undefined {
  return answers.toSorted((one, other) => gatewayStatus(other) - gatewayStatus(one))[0];
}
