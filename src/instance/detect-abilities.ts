// What an instance's webhooks can do: what it says itself in `/api.json` where it has one, else what its dialect's row
// says of its kind.
import * as z from "zod/mini";
import { RefusedError } from "../errors.js";
import { type ApiRules, eventsOf } from "../protocol/index.js";
import type { ApiClient } from "./api-client.js";
import type { Software } from "./detect-software.js";

/** What an instance's webhooks can do. */
export interface Abilities extends Omit<
  ApiRules,
  "bearer" | "streamToken" | "streamTellsSpecified" | "editsComeAsReplies"
> {
  /** The events that a hook may ask for. */
  readonly events: readonly string[];
  /** Signing in by MiAuth; null when the instance doesn't say. */
  readonly miauth: boolean | null;
  /** Where events, required fields and endpoints come from: the instance itself, or its dialect's row. */
  readonly source: "api.json" | "dialect";
}

const requestShape = z.object({
  post: z.object({
    requestBody: z.object({
      content: z.record(
        z.string(),
        z.object({
          schema: z.object({
            required: z.optional(z.array(z.string())),
            properties: z.optional(z.record(z.string(), z.unknown())),
          }),
        }),
      ),
    }),
  }),
});
const openApi = z.object({ paths: z.record(z.string(), z.unknown()) });
const onShape = z.object({ items: z.object({ enum: z.array(z.string()) }) });
const metaShape = z.object({
  features: z.optional(z.object({ miauth: z.optional(z.boolean()) })),
  policies: z.optional(z.object({ webhookLimit: z.optional(z.number()) })),
});

type Paths = Readonly<Record<string, unknown>>;

function bodyOf(paths: Paths, endpoint: string) {
  const parsed = requestShape.safeParse(paths[`/${endpoint}`]);
  return parsed.success ? Object.values(parsed.data.post.requestBody.content)[0]?.schema : undefined;
}

/** Undefined when there is none (Misskey 13.0–13.9), or none that has webhooks. */
async function readPaths(api: ApiClient): Promise<Paths | undefined> {
  const answer = await api.get("/api.json").catch((error: unknown) => {
    if (error instanceof RefusedError) return undefined;
    throw error;
  });
  const parsed = openApi.safeParse(answer);
  return parsed.success && "/i/webhooks/create" in parsed.data.paths ? parsed.data.paths : undefined;
}

function eventsIn(paths: Paths, endpoint: string): string[] | undefined {
  const on = onShape.safeParse(bodyOf(paths, endpoint)?.properties?.["on"]);
  return on.success ? on.data.items.enum : undefined;
}

const updatable = ["name", "url", "secret", "on", "active"] as const;

function abilitiesIn(paths: Paths): Partial<Abilities> {
  const create = bodyOf(paths, "i/webhooks/create");
  const update = bodyOf(paths, "i/webhooks/update");
  const system = bodyOf(paths, "admin/system-webhook/create");
  const events = eventsIn(paths, "i/webhooks/create");
  return {
    ...(events ? { events } : {}),
    ...(update?.required ? { updateRequires: updatable.filter((key) => update.required?.includes(key)) } : {}),
    ...(create?.required ? { secretRequired: create.required.includes("secret") } : {}),
    ...(system?.required ? { systemSecretRequired: system.required.includes("secret") } : {}),
    testEndpoint: "/i/webhooks/test" in paths,
    systemWebhooks: "/admin/system-webhook/create" in paths,
    source: "api.json",
  };
}

/**
 * Asks `/api.json` (up to 1.4 MB) and `/api/meta`.
 * @throws RefusedError `no-webhooks`, and those of `ApiClient.call` for an instance that can't be reached
 */
export async function detectAbilities(api: ApiClient, software: Software): Promise<Abilities> {
  const paths = await readPaths(api);
  const { dialect } = software;
  if (dialect === undefined) {
    throw new RefusedError("no-webhooks", { host: api.host, name: software.name, version: software.version });
  }
  const about = metaShape.safeParse(await api.call("meta").catch(ignoreRefusal));
  const { miauth = null } = (about.success && about.data.features) || {};
  const limit = about.success ? about.data.policies?.webhookLimit : undefined;
  const { bearer: _1, streamToken: _2, streamTellsSpecified: _3, editsComeAsReplies: _4, ...rules } = dialect.api;
  const events = eventsOf(dialect).filter(({ scope }) => scope === "user");
  return {
    ...rules,
    events: events.map(({ name }) => name),
    miauth,
    source: "dialect",
    ...(paths ? abilitiesIn(paths) : {}),
    ...(limit === undefined ? {} : { hookLimit: rules.limitIsOneShort ? limit + 1 : limit }),
  };
}

/**
 * The events that a system webhook may ask for: Misskey 2024.9.0 has three, 2024.10.1 five. Asks `/api.json`; undefined
 * when that doesn't say.
 * @throws those of `ApiClient.call` for an instance that can't be reached
 */
export async function detectSystemEvents(api: ApiClient): Promise<readonly string[] | undefined> {
  const paths = await readPaths(api);
  return paths && eventsIn(paths, "admin/system-webhook/create");
}

function ignoreRefusal(error: unknown): undefined {
  if (!(error instanceof RefusedError)) throw error;
}
