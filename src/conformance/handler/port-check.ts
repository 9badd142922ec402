// Is the handler's process still there? Nobody answers on a port whose process has ended.
import { connect } from "node:net";
import { type RunTime, sleep } from "../probe/time.js";

function portOf(url: URL): number {
  return url.port === "" ? (url.protocol === "https:" ? 443 : 80) : Number(url.port);
}

/** Whether somebody listens at the URL's host and port, now. */
export function isListening(url: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const host = url.hostname.replace(/^\[|\]$/g, "");
    const socket = connect({ host, port: portOf(url), timeout: 2000 });
    const end = (listening: boolean): void => {
      socket.destroy();
      resolve(listening);
    };
    socket.once("connect", () => end(true));
    socket.once("timeout", () => end(true)); // busy, not gone
    socket.once("error", () => end(false));
  });
}

/** Waits for a handler that its supervisor starts again. False when it doesn't come back in time. */
export async function waitForReturn(url: URL, withinMs: number, time: RunTime, signal?: AbortSignal): Promise<boolean> {
  const until = time.now() + withinMs;
  for (;;) {
    if (await isListening(url)) return true;
    if (time.now() > until || signal?.aborted === true) return false;
    await sleep(time, 100);
  }
}
