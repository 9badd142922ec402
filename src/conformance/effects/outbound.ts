// The sink of --outbound: an HTTP server that a handler is pointed at instead of the service it would call, so that
// its actions can be counted, and made to fail.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { LocalError } from "../../errors.js";

/** As much of a call as is looked at. */
const mostKeptBytes = 64 * 1024;

export interface Outbound {
  readonly url: string;
  /** Requests so far. */
  readonly count: () => number;
  /** Their targets, a line break and the beginning of their bodies. */
  readonly calls: () => readonly string[];
  /** From now on every request is answered 503 (true) or 200 with `{}` (false, as at the start). */
  readonly fail: (failing: boolean) => void;
  readonly close: () => Promise<void>;
}

/**
 * Listens on 127.0.0.1.
 * @param port 0 lets the system choose
 * @throws LocalError `port-in-use`, `cannot-listen`
 */
export async function openOutbound(port: number): Promise<Outbound> {
  const calls: string[] = [];
  let failing = false;
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    let keptBytes = 0;
    request.on("data", (chunk: Buffer) => {
      if (keptBytes < mostKeptBytes) chunks.push(chunk);
      keptBytes += chunk.length;
    });
    request.on("end", () => {
      calls.push(`${request.url}\n${Buffer.concat(chunks).toString("utf8")}`);
      response.writeHead(failing ? 503 : 200, { "content-type": "application/json" }).end("{}");
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (cause: NodeJS.ErrnoException) => {
      const taken = cause.code === "EADDRINUSE";
      const place = { host: "127.0.0.1", port, by: "sink" } as const;
      reject(
        taken
          ? new LocalError("port-in-use", place, { cause })
          : new LocalError("cannot-listen", { ...place, why: cause.message }, { cause }),
      );
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    count: () => calls.length,
    calls: () => calls,
    fail: (next) => void (failing = next),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
