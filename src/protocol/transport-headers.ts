// What a server's HTTP client adds to the headers that the server sets, and where it puts it.
import type { HeaderPair, WireDelivery } from "./wire-delivery.js";

/** A GET without a body announces no length of it. */
function announcesLength({ method, body }: WireDelivery): boolean {
  return method !== "GET" || body.length > 0;
}

/**
 * The headers of a delivery as they go over the wire, its own in their order and the transport's in their place. Node's
 * clients put `content-length` behind `accept-encoding`, and `Host` and `Connection` last [seen: all recorded servers on
 * Node]; Bun's has `Connection`, `Accept`, `Host`, `Accept-Encoding`, `Content-Length` at the end [seen: Iceshrimp 2026.5.1].
 * What the delivery's headers have already stays as it is.
 * @param host where it goes, with its port: `127.0.0.1:4649`
 */
export function transportHeaders(delivery: WireDelivery, host: string): HeaderPair[] {
  const given = new Set(delivery.headers.map(([name]) => name.toLowerCase()));
  const missing = (name: string, value: string): HeaderPair[] => (given.has(name.toLowerCase()) ? [] : [[name, value]]);
  const bodyLength = String(delivery.body.length);
  const length = (name: string): HeaderPair[] => (announcesLength(delivery) ? missing(name, bodyLength) : []);
  const hostPair = missing("Host", host);
  const connection = missing("Connection", "keep-alive");

  const asBun = delivery.headers.at(-2)?.[0] === "Accept" && delivery.headers.at(-1)?.[0] === "Accept-Encoding";
  if (asBun) {
    const [accept, encoding] = delivery.headers.slice(-2) as [HeaderPair, HeaderPair];
    const own = delivery.headers.slice(0, -2);
    return [...own, ...connection, accept, ...hostPair, encoding, ...length("Content-Length")];
  }
  const encodingAt = delivery.headers.findIndex(([name]) => name.toLowerCase() === "accept-encoding");
  const before = delivery.headers.slice(0, encodingAt + 1);
  const after = delivery.headers.slice(encodingAt + 1);
  const own =
    encodingAt === -1 ? [...after, ...length("content-length")] : [...before, ...length("content-length"), ...after];
  return [...own, ...hostPair, ...connection];
}
