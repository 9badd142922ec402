// login: signs in to an instance in the browser, or with a token that the user has, and keeps the token as a profile.
import { randomUUID } from "node:crypto";
import { Option } from "@commander-js/extra-typings";
import { checkProfileName, type Profile } from "../../config/index.js";
import { UsageError } from "../../errors.js";
import { type Account, hookPermissions, type InstanceUrl, parseInstanceUrl, whoAmI } from "../../instance/index.js";
import { createPrompter, printable } from "../../terminal/index.js";
import { chooseAccount } from "../account/choose-account.js";
import type { CommandContext, DefineCommand } from "../command.js";
import {
  addNetworkOptions,
  connect,
  isToken,
  type NetworkOptions,
  readNetwork,
  readToken,
} from "../account/instance-access.js";
import { approveInBrowser } from "./approval.js";
import { positiveDurationMs } from "../options/values.js";
import { loadProfiles, loadProject } from "../options/settings.js";
import { warn } from "../output/warn.js";

const examples = `
Examples:
  $ misskey-hooks login misskey.example                  approve in the browser, and be signed in
  $ misskey-hooks login misskey.example --no-browser     on another machine: open the address that it shows
  $ misskey-hooks login misskey.example --token-stdin < token.txt
  $ misskey-hooks login 127.0.0.1:3939                   the sandbox

It asks for two permissions alone, to view and to edit your account (read:account, write:account): that is what hooks
need. The token is kept in a file that only you can read; \`misskey-hooks config\` says where. The profile is called
user@host and becomes the current one.

With --json: {"kind":"approve","url":…}, then {"kind":"signed-in","profile":…,"username":…,"instance":…}.`;

interface Flags extends NetworkOptions {
  readonly profile?: string;
  readonly browser: boolean;
  readonly tokenStdin?: true;
  readonly tokenFile?: string;
  readonly wait: number;
}

async function whichInstance(text: string | undefined, context: CommandContext): Promise<InstanceUrl> {
  if (text !== undefined) return parseInstanceUrl(text);
  const said = chooseAccount({}, context.env, await loadProject(context), await loadProfiles(context)).instance;
  if (said !== undefined) return said.url;
  if (context.interactive) {
    const { stdin: input, terminal: output, signal } = context;
    return parseInstanceUrl(await createPrompter({ input, output, signal }).text("Address of the instance:"));
  }
  throw new UsageError("missing-instance", { to: "login" });
}

/** On a terminal `-` asks, because what is typed at standard input is there for all to see. */
async function readGivenToken(path: string, context: CommandContext): Promise<string> {
  if (path !== "-" || !context.interactive) return readToken({ kind: "file", path, source: "--token-file" }, context);
  const { stdin: input, terminal: output, signal } = context;
  return createPrompter({ input, output, signal }).hidden("Token:", (text) => isToken(text) || "That is no token.");
}

/**
 * Keeps the token; the same account signed in to again takes its old token's place. Nothing may go wrong here that could
 * have been found before: the instance gives a token once.
 */
async function keep(
  signedIn: { readonly instance: InstanceUrl; readonly account: Account; readonly permissions: readonly string[] },
  token: string,
  wanted: string | undefined,
  context: CommandContext,
): Promise<Profile> {
  const { instance, account, permissions } = signedIn;
  const profiles = await loadProfiles(context);
  const owner = { instance: instance.origin, userId: account.id };
  const same = profiles.all.find(({ instance: at, userId }) => at === owner.instance && userId === owner.userId);
  const usual = `${account.username}@${instance.host}`.replace(/[^\p{L}\p{N}._@:-]/gu, "-").slice(0, 90);
  const { username } = account;
  const signedInAt = new Date(context.now()).toISOString();
  const name = wanted ?? same?.name ?? usual;
  const profile = await profiles.save({ ...owner, name, username, permissions, signedInAt }, token);
  if (wanted !== undefined && profile.name !== wanted) {
    warn(`another account's profile is called “${wanted}”.`, context);
  }
  return profile;
}

function report(profile: Profile, context: CommandContext): void {
  const { name, username, instance } = profile;
  const { host } = new URL(instance);
  if (context.json) context.result(JSON.stringify({ kind: "signed-in", profile: name, username, instance }));
  else context.result(`Signed in to ${host} as ${printable(username)}, kept as the profile ${printable(name)}.`);
  if (context.json || context.quiet) return;
  context.note(
    "\nNext:\n  $ misskey-hooks hooks list       the account's hooks\n  $ misskey-hooks hooks create     a new one",
  );
}

export const define: DefineCommand = (command, context, action) => {
  addNetworkOptions(
    command
      .description("Sign in to an instance in the browser, and be remembered.")
      .argument("[instance]", "its address: misskey.example")
      .option("--profile <name>", "what to call the profile (default: user@host)")
      .option("--no-browser", "only show the address to open")
      .addOption(
        new Option("--wait <duration>", "how long to wait for your approval")
          .argParser(positiveDurationMs)
          .default(300_000, "5m"),
      )
      .addOption(new Option("--token-stdin", "take the token from standard input").conflicts("tokenFile"))
      .option("--token-file <path>", "take the token from a file; - for standard input"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (address: string | undefined, flags: Flags) => {
        const instance = await whichInstance(address, context);
        if (flags.profile !== undefined) checkProfileName(flags.profile);
        if (instance.plainText) warn(`the token travels to ${instance.host} unencrypted, over http.`, context);
        const network = await readNetwork(flags, context);
        const path = flags.tokenStdin === true ? "-" : flags.tokenFile;
        if (path !== undefined) {
          const token = await readGivenToken(path, context);
          const account = await whoAmI(connect(instance, { ...flags, network, token }, context));
          report(await keep({ instance, account, permissions: [] }, token, flags.profile, context), context);
          return "done";
        }
        const api = connect(instance, { ...flags, network }, context);
        const { token, account } = await approveInBrowser(api, instance, { ...flags, session: randomUUID() }, context);
        const signedIn = { instance, account, permissions: hookPermissions };
        report(await keep(signedIn, token.reveal(), flags.profile, context), context);
        return "done";
      }),
    );
};
