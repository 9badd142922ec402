// The shape of the file with the profiles and their tokens. Loaded only where there is such a file.
import * as z from "zod/mini";
import { LocalError } from "../errors.js";

/** A profile as it is kept, its token included. */
export interface StoredProfile {
  readonly instance: string;
  readonly username: string;
  readonly userId: string;
  readonly permissions: readonly string[];
  readonly signedInAt: string;
  readonly token: string;
}

/** The whole file. */
export interface Credentials {
  readonly version: 1;
  /** The profile that is used when nothing else is said. */
  readonly current: string | null;
  /** By name. */
  readonly profiles: Readonly<Record<string, StoredProfile>>;
}

const shape: z.ZodMiniType<Credentials> = z.object({
  version: z.literal(1),
  current: z.nullable(z.string()),
  profiles: z.record(
    z.string(),
    z.object({
      instance: z.string(),
      username: z.string(),
      userId: z.string(),
      permissions: z.array(z.string()),
      signedInAt: z.string(),
      token: z.string(),
    }),
  ),
});

/**
 * Reads the file's text.
 * @param path for the error's text
 * @throws LocalError `config-damaged`
 */
export function parseCredentials(text: string, path: string): Credentials {
  const parsed = shape.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new LocalError("config-damaged", { path, at: issue?.path.join(".") ?? "" });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
