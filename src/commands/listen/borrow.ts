// listen --public-url: an instance delivers here through a tunnel, for as long as this runs. A temporary hook is made, or
// one that exists is re-pointed, and either is put back whatever happens.
import { randomBytes } from "node:crypto";
import { resolve } from "node:path";
import type { RecordedAccess } from "../../config/index.js";
import { RefusedError, UsageError } from "../../errors.js";
import {
  type Borrowing,
  type CheckContext,
  checkHook,
  findHook,
  type Hook,
  type HookFields,
  planBorrowing,
  Secret,
} from "../../instance/index.js";
import { createTheme, printable } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { readEventNames } from "../hooks/hook/fields.js";
import { type InstanceAccess, type InstanceOptions, openInstance } from "../account/instance-access.js";
import { allEnded } from "./end.js";
import { type DeliverySource, type EndpointFlags, type SourceParts, startEndpoint } from "./source.js";
import { openJournal } from "./put-back.js";
import { type Borrowed, takeOver } from "./take-over-hook.js";
import { warn } from "../output/warn.js";

/** As commander hands the options over. */
export interface BorrowFlags extends EndpointFlags, InstanceOptions {
  /** Where the instance reaches this endpoint. */
  readonly publicUrl: string;
  /** The hook to re-point, by id or name; a temporary one is made without it. */
  readonly borrow?: string;
  readonly on?: readonly string[];
}

function accessOf({ instance, token, chosen }: InstanceAccess, flags: BorrowFlags, cwd: string): RecordedAccess {
  const place = chosen.token;
  const { caFile, insecure } = flags;
  return {
    origin: instance.origin,
    token:
      place?.kind === "profile"
        ? { kind: "profile", name: place.profile.name }
        : place?.kind === "file" && place.path !== "-"
          ? { kind: "file", path: resolve(cwd, place.path) }
          : { kind: "kept", text: token.reveal() },
    ...(caFile === undefined ? {} : { caFile: resolve(cwd, caFile) }),
    ...(insecure === true ? { insecure } : {}),
  };
}

/** @throws UsageError `bad-hook` */
function checkTarget(fields: Partial<HookFields>, where: CheckContext, context: CommandContext): void {
  for (const { field, severity, message } of checkHook(fields, where)) {
    const text = `--${field === "url" ? "public-url" : field}: ${message}`;
    if (severity === "error") throw new UsageError("bad-hook", text);
    warn(text, context);
  }
}

/** @throws RefusedError `hook-borrowed` when another run has it */
async function refuseBorrowed({ id, name }: Hook, origin: string, context: CommandContext): Promise<void> {
  for (const { access, change, pid } of await openJournal(context).records(context.now())) {
    if (access.origin !== origin || change.kind !== "re-pointed" || change.hookId !== id) continue;
    throw new RefusedError("hook-borrowed", `Another listen (process ${pid}) has borrowed the hook “${name}”.`, {
      hint: "Stop that one first; if it was killed, this takes a minute at most.",
    });
  }
}

/**
 * Starts the endpoint, and then has the instance deliver to it. Closing the source puts everything back.
 * @throws UsageError `bad-hook`; RefusedError `hook-borrowed`; those of `startEndpoint`, `openInstance`, `findHook` and
 * `ApiClient.call`
 */
export async function startBorrowed(flags: BorrowFlags, parts: SourceParts): Promise<DeliverySource> {
  const { context, rules, secrets } = parts;
  const opened = await openInstance({ ...flags, timeout: undefined }, context);
  const { api, instance } = opened;
  const url = flags.publicUrl;
  const where = { localInstance: instance.loopback };
  const on = await readEventNames(flags.on ?? (flags.borrow === undefined ? ["all"] : undefined), { api, where });
  checkTarget({ url, ...(on && { on }) }, where, context);
  const own = flags.borrow === undefined ? undefined : await findHook(api, flags.borrow);
  if (own) await refuseBorrowed(own, instance.origin, context);

  const [secret = ""] = secrets.accepted;
  const borrowing: Borrowing = own
    ? planBorrowing(own, url, on)
    : { kind: "created", name: `misskey-hooks listen ${randomBytes(4).toString("hex")}` };
  // The hook's own secret stays, so that the deliveries have it.
  const accepted = own ? [...(secrets.generated === undefined ? rules.secrets : []), own.secret.reveal()] : undefined;
  let borrowed: Borrowed | undefined;
  const endpoint = await startEndpoint(
    flags,
    {
      ...parts,
      secrets: { accepted: accepted ?? secrets.accepted },
      rules: { ...rules, secrets: accepted ?? rules.secrets },
    },
    async () => {
      const access = accessOf(opened, flags, context.cwd);
      const subject = own ?? { url, on: on ?? [], secret: new Secret(secret) };
      borrowed = await takeOver(borrowing, subject, access, context);
      if (context.quiet) return;
      const name = createTheme(context.colour.note).strong(printable(borrowed.hook.name));
      const until = own ? "points here until this ends" : "was made, and is deleted when this ends";
      context.note(`The hook ${name} on ${instance.host} ${until}: ${printable(url)}`);
    },
  );
  return {
    failed: endpoint.failed,
    close: () => allEnded(endpoint.close(), borrowed?.putBack() ?? Promise.resolve()),
  };
}
