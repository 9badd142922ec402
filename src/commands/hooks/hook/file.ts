// The file that `hooks export` writes and `hooks import` reads: hooks without what belongs to one account alone.
import * as z from "zod/mini";
import { UsageError } from "../../../errors.js";
import { type Hook, Secret, type WantedHook } from "../../../instance/index.js";
import { parseJson } from "../../../parse-json.js";

/** One hook of the file. */
export interface HookInFile {
  readonly name: string;
  readonly url: string;
  readonly on: readonly string[];
  readonly active: boolean;
  /** undefined when secrets were left out. */
  readonly secret?: string | undefined;
}

const shape: z.ZodMiniType<{ readonly version: 1; readonly hooks: readonly HookInFile[] }> = z.object({
  version: z.literal(1),
  hooks: z.array(
    z.object({
      name: z.string(),
      url: z.string(),
      on: z.array(z.string()),
      active: z._default(z.boolean(), true),
      secret: z.optional(z.string()),
    }),
  ),
});

/** The file's content for these hooks, as JSON. */
export function hookFileOf(hooks: readonly Hook[], withSecrets: boolean): string {
  const entries = hooks.map(({ name, url, on, active, secret }): HookInFile => ({
    name,
    url,
    on,
    active,
    ...(withSecrets ? { secret: secret.reveal() } : {}),
  }));
  return JSON.stringify({ version: 1, hooks: entries }, undefined, 2);
}

/**
 * Reads such a file.
 * @param path for the error's text
 * @throws UsageError `bad-hook-file`
 */
export function parseHookFile(text: string, path: string): WantedHook[] {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch {
    throw new UsageError("bad-hook-file", { path, problem: "not-json" });
  }
  const parsed = shape.safeParse(json);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const fault = { at: issue?.path.join(".") ?? "", why: issue?.message ?? "" };
    throw new UsageError("bad-hook-file", { path, problem: "unusable", ...fault });
  }
  const { hooks } = parsed.data;
  const twice = hooks.find(({ name }, index) => hooks.findIndex((other) => other.name === name) !== index);
  if (twice !== undefined) throw new UsageError("bad-hook-file", { path, problem: "twice", name: twice.name });
  return hooks.map(({ secret, ...rest }) => ({
    ...rest,
    ...(secret === undefined ? {} : { secret: new Secret(secret) }),
  }));
}
