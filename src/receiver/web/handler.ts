// The receiver as a function from a web Request to a Response: for Deno, Bun, workers, and frameworks built on them.
import { answerText, hasNoBody } from "../core/answer-text.js";
import { createCore } from "../core/core.js";
import type { Decision } from "../core/decide.js";
import type { Answered, OnDelivery } from "../core/delivery-event.js";
import type { HandlerOptions } from "../core/policy.js";

const nothing = new Uint8Array();

/** The body; undefined as soon as it is larger than the limit. */
async function readBody({ body }: Request, maxBytes: number): Promise<Uint8Array | undefined> {
  if (body === null) return nothing;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.length;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk);
  }
  const whole = new Uint8Array(bytes);
  let offset = 0;
  for (const chunk of chunks) {
    whole.set(chunk, offset);
    offset += chunk.length;
  }
  return whole;
}

function answer(decision: Answered): Response {
  if (hasNoBody(decision.status)) return new Response(null, { status: decision.status });
  const headers = new Headers({ "content-type": "text/plain; charset=utf-8" });
  if (decision.status === 405) headers.set("allow", "POST");
  return new Response(answerText(decision), { status: decision.status, headers });
}

/**
 * A handler that answers as the receiver does: `export default { fetch: createWebHandler(…) }`. It never rejects.
 * @param onDelivery told about each delivery once it is decided
 * @throws UsageError `no-secret`
 */
export function createWebHandler(
  options: HandlerOptions,
  onDelivery: OnDelivery = () => {},
): (request: Request) => Promise<Response> {
  const core = createCore(options);
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const head = { method: request.method, path: pathname + search, headers: [...request.headers] };
    const arrival = core.begin(head, onDelivery);
    const end = (decision: Decision, body: Uint8Array = nothing): Promise<Response> =>
      new Promise((resolve) => {
        arrival.settle(decision, body, body.length, (final) => resolve(answer(final)));
      });
    if (arrival.refusal !== undefined) return end(arrival.refusal);
    try {
      const body = await readBody(request, core.maxBodyBytes);
      return await (body === undefined ? end(core.tooLarge) : end(arrival.decide(body), body));
    } catch {
      return end({ status: 400, reason: "the connection was closed before the body was whole" });
    }
  };
}
