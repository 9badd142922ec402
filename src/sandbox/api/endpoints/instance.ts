// meta and ping: what anybody may ask.
import { packMeta } from "../../entities/instance-info.js";
import { type Endpoint, endpoint } from "../endpoint.js";

/** The endpoints that tell of the instance. */
export const instanceEndpoints: readonly Endpoint[] = [
  endpoint<{ readonly detail: boolean }>({
    name: "meta",
    readOnly: true,
    access: {},
    params: { type: "object", properties: { detail: { type: "boolean", default: true } }, required: [] },
    handle: (call, { detail }) => packMeta(call.world, detail),
  }),
  endpoint({
    name: "ping",
    readOnly: true,
    access: {},
    params: { type: "object", properties: {}, required: [] },
    handle: (call) => ({ pong: call.world.now() }),
  }),
];
