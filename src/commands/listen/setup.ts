// What a run of `listen` is told by its options and the project's file.
import { UsageError } from "../../errors.js";
import type { ChoosingRoute, Rules } from "../../pipeline/index.js";
import { events as knownEvents } from "../../protocol/index.js";
import { shorten } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { guessEvent, meansAll, unknownEvents } from "../options/event-names.js";
import { readDialect } from "../options/inputs.js";
import { projectDefaults, type ProjectRoute } from "../options/settings.js";
import { givenRoutes } from "./forward-flags.js";
import type { ListenFlags } from "./options.js";
import { remarksOnEvents } from "./remarks.js";
import { type ListenSecrets, listenSecrets, remarksOnSecrets } from "./secrets.js";
import { meantBy } from "./where.js";

/** Everything that all sources need. */
export interface Setup {
  readonly secrets: ListenSecrets;
  readonly rules: Rules;
  /** The dialect, as given. */
  readonly as: string | undefined;
  /** The events, as given. */
  readonly on: readonly string[] | undefined;
  readonly routes: readonly ChoosingRoute[];
  /** What the user should know once it is ready, as sentences. */
  readonly remarks: readonly string[];
}

function remarksOnRoutes(routes: readonly ProjectRoute[]): string[] {
  return routes.map(({ url, events, where }) => {
    const what = `${events?.join(", ") ?? "everything"}${where === undefined ? "" : ` where ${shorten(where, 80)}`}`;
    return `The project's file hands ${what} on to ${url.href}`;
  });
}

/** Those of the options, else those of the project's file. @throws UsageError `bad-query` */
async function routesOf(
  flags: ListenFlags,
  ofProject: readonly ProjectRoute[] = [],
): Promise<readonly ChoosingRoute[]> {
  const given = givenRoutes(flags);
  if (given !== undefined) return given;
  return Promise.all(
    ofProject.map(async ({ where, ...route }) => ({
      ...route,
      isMeant: where === undefined ? undefined : await meantBy(where),
    })),
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
  const routed = flags.route?.flatMap(({ events = [] }) => events) ?? [];
  if (flags.force !== true) await refuseUnknown([...(expectedEvents ?? []), ...routed]);
  const secrets = await listenSecrets(flags, context);
  return {
    secrets,
    as,
    on,
    routes: await routesOf(flags, project.routes),
    rules: {
      secrets: secrets.accepted,
      as: as === undefined ? undefined : await readDialect(as, context),
      strict: flags.strict,
      expectedEvents,
      now: () => context.now(),
    },
    remarks: [
      ...remarksOnSecrets(secrets.accepted),
      ...remarksOnEvents("--on", expectedEvents ?? []),
      ...remarksOnEvents("--route", routed),
      ...(givenRoutes(flags) === undefined ? remarksOnRoutes(project.routes ?? []) : []),
    ],
  };
}
