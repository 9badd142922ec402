// What a run of `listen` is told by its options and the project's file.
import { UsageError } from "../../errors.js";
import type { Route } from "../../forward/index.js";
import type { Rules } from "../../pipeline/index.js";
import { events as knownEvents } from "../../protocol/index.js";
import type { CommandContext } from "../command.js";
import { guessEvent, meansAll, unknownEvents } from "../options/event-names.js";
import { readDialect } from "../options/inputs.js";
import { projectDefaults } from "../options/settings.js";
import type { ListenFlags } from "./options.js";
import { remarksOnEvents } from "./remarks.js";
import { type ListenSecrets, listenSecrets, remarksOnSecrets } from "./secrets.js";

/** Everything that all sources need. */
export interface Setup {
  readonly secrets: ListenSecrets;
  readonly rules: Rules;
  /** The dialect, as given. */
  readonly as: string | undefined;
  /** The events, as given. */
  readonly on: readonly string[] | undefined;
  readonly routes: readonly Route[];
  /** What the user should know once it is ready, as sentences. */
  readonly remarks: readonly string[];
}

function remarksOnRoutes(routes: readonly Route[]): string[] {
  return routes.map(
    ({ url, events }) => `The project's file hands ${events?.join(", ") ?? "everything"} on to ${url.href}`,
  );
}

/** @throws UsageError `unknown-event` */
async function refuseUnknown(names: readonly string[]): Promise<void> {
  const [name] = unknownEvents(names);
  if (name === undefined) return;
  const known = knownEvents.map((event) => event.name);
  throw new UsageError("unknown-event", { name, nearest: await guessEvent(name, known), canBeForced: true });
}

/** @throws UsageError `unknown-event`, `bad-project-file`, those of `listenSecrets` and `readDialect` */
export async function readSetup(flags: ListenFlags, context: CommandContext): Promise<Setup> {
  const project = await projectDefaults(context);
  const as = flags.as ?? project.dialect;
  const on = flags.on ?? project.events;
  const expectedEvents = on === undefined || meansAll(on) ? undefined : on;
  if (flags.force !== true) await refuseUnknown(expectedEvents ?? []);
  const secrets = await listenSecrets(flags, context);
  return {
    secrets,
    as,
    on,
    routes: flags.forwardTo?.map((url) => ({ url })) ?? project.routes ?? [],
    rules: {
      secrets: secrets.accepted,
      as: as === undefined ? undefined : await readDialect(as, context),
      strict: flags.strict,
      expectedEvents,
      now: () => context.now(),
    },
    remarks: [
      ...remarksOnSecrets(secrets.accepted),
      ...remarksOnEvents(expectedEvents ?? []),
      ...(flags.forwardTo === undefined ? remarksOnRoutes(project.routes ?? []) : []),
    ],
  };
}
