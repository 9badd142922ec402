// The client of the handler: every request of a run goes through here. Knows whether its process is still there, what
// it failed on, and which URL it is under.
import { InterruptedError } from "../../errors.js";
import { type Network, proxyFor } from "../../network/index.js";
import { type Answer, kindOf, type Patience, type Probe, type ProbeRequest } from "../probe/answer.js";
import { type RunTime, sleep } from "../probe/time.js";
import { httpProbe, httpSession, type ProbeSession } from "../probe/http-probe.js";
import type { Plan } from "../deliveries/plans.js";
import type { RateLimit, SeenLimit } from "./rate-limit.js";
import { isListening, waitForReturn } from "./port-check.js";

export interface ClientOptions {
  readonly url: URL;
  readonly signal?: AbortSignal | undefined;
  readonly network?: Network | undefined;
  readonly rateLimit: RateLimit;
  readonly time: RunTime;
  /** Starts the handler again after its process ended; false when that fails. */
  readonly restart?: (() => Promise<boolean>) | undefined;
}

/** A delivery to which the handler answered with trouble of its own, byte for byte. */
export interface FailedDelivery {
  readonly plan: Plan;
  readonly request: ProbeRequest;
}

export interface HandlerClient {
  /** One request, again when a rate limit (429) allows it. Rejects only with InterruptedError. */
  readonly probe: (request: ProbeRequest, patience?: Partial<Patience>) => Promise<Answer>;
  /** One request, and its answer as it is: for what is a test of load. Rejects only with InterruptedError. */
  readonly probeOnce: (request: ProbeRequest, patience?: Partial<Patience>) => Promise<Answer>;
  /**
   * One delivery. A closed connection is tried anew, with fresh ids, twice: it may have been bad luck, unless the
   * process has ended.
   */
  readonly send: (plan: Plan, answerMs?: number) => Promise<Answer>;
  readonly openSession: () => ProbeSession;
  /** Waits so many milliseconds. Rejects only with InterruptedError. */
  readonly sleep: (ms: number) => Promise<void>;
  /** When the last request was over, by the run's clock; what it made the handler do may still come. */
  readonly lastRequestAt: () => number;
  /** Makes all further requests go to another URL. */
  readonly moveTo: (url: URL) => void;
  readonly isThere: () => Promise<boolean>;
  /** Waits for a process that has ended to come back, or brings it back; false when it doesn't. */
  readonly comesBack: () => Promise<boolean>;
  /** How often it came back so far. */
  readonly returns: () => number;
  /** What was seen of its rate limit; undefined as long as no 429 came. */
  readonly limit: () => SeenLimit | undefined;
  /** Deliveries that met with a 5xx or a closed connection, and that the process survived: the first few. */
  readonly failed: readonly FailedDelivery[];
}

/** As long as a server waits for an answer. */
export const senderPatienceMs = 5000;
/** Longer than that, to tell a slow handler from one that hangs. */
export const patientMs = 12_000;
const bodyPatienceMs = { usual: 400, endless: 60 } as const;
/** A crash after the answer comes within this. */
export const settleMs = 15;
/** How long a supervisor may take to start a handler again. */
const returnMs = 3000;
const triesOnClosed = 3;
const keptFailures = 8;

export function createClient({
  url: firstUrl,
  signal,
  network,
  rateLimit,
  time,
  restart,
}: ClientOptions): HandlerClient {
  const failed: FailedDelivery[] = [];
  const way = { signal, network, time };
  let url = firstUrl;
  let returns = 0;
  let lastRequestAt = 0;
  let bodyMs: number = bodyPatienceMs.usual;

  async function probeOnce(request: ProbeRequest, patience: Partial<Patience> = {}): Promise<Answer> {
    const answer = await httpProbe(url, way)(request, { answerMs: senderPatienceMs, bodyMs, ...patience });
    lastRequestAt = time.now();
    if (signal?.aborted === true) throw new InterruptedError();
    // An endless body has a check of its own; the others needn't wait for it.
    if (answer.status !== null && !answer.ended) bodyMs = bodyPatienceMs.endless;
    return answer;
  }

  const probe: HandlerClient["probe"] = (...probed) => rateLimit.waitOut(() => probeOnce(...probed));

  function openSession(): ProbeSession {
    const session = httpSession(url, way);
    const probeNow: Probe = async (...probed) => {
      const answer = await session.probe(...probed);
      lastRequestAt = time.now();
      return answer;
    };
    return { ...session, probe: (...probed) => rateLimit.waitOut(() => probeNow(...probed)) };
  }

  // What is behind a proxy can't be seen by connecting to it.
  const isProxied = network !== undefined && proxyFor(firstUrl, network) !== undefined;
  const isThere = async (): Promise<boolean> => isProxied || isListening(url);

  async function comesBack(): Promise<boolean> {
    const isBack = await (restart === undefined ? waitForReturn(url, returnMs, time, signal) : restart());
    if (isBack) returns++;
    return isBack;
  }

  async function send(plan: Plan, answerMs: number = senderPatienceMs): Promise<Answer> {
    let request = plan.fresh();
    let answer = await probe(request, { answerMs });
    let hasEnded = false;
    for (let n = 2; n <= triesOnClosed && answer.silence?.reason === "closed"; n++) {
      hasEnded = !(await isThere());
      if (hasEnded) {
        await comesBack();
        break;
      }
      request = plan.fresh();
      const next = await probe(request, { answerMs });
      // A process that ended answers no more: what it did before that counts.
      if (next.silence?.reason === "refused") {
        hasEnded = true;
        break;
      }
      answer = next;
    }
    const isTrouble = (kindOf(answer) === "failed" && answer.status !== 429) || answer.silence?.reason === "closed";
    if (isTrouble && !hasEnded && failed.length < keptFailures) failed.push({ plan, request });
    return answer;
  }

  return {
    probe,
    probeOnce,
    send,
    openSession,
    sleep: (ms) => sleep(time, ms, signal),
    limit: rateLimit.seen,
    lastRequestAt: () => lastRequestAt,
    moveTo: (target) => void (url = target),
    isThere,
    comesBack,
    returns: () => returns,
    failed,
  };
}
