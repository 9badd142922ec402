// The port to the handler over real HTTP. Each probe has a connection of its own, so that no answer depends on how
// an earlier one ended; a session keeps one connection, to see whether that works too.
import { Client } from "undici";
import { failureOf } from "../delivery/index.js";
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
  tls: "unreachable",
  unsendable: "unreachable",
  timeout: "timeout",
  "not-http": "broken",
  aborted: "aborted",
};

function headersOf(received: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(received).map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]),
  );
}

function exchange(
  client: Client,
  url: URL,
  request: ProbeRequest,
  patience: Patience,
  signal: AbortSignal | undefined,
): Promise<Answer> {
  return new Promise((resolve) => {
    let startedAt = performance.now();
    let head: { status: number; ms: number; headers: Record<string, string> } | undefined;
    let stop: ((reason: Error) => void) | undefined;
    const chunks: Buffer[] = [];
    let keptBytes = 0;
    const elapsed = (): number => Math.round(performance.now() - startedAt);

    const finish = (ended: boolean): void => {
      clearTimeout(timer);
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
    let timer = setTimeout(
      () => giveUp({ reason: "timeout", message: `no answer within ${patience.answerMs} ms` }),
      patience.answerMs,
    );
    if (signal?.aborted === true) return onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });

    client.dispatch(
      {
        path: url.pathname + url.search,
        method: request.method,
        headers: request.headers.flat(),
        body: request.body,
      },
      {
        onRequestStart: (controller) => {
          startedAt = performance.now();
          stop = (reason) => controller.abort(reason);
        },
        onResponseStart: (_, status, headers) => {
          if (status < 200 || head !== undefined) return;
          head = { status, ms: elapsed(), headers: headersOf(headers) };
          clearTimeout(timer);
          timer = setTimeout(() => giveUp({ reason: "timeout", message: "the response doesn't end" }), patience.bodyMs);
        },
        onResponseData: (_, chunk) => {
          if (keptBytes < keptBodyBytes) chunks.push(chunk);
          keptBytes += chunk.length;
        },
        onResponseEnd: () => finish(true),
        onResponseError: (_, error) => {
          const { code, message } = failureOf(error, url);
          giveUp({ reason: reasons[code] ?? "closed", message });
        },
      },
    );
  });
}

/** A client with one connection. Time-outs are ours, since undici's count in whole seconds. */
function connect(url: URL): Client {
  return new Client(url.origin, { headersTimeout: 0, bodyTimeout: 0, pipelining: 1, connect: { timeout: 60_000 } });
}

/** Probes of this URL, each over a new connection. */
export function httpProbe(url: URL, signal?: AbortSignal): Probe {
  return async (request, patience) => {
    const client = connect(url);
    client.on("disconnect", () => {}); // the answer says it
    const answer = await exchange(client, url, request, patience, signal);
    await client.destroy();
    return answer;
  };
}

/** Probes of this URL over one connection, one after another, as a server's pool of connections does. */
export function httpSession(url: URL, signal?: AbortSignal): ProbeSession {
  const client = connect(url);
  return {
    probe: (request, patience) => exchange(client, url, request, patience, signal),
    close: () => client.destroy(),
  };
}
