// zod/mini's strict object with the compiled parser of full zod, which is three times as fast: a receiver under load
// reads the same few shapes again and again. Compiling costs more than it saves on the first payloads, so whoever
// parses says `jitless` until a schema is warm.
import { $constructor, type $ZodErrorMap, $ZodObjectJIT } from "zod/v4/core";
import * as z from "zod/mini";

type Shape = Readonly<Record<string, z.ZodMiniType>>;

type Init = (schema: z.ZodMiniObject, def: z.ZodMiniObject["_zod"]["def"]) => void;
const traits: readonly { readonly init: Init }[] = [$ZodObjectJIT, z.ZodMiniObject];

const CompiledObject: $constructor<z.ZodMiniObject> = $constructor("CompiledObject", (schema, def) => {
  for (const { init } of traits) init(schema, def);
});

/** Like `z.strictObject()`: a key that isn't in the shape is an `unrecognized_keys` issue. */
export function strictObject(shape: Shape, params: { readonly error: $ZodErrorMap | string }): z.ZodMiniObject {
  const { error } = params;
  return new CompiledObject({
    type: "object",
    shape,
    catchall: z.never(),
    error: typeof error === "string" ? () => error : error,
  });
}
