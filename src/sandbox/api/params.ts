// Parameters are checked with Ajv, as servers do, so that `info.param` and `info.reason` come out in the same words.
import { Ajv, type ValidateFunction } from "ajv";
import { ApiError, commonErrors } from "./api-error.js";
import type { ParamSchema } from "./endpoint.js";

const ajv = new Ajv({ useDefaults: true, allowUnionTypes: true });
ajv.addFormat("misskey:id", /^[a-zA-Z0-9]+$/);

const compiled = new WeakMap<ParamSchema, ValidateFunction>();

/**
 * Checks `params` against `schema` and fills in defaults.
 * @throws ApiError INVALID_PARAM, naming the first thing that is wrong
 */
export function checkParams(schema: ParamSchema, params: unknown): void {
  let validate = compiled.get(schema);
  if (validate === undefined) {
    validate = ajv.compile(schema);
    compiled.set(schema, validate);
  }
  if (validate(params)) return;
  const [first] = validate.errors ?? [];
  throw new ApiError(commonErrors.invalidParam, { param: first?.schemaPath, reason: first?.message });
}
