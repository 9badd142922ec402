// One delivery as it goes over the wire, whoever sends, receives, keeps or hands it on. What is known about it (a verdict,
// a decision, what attempts came to) stands in types of its own beside it.

/** One header in the case that is sent. A name may come more than once. */
export type HeaderPair = readonly [name: string, value: string];

/** Method, target, headers and body of a delivery, byte by byte. Its headers hold the hook's secret. */
export interface WireDelivery {
  /** `POST`; something else only where somebody sends what no server does. */
  readonly method: string;
  /** Path and query as in the request line: `/hook?key=1`. */
  readonly path: string;
  /** In the order and case of the wire. */
  readonly headers: readonly HeaderPair[];
  /** The exact bytes; empty when there was no body, or it wasn't read. */
  readonly body: Uint8Array;
}

/** A delivery to that URL: a POST to its path and query. */
export function deliveryTo(
  { pathname, search }: URL,
  { headers, body }: Pick<WireDelivery, "headers" | "body">,
): WireDelivery {
  return { method: "POST", path: pathname + search, headers, body };
}
