// listen --public-url: an instance delivers here through a tunnel, for as long as this runs. A temporary hook is made, or
// one that exists is re-pointed, and either is put back whatever happens.
import { resolve } from "node:path";
import { type ErrorParams, RefusedError, UsageError } from "../../errors.js";
import {
  type CheckContext,
  checkHook,
  findHook,
  type Hook,
  type HookFields,
  planBorrowing,
  planNewHook,
  type RecordedAccess,
  Secret,
  takeOver,
} from "../../instance/index.js";
import { openEndpoint, type Source, type StartSource } from "../../pipeline/index.js";
import { createTheme, printable } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { clientsFor, openJournal } from "../account/borrow-journal.js";
import { readEventNames } from "../hooks/hook/fields.js";
import { type InstanceAccess, openInstance } from "../account/instance-access.js";
import type { ListenFlags } from "./options.js";
import type { Setup } from "./setup.js";
import { endpointOptions, sayEndpointReady } from "./endpoint.js";
import { warn } from "../output/warn.js";

/** The options, with the address that it needs. */
type BorrowFlags = ListenFlags & { readonly publicUrl: string };

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
    const option = `--${field === "url" ? "public-url" : field}`;
    if (severity === "error") throw new UsageError("bad-hook", { troubles: [{ option, why: message }] });
    warn(`${option}: ${message}`, context);
  }
}

/** @throws RefusedError `hook-borrowed` when another run has it */
async function refuseBorrowed({ id, name }: Hook, origin: string, context: CommandContext): Promise<void> {
  for (const { access, change, pid } of await openJournal(context).records(context.now())) {
    if (access.origin !== origin || change.kind !== "re-pointed" || change.hookId !== id) continue;
    throw new RefusedError("hook-borrowed", { name, pid });
  }
}

/**
 * Starts the endpoint, and then has the instance deliver to it. Closing the source puts everything back.
 * @throws UsageError `bad-hook`; RefusedError `hook-borrowed`; those of `openEndpoint`, `openInstance`, `findHook` and
 * `ApiClient.call`
 */
export async function startBorrowed(
  flags: BorrowFlags,
  setup: Setup,
  context: CommandContext,
  channelOf: Parameters<StartSource>[0],
): Promise<Source> {
  const opened = await openInstance({ ...flags, timeout: undefined }, context);
  const { api, instance } = opened;
  const url = flags.publicUrl;
  const where = { localInstance: instance.loopback };
  const wanted = setup.on ?? (flags.borrow === undefined ? ["all"] : undefined);
  const on = await readEventNames(wanted, { api, where });
  checkTarget({ url, ...(on && { on }) }, where, context);
  const own = flags.borrow === undefined ? undefined : await findHook(api, flags.borrow);
  if (own) await refuseBorrowed(own, instance.origin, context);

  const [secret = ""] = setup.secrets.accepted;
  const borrowing = own ? planBorrowing(own, url, on) : planNewHook();
  const { secrets, rules } = own ? withSecretOf(own, setup) : setup;
  const endpoint = await openEndpoint(
    {
      ...endpointOptions(flags, { ...setup, rules }),
      prepare: async () => {
        const subject = own ?? { url, on: on ?? [], secret: new Secret(secret) };
        const access = accessOf(opened, flags, context.cwd);
        const borrowed = await takeOver(borrowing, subject, access, {
          journal: openJournal(context),
          clientFor: clientsFor(context),
          now: () => context.now(),
          signal: context.signal,
          onWait: (ms) => sayWait(ms, borrowing.name, context),
        }).catch((error: unknown) => {
          throw withWayOut(error);
        });
        if (!context.quiet) {
          const name = createTheme(context.colour.note).strong(printable(borrowed.hook.name));
          const until = own ? "points here until this ends" : "was made, and is deleted when this ends";
          context.note(`The hook ${name} on ${instance.host} ${until}: ${printable(url)}`);
        }
        return () => borrowed.putBack();
      },
    },
    channelOf("borrowed"),
  );
  sayEndpointReady(endpoint.url, flags, { ...setup, secrets }, context);
  return endpoint;
}

function sayWait(ms: number, name: string, context: CommandContext): void {
  if (context.quiet) return;
  context.note(`The instance is asked too often: waiting ${Math.ceil(ms / 1000)} s to put “${printable(name)}” back.`);
}

function withWayOut(error: unknown): unknown {
  if (!(error instanceof RefusedError) || error.code !== "too-many-webhooks") return error;
  const params = error.params as ErrorParams<"too-many-webhooks">;
  return new RefusedError("too-many-webhooks", { ...params, borrowable: true }, { cause: error });
}

/** The hook's own secret stays, so that the deliveries have it. */
function withSecretOf(own: Hook, { rules, secrets }: Setup): Pick<Setup, "secrets" | "rules"> {
  const accepted = [...(secrets.generated === undefined ? rules.secrets : []), own.secret.reveal()];
  return { secrets: { accepted }, rules: { ...rules, secrets: accepted } };
}
