// Which server an instance runs, and by which row of the dialect table it works.
import * as z from "zod/mini";
import { InterruptedError, RefusedError } from "../errors.js";
import { type Dialect, dialectOfSoftware, dialects, presentDialect } from "../protocol/index.js";
import type { ApiClient } from "./api-client.js";

/** What an instance says it runs. */
export interface Software {
  /** As its nodeinfo says, in lower case: `misskey`, `sharkey`. MisskeyIO calls itself misskey. */
  readonly name: string;
  readonly version: string;
  /** The Misskey that a fork is based on, where it says so (CherryPick does). */
  readonly basedOn: string | null;
  /** The row that it works by; the nearest when `known` is false, undefined when it is too old for webhooks. */
  readonly dialect: Dialect | undefined;
  /** False for software that no row is about: the dialect is a guess then. */
  readonly known: boolean;
}

const nodeinfo = z.object({
  software: z.object({
    name: z.string(),
    version: z.string(),
    basedMisskeyVersion: z.optional(z.string()),
  }),
});
const meta = z.object({ version: z.string(), basedMisskeyVersion: z.optional(z.string()) });

/** What the instance answers, undefined when it has nothing there. What keeps us from asking at all, or `fatal`, is an error. */
async function ask<Answer>(
  shape: z.ZodMiniType<Answer>,
  question: Promise<unknown>,
  fatal?: string,
): Promise<Answer | undefined> {
  const answer = await question.catch((error: unknown) => {
    if (error instanceof RefusedError && error.code !== fatal) return undefined;
    throw error;
  });
  const parsed = shape.safeParse(answer);
  return parsed.success ? parsed.data : undefined;
}

/**
 * Asks `/nodeinfo/2.0`, and `/api/meta` where that says nothing. The index of nodeinfo isn't asked: an instance that
 * doesn't federate hides it (403) and still answers the document itself (Misskey 2026.3.2).
 * @throws RefusedError `unknown-software`, `instance-redirects`, and those of `ApiClient.call` for an instance that can't be reached
 */
export async function detectSoftware(api: ApiClient): Promise<Software> {
  const info = (await ask(nodeinfo, api.get("/nodeinfo/2.0"))) ?? (await ask(nodeinfo, api.get("/nodeinfo/2.1")));
  if (info !== undefined) {
    const { name, version, basedMisskeyVersion } = info.software;
    return describe(name.toLowerCase(), version, basedMisskeyVersion);
  }
  const about = await ask(meta, api.call("meta", { detail: false }), "instance-redirects");
  if (about === undefined) {
    throw new RefusedError("unknown-software", { host: api.host });
  }
  return describe("misskey", about.version, about.basedMisskeyVersion);
}

function describe(name: string, version: string, basedOn: string | undefined): Software {
  const known = dialects.some(({ software }) => software.name === name);
  return { name, version, basedOn: basedOn ?? null, known, dialect: rowFor(name, version, basedOn, known) };
}

function rowFor(name: string, version: string, basedOn: string | undefined, known: boolean): Dialect | undefined {
  if (known) return dialectOfSoftware(name, version);
  return basedOn === undefined ? presentDialect : dialectOfSoftware(presentDialect.software.name, basedOn);
}

/** As `detectSoftware`, undefined when the instance won't tell. Only an interruption is thrown. */
export async function softwareIfTold(api: ApiClient): Promise<Software | undefined> {
  return detectSoftware(api).catch((error: unknown) => {
    if (error instanceof InterruptedError) throw error;
    return undefined;
  });
}
