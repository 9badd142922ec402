// Whether anybody listens at an address: a connection is opened and closed again, nothing is sent.
import { once } from "node:events";
import { connect } from "node:net";

/** Longer than this is no refusal. */
const patienceMs = 3000;

/** True only when the connection is refused; false when it opens, and when nothing can be said. */
export async function refusesConnections({ hostname, port, protocol }: URL, signal: AbortSignal): Promise<boolean> {
  const host = hostname.replace(/^\[|\]$/g, "");
  const socket = connect({ host, port: Number(port || (protocol === "https:" ? 443 : 80)) });
  try {
    await once(socket, "connect", { signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]) });
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ECONNREFUSED";
  } finally {
    // An error that comes after the end of our patience says nothing any more.
    socket.on("error", () => {});
    socket.destroy();
  }
}
