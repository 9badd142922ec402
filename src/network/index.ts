// network/: the way to another host: proxies, whom TLS trusts, and why a request got no answer.
export { addressKind } from "./address-kind.js";
export type { AddressKind } from "./address-kind.js";
export { createDispatcher } from "./dispatcher.js";
export { lateDispatcher } from "./late-dispatcher.js";
export { networkOfEnv, proxyFor, trustOf } from "./network.js";
export type { Network } from "./network.js";
export { readFault } from "./transport-fault.js";
export type { FaultKind, TransportFault } from "./transport-fault.js";
