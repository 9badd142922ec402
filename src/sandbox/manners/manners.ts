// How servers of other families and versions answer: the dialect's own rules, under the name that this room has for them.
import { type Dialect, presentDialect, type ServerBehaviour } from "../../protocol/index.js";

/** What differs in answers, besides the rules of `Dialect.api`. */
export type Manners = ServerBehaviour;

/** Misskey 2026.3.2, the present one. */
export const presentManners: Manners = presentDialect.behaviour;

/** The manners of a dialect. */
export function mannersOf({ behaviour }: Dialect): Manners {
  return behaviour;
}
