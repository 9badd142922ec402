// What goes wrong below HTTP: requests that never became one, connections that broke, addresses that can't be had.
import { LocalError } from "../../errors.js";
import type { Refusal } from "../core/decide.js";

/** What Node's `clientError` amounts to; undefined when there was no request to speak of. */
export function refusalOfFault(error: NodeJS.ErrnoException): Refusal | undefined {
  const { code = "" } = error;
  if (code === "ERR_HTTP_REQUEST_TIMEOUT") return { status: 408, reason: "the request did not arrive whole in time" };
  if (code === "HPE_HEADER_OVERFLOW") return { status: 431, reason: "the headers are larger than 16 KiB" };
  if (code === "HPE_INVALID_EOF_STATE") {
    return { status: 400, reason: "the connection was closed in the middle of the request" };
  }
  if (code.startsWith("HPE_") || code === "ERR_HTTP_INVALID_STATUS_CODE") {
    return { status: 400, reason: `this is not an HTTP request: ${error.message.replace(/^Parse Error: /, "")}` };
  }
  return undefined;
}

const listenTroubles: Readonly<Record<string, "port-in-use" | "port-not-allowed" | "host-not-local">> = {
  EADDRINUSE: "port-in-use",
  EACCES: "port-not-allowed",
  EADDRNOTAVAIL: "host-not-local",
  ENOTFOUND: "host-not-local",
  EAI_AGAIN: "host-not-local",
  EAFNOSUPPORT: "host-not-local",
  EINVAL: "host-not-local",
};

/** Why the receiver can't listen there, as an error with a way out. */
export function listenError(cause: NodeJS.ErrnoException, host: string, port: number): LocalError {
  const code = listenTroubles[cause.code ?? ""];
  if (code === undefined) return new LocalError("cannot-listen", { host, port, why: cause.message }, { cause });
  if (code === "host-not-local") return new LocalError(code, { host }, { cause });
  return new LocalError(code, { host, port, by: "receiver" }, { cause });
}
