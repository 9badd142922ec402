// config: which settings apply here, and where each comes from.
import { configFolder, projectSchema } from "../config/index.js";
import { networkOfEnv, proxyFor } from "../network/index.js";
import { createTheme, printable, shorten } from "../terminal/index.js";
import { accountVariables, chooseAccount } from "./account/choose-account.js";
import type { CommandContext, DefineCommand } from "./command.js";
import { type InstanceOptions, addInstanceOptions } from "./account/instance-access.js";
import { loadProfiles, loadProject } from "./options/settings.js";

const examples = `
Examples:
  $ misskey-hooks config
  $ misskey-hooks config --json
  $ misskey-hooks config --schema > misskey-hooks.schema.json     for an editor

Where a setting comes from, the first that has it:
  1. an option                --instance, --profile, --token-file, --url, --on, --as, --secret …
  2. the environment          ${Object.values(accountVariables).join(", ")}, MISSKEY_HOOKS_SECRET
  3. the project's file       misskey-hooks.config.json, here or further up in the same git repository
  4. the profile              made by \`misskey-hooks login\`

The project's file, with any of these:
  {
    "$schema": "./node_modules/misskey-hooks/misskey-hooks.config.schema.json",
    "instance": "https://misskey.example",
    "url": "http://127.0.0.1:3000/hook",
    "events": ["mention", "reply"],
    "dialect": "misskey",
    "secret": {"env": "BOT_HOOK_SECRET"},
    "routes": [{"url": "http://127.0.0.1:3000/hook", "events": ["mention"]}]
  }
\`send\` goes to its url, \`listen\` expects its events and hands deliveries on by its routes, \`hooks ensure\` makes a hook for
its events; dialect and secret count for all of them.
A profile's token only ever goes to the profile's own instance, and one from the environment or a file never where the
project's file alone points. MISSKEY_HOOKS_CONFIG_DIR moves the folder of the profiles.`;

/** One setting, its value in words, and where it comes from. */
interface Row {
  readonly name: string;
  readonly value: string | null;
  readonly source: string | null;
}

const unset = { value: null, source: null } as const;

async function rowsOf(options: InstanceOptions, context: CommandContext): Promise<Row[]> {
  const [profiles, project] = [await loadProfiles(context), await loadProject(context)];
  const { instance, token } = chooseAccount(options, context.env, project, profiles);
  const { settings } = project ?? {};
  const ofProject = (value: string | undefined): Omit<Row, "name"> =>
    value === undefined ? unset : { value, source: project?.path ?? null };
  const proxy = instance && proxyFor(new URL(instance.url.origin), networkOfEnv(context.env));
  const fromEnv = context.env["MISSKEY_HOOKS_SECRET"] === undefined ? undefined : "MISSKEY_HOOKS_SECRET";
  const { secret } = settings ?? {};
  const secretPlace = secret && ("env" in secret ? `the variable ${secret.env}` : `the file ${secret.file}`);
  return [
    { name: "instance", ...(instance ? { value: instance.url.origin, source: instance.source } : unset) },
    {
      name: "account",
      ...(token?.kind === "profile"
        ? { value: `${token.profile.username} (${token.profile.name})`, source: token.source }
        : unset),
    },
    { name: "token", ...(token ? { value: "***", source: token.source } : unset) },
    { name: "url", ...ofProject(settings?.url) },
    { name: "events", ...ofProject(settings?.events?.join(", ")) },
    { name: "dialect", ...ofProject(settings?.dialect) },
    {
      name: "routes",
      ...ofProject(settings?.routes?.map(({ url, events }) => `${events?.join(", ") ?? "all"} → ${url}`).join("; ")),
    },
    { name: "secret", ...(fromEnv ? { value: "***", source: fromEnv } : ofProject(secretPlace)) },
    { name: "proxy", ...(proxy ? { value: proxy, source: "HTTPS_PROXY or HTTP_PROXY" } : unset) },
    { name: "project file", value: project?.path ?? null, source: null },
    { name: "profiles", value: profiles.path, source: `${profiles.all.length} signed in` },
  ];
}

function show(rows: readonly Row[], context: CommandContext): void {
  const theme = createTheme(context.colour.result);
  const lines = rows.map(({ name, value, source }) => {
    const shown = value === null ? theme.faint("–") : shorten(value, 200);
    return `${theme.faint(name.padEnd(12))}  ${shown}${source === null ? "" : theme.faint(`   ${printable(source)}`)}`;
  });
  context.result(lines.join("\n"));
}

export const define: DefineCommand = (command, context, action) => {
  addInstanceOptions(
    command
      .description("Show which settings apply here, and where each comes from. Nothing is sent.")
      .option("--schema", "print the JSON Schema of misskey-hooks.config.json instead"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (options: InstanceOptions & { schema?: true }) => {
        if (options.schema === true) {
          context.result(JSON.stringify(await projectSchema(), undefined, 2));
          return "done";
        }
        const rows = await rowsOf(options, context);
        if (!context.json) show(rows, context);
        else {
          const settings = rows.map(({ name, value, source }) => [name.replaceAll(" ", "-"), { value, source }]);
          context.result(JSON.stringify({ folder: configFolder(context.env), ...Object.fromEntries(settings) }));
        }
        return "done";
      }),
    );
};
