// What the user should know of how `listen` was called, as sentences.
import { findEvent } from "../../protocol/index.js";
import { shorten } from "../../terminal/index.js";

const loopback = /^(127\.|::1$|localhost$)/;

/** A warning for an address that others can reach. */
export function remarksOnHost(host: string): string[] {
  if (loopback.test(host)) return [];
  return [
    `Listening on ${host}: others on the network can reach this receiver, and read along, since it is plain HTTP.`,
  ];
}

/** A warning for events that no known server has: a typing error, most of the time. */
export function remarksOnEvents(option: string, names: readonly string[]): string[] {
  return names
    .filter((name) => findEvent(name) === undefined)
    .map((name) => `${option} ${shorten(name, 40)}: no known server sends an event of that name.`);
}
