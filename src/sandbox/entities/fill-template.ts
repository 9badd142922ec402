// Recorded answers of other servers with the sandbox's own values in them.
import type { Payload } from "../world/occurrence.js";
import { hostOf, type World } from "../world/world.js";

/** A template with the sandbox's own address. */
export function fill(world: World, template: Payload): Payload {
  const text = JSON.stringify(template).replaceAll("{origin}", world.origin).replaceAll("{host}", hostOf(world));
  return JSON.parse(text) as Payload;
}

const isPlain = (value: unknown): boolean => typeof value !== "object" || value === null;

/**
 * The own account as that server shows it: the template's keys, with what the sandbox knows of the account. `profile`
 * is the account in the dialect's shape, `me` in the present one, of which plain values are taken over.
 */
export function fillMe(world: World, template: Payload, profile: Payload, me: Payload): Payload {
  const entries = Object.entries(fill(world, template)).map(([key, value]): [string, unknown] => {
    if (key in profile) return [key, profile[key]];
    return [key, key in me && isPlain(me[key]) && isPlain(value) ? me[key] : value];
  });
  return Object.fromEntries(entries);
}
