// The receiver as a plain node:http request listener, to put into a server of one's own.
import type { IncomingMessage, ServerResponse } from "node:http";
import { headerPairs } from "../../protocol/index.js";
import { createCore } from "../core/core.js";
import type { DeliveryEvent, OnDelivery, ReceivedDelivery } from "../core/delivery-event.js";
import type { HandlerOptions } from "../core/policy.js";
import { type Abandon, startExchange } from "./exchange.js";

/** The request behind a delivery event, with what only Node's own server tells. */
export interface ReceivedRequest extends ReceivedDelivery {
  readonly httpVersion: string;
  /**
   * Names and values in turn: `headers` flat, as Node has them.
   * @deprecated Read `headers`.
   */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** Told about each request after it was answered. */
export type OnRequest = (event: DeliveryEvent, request: ReceivedRequest) => void;

/** The parts of a request that stay when there is no request: the connection broke before its head was whole. */
export const noRequest: ReceivedRequest = {
  method: "",
  path: "",
  httpVersion: "",
  headers: [],
  rawHeaders: [],
  body: Buffer.alloc(0),
  payload: undefined,
  origin: undefined,
};

/**
 * A request listener for `http.createServer()` that answers as the receiver does.
 * The function that it returns ends an exchange whose connection broke; a server of one's own may ignore it.
 * @throws UsageError `no-secret`
 */
export function createHandler(
  options: HandlerOptions,
  onDelivery: OnRequest,
): (request: IncomingMessage, response: ServerResponse) => Abandon {
  const core = createCore(options);
  return (request, response) => {
    const { method = "", url: path = "", httpVersion, rawHeaders } = request;
    const headers = headerPairs(rawHeaders);
    const pack = (body: Uint8Array, payload: unknown, origin: ReceivedRequest["origin"]): ReceivedRequest => ({
      method,
      path,
      headers,
      body: body as Buffer,
      httpVersion,
      rawHeaders,
      payload,
      origin,
    });
    const arrival = core.begin({ method, path, headers }, onDelivery as OnDelivery, pack);
    return startExchange(request, response, core, arrival);
  };
}
