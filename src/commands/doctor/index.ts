// doctor: everything that has to work for webhooks to arrive, one line each, with the next step where something doesn't.
import {
  type Diagnosis,
  examineAccount,
  examineHooks,
  examineListeners,
  examineNetwork,
  examineReports,
  examineSettings,
  examineTarget,
  problemOf,
  warning,
} from "../../doctor/index.js";
import { MisskeyHooksError, RefusedError } from "../../errors.js";
import { asSystemHooks, type Hook, listHooks } from "../../instance/index.js";
import { resolveDialect } from "../../protocol/index.js";
import { diagnosisInWords } from "../../reporters/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { diagnosisLines, doctorSummary } from "./view.js";
import { readDialect } from "../options/inputs.js";
import {
  addInstanceOptions,
  type InstanceAccess,
  type InstanceOptions,
  openInstance,
} from "../account/instance-access.js";
import { loadProject } from "../options/settings.js";

const examples = `
Examples:
  $ misskey-hooks doctor
  $ misskey-hooks doctor --url https://my.handler/hook
  $ misskey-hooks doctor --json | jq '.checks[] | select(.verdict != "ok")'

With --url (or "url" in misskey-hooks.config.json) the handler gets one delivery with a wrong secret, which it should
refuse. On the instance nothing is changed. Exit 1 when there is a problem; a warning is none.`;

interface DoctorOptions extends InstanceOptions {
  readonly url?: string;
  readonly as?: string;
}

/** Undefined without an account; why is told. */
async function openAccount(
  options: DoctorOptions,
  context: CommandContext,
  tell: (diagnosis: Diagnosis) => void,
): Promise<InstanceAccess | undefined> {
  try {
    // What it warns of is told below.
    return await openInstance(options, { ...context, quiet: true });
  } catch (error) {
    if (!(error instanceof MisskeyHooksError)) throw error;
    if (error.code !== "missing-settings") tell(problemOf("account", error));
    else tell(warning("account", "account-unknown", { of: error.fact }));
    return undefined;
  }
}

/** None for whom the instance refuses them: accounts without that role, apps, and versions that have no such hooks. */
async function systemHooksOf(api: InstanceAccess["api"]): Promise<Hook[]> {
  try {
    return await listHooks(asSystemHooks(api));
  } catch (error) {
    if (error instanceof RefusedError) return [];
    throw error;
  }
}

/** Everything about the account; its instance runs on this machine or not. */
async function lookAtAccount(
  { api, instance, network }: InstanceAccess,
  context: CommandContext,
  tell: (diagnosis: Diagnosis) => void,
): Promise<void> {
  examineNetwork(instance, network).forEach(tell);
  const account = examineAccount(api, () => context.now());
  for (;;) {
    const { done, value } = await account.next();
    if (done !== true) tell(value);
    else if (value) break;
    else return;
  }
  const { signal } = context;
  const { origin, loopback: localInstance } = instance;
  try {
    const hooks = await listHooks(api);
    examineHooks(hooks, { localInstance }).forEach(tell);
    (await examineListeners(hooks, { localInstance, signal })).forEach(tell);
    const systemHooks = await systemHooksOf(api);
    examineHooks(systemHooks, { localInstance, system: true }).forEach(tell);
    (await examineListeners(systemHooks, { localInstance, system: true, signal })).forEach(tell);
    (await examineReports(api, systemHooks, origin)).forEach(tell);
  } catch (error) {
    tell(problemOf("hooks", error));
  }
}

/** The URL of `--url`, else the project's; a project's file that can't be used is told of elsewhere. */
async function targetOf(options: DoctorOptions, context: CommandContext): Promise<string | undefined> {
  if (options.url !== undefined) return options.url;
  const project = await loadProject(context).catch(() => undefined);
  return project?.settings.url;
}

export const define: DefineCommand = (command, context, action) => {
  addInstanceOptions(
    command
      .description("Look for what keeps webhooks from arriving, and say what to do.")
      .option("--url <url>", "the handler's URL, to be looked at as a server sees it")
      .option("--as <dialect>", "which server calls it (default: misskey)"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (options: DoctorOptions) => {
        const checks: Diagnosis[] = [];
        const tell = (diagnosis: Diagnosis): void => {
          checks.push(diagnosis);
          if (context.json || (context.quiet && diagnosis.verdict === "ok")) return;
          context.result(context.asCalledHere(diagnosisLines(diagnosis, context.colour.result)));
        };
        const dialect = options.as === undefined ? resolveDialect("misskey") : await readDialect(options.as, context);
        for await (const diagnosis of examineSettings(context.env, context.cwd, context.now())) tell(diagnosis);
        const access = await openAccount(options, context, tell);
        if (access) await lookAtAccount(access, context, tell);
        const target = await targetOf(options, context);
        if (target !== undefined) {
          const { signal } = context;
          const chance = { now: () => context.now(), random: () => context.random() };
          const localInstance = access?.instance.loopback ?? false;
          for await (const diagnosis of examineTarget(target, { dialect, localInstance, signal, ...chance })) {
            tell(diagnosis);
          }
        }
        const ok = checks.every(({ verdict }) => verdict !== "problem");
        if (context.json) {
          const told = checks.map(({ id, verdict, fact }) => ({ id, verdict, ...diagnosisInWords(fact) }));
          context.result(JSON.stringify({ ok, checks: told }));
        } else if (!context.quiet) context.note(doctorSummary(checks, context.colour.note));
        return ok ? "done" : "fell-short";
      }),
    );
};
