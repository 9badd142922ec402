// What is changed before a replay; without a change the bytes stay as they are.
import { randomUUID } from "node:crypto";
import type { StoredCapture } from "../../captures/index.js";
import { UsageError } from "../../errors.js";
import type { CommandContext } from "../command.js";
import type { Chosen } from "./choose.js";

export interface ChangeFlags {
  readonly set?: string[];
  readonly unset?: string[];
  readonly edit?: true;
  readonly newEventId?: true;
  readonly sameEventId?: true;
}

/** The body to send. */
export type Change = (body: Uint8Array, capture: StoredCapture) => Promise<Uint8Array>;

function parsePayload(body: Uint8Array, id: string): Record<string, unknown> {
  try {
    const payload: unknown = JSON.parse(Buffer.from(body).toString("utf8"));
    if (typeof payload === "object" && payload !== null && !Array.isArray(payload)) {
      return payload as Record<string, unknown>;
    }
  } catch {
    // Told below: what isn't JSON can be sent as it is, not changed.
  }
  throw new UsageError("payload-not-json", { id });
}

/** The text alone is changed, so that the rest stays byte for byte. */
function withNewEventId(body: Uint8Array, { facts }: StoredCapture): Uint8Array {
  if (facts.eventId === null) return body;
  const text = Buffer.from(body).toString("utf8");
  const [before, ...after] = text.split(JSON.stringify(facts.eventId));
  return after.length === 0 ? body : Buffer.from([before, ...after].join(JSON.stringify(randomUUID())));
}

/** @throws UsageError `conflicting-event-ids`, `edit-one`, and those of the editor */
export async function changeOf(options: ChangeFlags, { captures }: Chosen, context: CommandContext): Promise<Change> {
  const { set, unset, edit, newEventId, sameEventId } = options;
  if (newEventId && sameEventId) throw new UsageError("conflicting-event-ids");
  if (edit && captures.length !== 1) throw new UsageError("edit-one", { count: captures.length });
  const [first] = captures;
  const edited =
    edit && first !== undefined
      ? await (await import("./edit.js")).editPayload(first.delivery.body, context)
      : undefined;
  const overrides = set === undefined && unset === undefined ? undefined : await import("../../samples/index.js");
  return async (body, capture) => {
    let changed = edited ?? body;
    if (overrides !== undefined) {
      const payload = parsePayload(changed, capture.id);
      changed = Buffer.from(JSON.stringify(overrides.applyOverrides(payload, { set, unset }, {})));
    }
    return newEventId ? withNewEventId(changed, capture) : changed;
  };
}
