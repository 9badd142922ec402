// JSON merge patch (RFC 7396): objects merge, null removes a key, everything else replaces.
import { isObject } from "../protocol/index.js";
import { assertSafeKey } from "./override-path.js";

type Json = Record<string, unknown>;

/**
 * `target` with `patch` merged into it; neither is changed.
 * @throws UsageError `unsafe-path`
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const result: Json = isObject(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    assertSafeKey(key);
    if (value === null) delete result[key];
    else result[key] = mergePatch(result[key], value);
  }
  return result;
}
