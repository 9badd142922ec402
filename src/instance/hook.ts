// A hook as an instance describes it. Versions differ in the keys at the edge, so reading is tolerant there and strict
// about what every version has.
import * as z from "zod/mini";
import { RefusedError } from "../errors.js";
import { Secret } from "./secret.js";

/** What a user decides about a hook. */
export interface HookFields {
  readonly name: string;
  readonly url: string;
  readonly secret: Secret;
  /** The events, as the server names them. */
  readonly on: readonly string[];
  readonly active: boolean;
}

/** A hook that exists. As JSON its secret is masked. */
export interface Hook extends HookFields {
  readonly id: string;
  /** The hook's owner. */
  readonly userId: string | null;
  /** ISO 8601; null when nothing was ever sent. */
  readonly latestSentAt: string | null;
  /** The HTTP status of the latest attempt; 1 when there was no response, null when nothing was ever sent. */
  readonly latestStatus: number | null;
  /** ISO 8601. Misskey 12.x, 13.x and Iceshrimp tell it. */
  readonly createdAt?: string;
}

// Misskey 2023.12.2 leaves latestSentAt out until something was sent; others say null.
const entity = z.object({
  id: z.string(),
  userId: z.nullish(z.string()),
  name: z.string(),
  url: z.string(),
  secret: z.string(),
  on: z.array(z.string()),
  active: z.boolean(),
  latestSentAt: z.nullish(z.string()),
  latestStatus: z.nullish(z.number()),
  createdAt: z.optional(z.string()),
});

/**
 * Reads what `i/webhooks/show` and `create` answer. Keys that we don't know are dropped: nobody vouches for them being
 * fit to print.
 * @throws RefusedError `unexpected-answer`
 */
export function parseHook(answer: unknown): Hook {
  const parsed = entity.safeParse(answer);
  if (!parsed.success) throw unexpected("hook", parsed.error);
  const { secret, userId, latestSentAt, latestStatus, createdAt, ...rest } = parsed.data;
  return {
    ...rest,
    secret: new Secret(secret),
    userId: userId ?? null,
    latestSentAt: latestSentAt ?? null,
    latestStatus: latestStatus ?? null,
    ...(createdAt === undefined ? {} : { createdAt }),
  };
}

/**
 * Reads what `i/webhooks/list` answers.
 * @throws RefusedError `unexpected-answer`
 */
export function parseHooks(answer: unknown): Hook[] {
  if (!Array.isArray(answer)) throw unexpected("hooks");
  return answer.map(parseHook);
}

function unexpected(what: "hook" | "hooks", error?: z.core.$ZodError): RefusedError {
  const [issue] = error?.issues ?? [];
  const where = issue === undefined ? {} : { at: issue.path.join("."), why: issue.message };
  return new RefusedError("unexpected-answer", { what, ...where });
}
