// Writing one's own payloads in a dialect: for whoever makes them in the present shape, as the sandbox does.
import { type Dialect, findEvent } from "../protocol/index.js";
import { identiconsById } from "./build-sample.js";
import { type HandleOf, shapeOf } from "./shape-of-dialect.js";
import { objectInDialect, toDialect } from "./to-dialect.js";

type Json = Readonly<Record<string, unknown>>;

/** Turns what is in Misskey's present shape into a dialect's: keys, their order, nulls and types. */
export interface DialectWriter {
  /** The body of an event. An event that no server sends stays as it is. */
  body(type: string, body: Json): Json;
  /** One object as an API answers it: `UserLite`, `UserDetailedNotMe`, `Note` … */
  object(name: string, value: Json): Json;
}

/**
 * The writer of a dialect. For the present Misskey it hands everything back as it is.
 * @param handleOf what mentioned users are called
 */
export function dialectWriter(dialect: Dialect, handleOf: HandleOf): DialectWriter {
  const shape = shapeOf(dialect, handleOf);
  if (shape.isPresent) return { body: (_type, body) => body, object: (_name, value) => value };
  const finish = (value: Json): Json => (shape.identiconById ? (identiconsById(value) as Json) : value);
  return {
    body(type, body) {
      const event = findEvent(type);
      return event === undefined ? body : finish(toDialect(body, event, shape));
    },
    object: (name, value) => finish(objectInDialect(name, value, shape)),
  };
}
