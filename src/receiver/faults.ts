// What goes wrong below HTTP: requests that never became one, connections that broke, addresses that can't be had.
import { LocalError } from "../errors.js";
import type { Refusal } from "./decide.js";

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

type ListenTrouble = readonly [code: string, message: (host: string, port: number) => string, hint: string];

const notLocal: ListenTrouble = [
  "host-not-local",
  (host) => `${host} is not an address of this machine.`,
  "Use 127.0.0.1 for this machine alone, or 0.0.0.0 for all its addresses.",
];
const listenTroubles: Readonly<Record<string, ListenTrouble>> = {
  EADDRINUSE: [
    "port-in-use",
    (host, port) => `Port ${port} on ${host} is in use by another program.`,
    "Stop the other program (perhaps another `misskey-hooks listen`), or take any free port with --port 0.",
  ],
  EACCES: [
    "port-not-allowed",
    (host, port) => `This user may not listen on port ${port} of ${host}.`,
    "Ports below 1024 need privileges; take a higher one, or any free one with --port 0.",
  ],
  EADDRNOTAVAIL: notLocal,
  ENOTFOUND: notLocal,
  EAI_AGAIN: notLocal,
  EAFNOSUPPORT: notLocal,
  EINVAL: notLocal,
};

/** Why the receiver can't listen there, as an error with a way out. */
export function listenError(error: NodeJS.ErrnoException, host: string, port: number): LocalError {
  const trouble = listenTroubles[error.code ?? ""];
  if (trouble === undefined) {
    return new LocalError("cannot-listen", `Can't listen on port ${port} of ${host}: ${error.message}`, {
      cause: error,
    });
  }
  const [code, message, hint] = trouble;
  return new LocalError(code, message(host, port), { hint, cause: error });
}
