// The port to the handler over real HTTP. Each probe has a connection of its own, so that no answer depends on how
// an earlier one ended; a session keeps one connection, to see whether that works too.
import { failureOf, type HttpClient, openHttpClient } from "../../delivery/index.js";
import type { Network } from "../../network/index.js";
import { headerLookup } from "../../protocol/index.js";
import { type RunTime, systemTime } from "./time.js";
import type { Answer, Patience, Probe, ProbeRequest, Silence } from "./answer.js";

const keptBodyBytes = 64 * 1024;

/** One kept-alive connection. */
export interface ProbeSession {
  readonly probe: Probe;
  readonly close: () => Promise<void>;
}

const reasons: Readonly<Record<string, Silence["reason"]>> = {
  "refused-connection": "refused",
  "unknown-host": "unreachable",
  "unreachable-host": "unreachable",
  tls: "tls",
  unsendable: "unreachable",
  timeout: "timeout",
  "not-http": "broken",
  aborted: "aborted",
};

function exchange(
  client: HttpClient,
  url: URL,
  request: ProbeRequest,
  patience: Patience,
  { signal, time = systemTime }: Way,
): Promise<Answer> {
  return new Promise((resolve) => {
    let startedAt = time.now();
    let head: { status: number; ms: number; headers: Record<string, string> } | undefined;
    let stop: ((reason: Error) => void) | undefined;
    const chunks: Uint8Array[] = [];
    let keptBytes = 0;
    const elapsed = (): number => Math.round(time.now() - startedAt);

    const finish = (ended: boolean): void => {
      cancel();
      signal?.removeEventListener("abort", onAbort);
      if (head) resolve({ ...head, body: Buffer.concat(chunks).toString("utf8"), ended });
    };
    const giveUp = (silence: Silence): void => {
      if (head) finish(false);
      else {
        finish(false);
        resolve({ status: null, ms: elapsed(), headers: {}, body: "", ended: false, silence });
      }
      stop?.(new Error(silence.message));
    };
    const onAbort = (): void => giveUp({ reason: "aborted", message: "Stopped before an answer came." });
    let cancel = time.after(patience.answerMs, () =>
      giveUp({ reason: "timeout", message: `no answer within ${patience.answerMs} ms` }),
    );
    if (signal?.aborted === true) return onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });

    const path = url.pathname + url.search;
    stop = client.dispatch({ ...request, path }, url, {
      onStart: () => {
        startedAt = time.now();
      },
      onHeaders: (status, headers) => {
        head = { status, ms: elapsed(), headers: Object.fromEntries(headerLookup(headers)) };
        cancel();
        cancel = time.after(patience.bodyMs, () => giveUp({ reason: "timeout", message: "the response doesn't end" }));
      },
      onData: (chunk) => {
        if (keptBytes < keptBodyBytes) chunks.push(chunk);
        keptBytes += chunk.length;
      },
      onEnd: () => finish(true),
      onError: (error) => {
        const { code, message } = failureOf(error, url);
        giveUp({ reason: reasons[code] ?? "closed", message });
      },
    });
  });
}

/** How the handler is reached. */
export interface Way {
  readonly signal?: AbortSignal | undefined;
  /** Proxies, and whom TLS trusts. Default: none, and whom Node trusts. */
  readonly network?: Network | undefined;
  /** Default: the system's. */
  readonly time?: RunTime | undefined;
}

/** One connection: a second one would hide what the first has come to. */
const oneConnection = 1;

/** Probes of this URL, each over a new connection. */
export function httpProbe(url: URL, way: Way = {}): Probe {
  return async (request, patience) => {
    const client = openHttpClient(way.network, oneConnection);
    const answer = await exchange(client, url, request, patience, way);
    await client.close();
    return answer;
  };
}

/** Probes of this URL over one connection, one after another, as a server's pool of connections does. */
export function httpSession(url: URL, way: Way = {}): ProbeSession {
  const client = openHttpClient(way.network, oneConnection);
  return {
    probe: (request, patience) => exchange(client, url, request, patience, way),
    close: () => client.close(),
  };
}
