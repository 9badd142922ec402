// sandbox: an instance in a box, until Ctrl-C.
import { resolve } from "node:path";
import { createSandbox, type Sandbox, type SandboxOptions } from "../../sandbox/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { readDialect } from "../options/inputs.js";
import { collect, port, positiveInteger, positiveNumber, share } from "../options/values.js";
import { followKeys } from "./keys.js";
import { playScript } from "./script.js";
import { followSandbox, showUsers } from "./view.js";

const examples = `
Examples:
  $ misskey-hooks sandbox                            a Misskey on http://127.0.0.1:3939, tokens printed
  $ misskey-hooks sandbox --time-scale 600           a failed delivery is tried again after 100 ms
  $ misskey-hooks sandbox --as misskey@12.119        as an older server behaves
  $ misskey-hooks sandbox --port 0 --json            for scripts: the first line has the URL and the tokens
  $ misskey-hooks sandbox --script scenario.ndjson   do what the lines say, deliver, and end
  $ misskey-hooks sandbox --state sandbox.json       the same accounts, hooks and notes next time

A line of a script:
  {"as": "bob", "do": "notes/create", "with": {"text": "hi @alice"}, "name": "first"}
  {"as": "alice", "do": "notes/create", "with": {"text": "hi!", "replyId": "{{first.createdNote.id}}"}}
  {"as": "bob", "do": "following/create", "with": {"userId": "{{users.alice.id}}"}}
  {"do": "settled"}                                  wait until everything is delivered
  “expect” names the refusal that a line is to meet: "expect": "NO_SUCH_NOTE".

In another terminal, with the two lines that it prints:
  $ misskey-hooks hooks create --url http://127.0.0.1:4649/ --on mention
  $ misskey-hooks hooks test <id> --type mention

Without --state everything is gone with Ctrl-C. No note leaves this machine, except to the hooks you register.`;

interface Flags {
  readonly port: number;
  readonly host: string;
  readonly allowHost?: string[];
  readonly as?: string;
  readonly users: number;
  readonly timeScale: number;
  readonly jitter?: number;
  readonly seed?: number;
  readonly blockPrivate?: true;
  readonly state?: string;
  readonly script?: string;
  readonly stay?: true;
}

async function untilAborted({ signal }: CommandContext): Promise<void> {
  if (signal.aborted) return;
  await new Promise((done) => signal.addEventListener("abort", done, { once: true }));
}

async function untilSettled(sandbox: Sandbox, context: CommandContext): Promise<void> {
  await Promise.race([sandbox.settled(), untilAborted(context)]);
}

export const define: DefineCommand = (command, context, action) => {
  command
    .description("Run an instance in a box: a local Misskey for webhooks, with no account, database or network.")
    .optionsGroup("Server:")
    .option("--port <port>", "where it listens; 0 for any free port", port, 3939)
    .option("--host <address>", "the address it listens on", "127.0.0.1")
    .option("--allow-host <name>", "answer to this name as well, e.g. a tunnel's; repeatable", collect)
    .option("--as <dialect>", "behave as this server: misskey, misskey@12.119, iceshrimp, ./my-fork.json …")
    .option("--users <count>", "accounts: admin, alice and bob, then carol, dave and so on", positiveInteger, 3)
    .option("--state <file>", "keep everything in this file over restarts; it holds tokens and secrets")
    .optionsGroup("Scripts:")
    .option("--script <file>", "do the actions in this file (NDJSON), - for standard input; then deliver, and end")
    .option("--stay", "go on running when the script is done")
    .optionsGroup("Deliveries:")
    .option(
      "--time-scale <n>",
      "divide the waits between attempts: 600 turns ten minutes into a second",
      positiveNumber,
      1,
    )
    .option("--jitter <share>", "fix the jitter of those waits, 0 (none) to 1 (20 %); random otherwise", share)
    .option("--seed <number>", "the same tokens, ids of events and jitter on every run", positiveInteger)
    .option("--block-private", "refuse to deliver to this machine and private networks, as servers in production do")
    .addHelpText("after", examples)
    .action(
      action(async (flags: Flags) => {
        const { allowHost: allowedHosts = [], as, script, stay, state, ...rest } = flags;
        const options: SandboxOptions = {
          ...rest,
          allowedHosts,
          ...(as === undefined ? {} : { dialect: await readDialect(as, context) }),
          ...(state === undefined ? {} : { state: resolve(context.cwd, state) }),
        };
        const sandbox = await createSandbox(options);
        const stops = [followSandbox(sandbox, context), script === "-" ? () => {} : followKeys(sandbox, context)];
        showUsers(sandbox, context);
        try {
          if (script !== undefined) await playScript(sandbox, script, context);
          if (script === undefined || stay) await untilAborted(context);
          else await untilSettled(sandbox, context);
        } finally {
          for (const stop of stops) stop();
          await sandbox.close();
        }
        return "done";
      }),
    );
};
