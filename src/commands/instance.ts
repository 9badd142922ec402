// instance: which server it is, and what its webhooks can do.
import { UsageError } from "../errors.js";
import { type Abilities, detectAbilities, detectSoftware, parseInstanceUrl, type Software } from "../instance/index.js";
import { dialectName, findEvent } from "../protocol/index.js";
import { createTheme, printable, shorten } from "../terminal/index.js";
import { chooseAccount } from "./account/choose-account.js";
import type { CommandContext, DefineCommand } from "./command.js";
import { addNetworkOptions, connect, type NetworkOptions, readNetwork } from "./account/instance-access.js";
import { loadProfiles, loadProject } from "./options/settings.js";

const examples = `
Examples:
  $ misskey-hooks instance                       the one you are signed in to
  $ misskey-hooks instance misskey.example       any other; no token is needed, and none is sent
  $ misskey-hooks instance --json | jq -r .dialect

It asks the instance itself (nodeinfo, meta, /api.json), and knows the rest from servers that were tried.`;

async function whichInstance(address: string | undefined, profile: string | undefined, context: CommandContext) {
  if (address !== undefined) return parseInstanceUrl(address);
  const { instance } = chooseAccount({ profile }, context.env, await loadProject(context), await loadProfiles(context));
  if (instance !== undefined) return instance.url;
  throw new UsageError("missing-instance", { to: "instance" });
}

const evidence = {
  recorded: "seen on",
  source: "read in",
  documented: "documented only:",
} as const;

function neverSent(name: string, { dialect }: Software): boolean {
  return findEvent(name)?.sent === false || (name === "edited" && dialect?.api.editsComeAsReplies === true);
}

function ruleOfUpdates({ updateRequires, updateErasesSecret, updateTakesEffectLate }: Abilities): string[] {
  return [
    updateRequires.length === 0 ? "only what changes is needed" : `needs ${updateRequires.join(", ")} every time`,
    ...(updateErasesSecret ? ["erases the secret if it is left out (misskey-hooks always sends it)"] : []),
    ...(updateTakesEffectLate ? ["takes effect with the next update (misskey-hooks says it twice)"] : []),
  ];
}

function remarksOnSystem({ systemWebhooks, systemSecretRequired, reportsNeedRecipient }: Abilities): string {
  if (!systemWebhooks) return "";
  const remarks = [
    ...(systemSecretRequired ? ["need a secret"] : []),
    ...(reportsNeedRecipient ? ["get reports only where a notification recipient points to them"] : []),
  ];
  return remarks.length === 0 ? "" : `  ${remarks.join("; ")}`;
}

function show(origin: string, software: Software, abilities: Abilities, context: CommandContext): void {
  const theme = createTheme(context.colour.result);
  const { dialect, known } = software;
  const basedOn = software.basedOn === null ? "" : ` (based on Misskey ${software.basedOn})`;
  const row = dialect && `${dialectName(dialect)}  ${theme.faint(`${evidence[dialect.evidence]} ${dialect.source}`)}`;
  const events = abilities.events.filter((name) => !neverSent(name, software)).join(", ");
  const silent = abilities.events.filter((name) => neverSent(name, software)).join(", ");
  const yesOrNo = (yes: boolean): string => (yes ? theme.good("yes") : theme.warning("no"));
  const lines = [
    ["software", printable(`${software.name} ${software.version}${basedOn}`)],
    ["dialect", known ? (row ?? "") : `${theme.warning("unknown; the nearest is")} ${row}`],
    ["events", shorten(events, 300)],
    ...(silent === "" ? [] : [["", theme.faint(`${shorten(silent, 200)}: can be chosen, never sent`)]]),
    [
      "hooks",
      abilities.hookLimit === null
        ? "as many as you like"
        : `${abilities.hookLimit} for an account; a role may say otherwise`,
    ],
    [
      "test",
      yesOrNo(abilities.testEndpoint) + (abilities.testEndpoint ? theme.faint("  not with the token of an app") : ""),
    ],
    ["system", yesOrNo(abilities.systemWebhooks) + theme.faint(remarksOnSystem(abilities))],
    ["secret", abilities.secretRequired ? "must not be empty" : "may be empty, and should not"],
    ...ruleOfUpdates(abilities).map((rule, index) => [index === 0 ? "update" : "", rule]),
    ["sign-in", abilities.miauth === false ? theme.warning("not by MiAuth: with a token") : "misskey-hooks login"],
  ].map(([label = "", value = ""]) => `  ${theme.faint(label.padEnd(8))}  ${value}`);
  context.result([theme.strong(origin), ...lines].join("\n"));
  if (!known && !context.quiet) {
    context.note("\nA fork that isn't known can be described in a JSON file for --as: CONTRIBUTING.md has its shape.");
  }
}

export const define: DefineCommand = (command, context, action) => {
  addNetworkOptions(
    command
      .description("Show which server an instance runs, and what its webhooks can do.")
      .argument("[instance]", "its address (default: the one you are signed in to)")
      .option("--instance <url>", "the same, as for other commands")
      .option("--profile <name>", "that of this profile"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (address: string | undefined, options: NetworkOptions & { instance?: string; profile?: string }) => {
        const instance = await whichInstance(address ?? options.instance, options.profile, context);
        const network = await readNetwork(options, context);
        const api = connect(instance, { ...options, network }, context);
        const software = await detectSoftware(api);
        const abilities = await detectAbilities(api, software);
        if (!context.json) {
          show(instance.origin, software, abilities, context);
          return "done";
        }
        const { dialect, name, version, basedOn, known } = software;
        context.result(
          JSON.stringify({
            instance: instance.origin,
            software: { name, version, basedOn },
            dialect: dialect && dialectName(dialect),
            known,
            evidence: dialect?.evidence,
            ...abilities,
            events: abilities.events.map((event) => ({ name: event, sent: !neverSent(event, software) })),
          }),
        );
        return "done";
      }),
    );
};
