// Bytes to a port and bytes back, for requests that no HTTP client would send.
import { once } from "node:events";
import { connect } from "node:net";

/** Sends the bytes, keeps the connection open, and gives what came back until the server closed it. */
export async function rawExchange(port: number, bytes: string | Uint8Array): Promise<string> {
  const socket = connect({ port, host: "127.0.0.1" });
  const received: Buffer[] = [];
  socket.on("data", (chunk: Buffer) => received.push(chunk));
  socket.on("error", () => {}); // a reset ends the exchange like a close
  // Not by once(), which rejects with an error.
  const closed = new Promise((resolve) => void socket.on("close", resolve));
  await once(socket, "connect");
  socket.write(bytes);
  await closed;
  return Buffer.concat(received).toString("latin1");
}
