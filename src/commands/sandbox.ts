// sandbox: an instance in a box, until Ctrl-C.
import { createSandbox, type SandboxOptions } from "../sandbox/index.js";
import type { DefineCommand } from "./command.js";
import { readDialect } from "./inputs.js";
import { port, positiveInteger, positiveNumber, share } from "./options.js";
import { followSandbox, showUsers } from "./sandbox-view.js";

const examples = `
Examples:
  $ misskey-hooks sandbox                            a Misskey on http://127.0.0.1:3939, tokens printed
  $ misskey-hooks sandbox --time-scale 600           a failed delivery is tried again after 100 ms
  $ misskey-hooks sandbox --as misskey@12.119        as an older server behaves
  $ misskey-hooks sandbox --port 0 --json            for scripts: the first line has the URL and the tokens

In another terminal, with the two lines that it prints:
  $ misskey-hooks hooks create --url http://127.0.0.1:4649/ --on mention
  $ misskey-hooks hooks test <id> --type mention

Everything is kept in memory and gone with Ctrl-C. No note leaves this machine, except to the hooks you register.`;

interface Flags {
  readonly port: number;
  readonly host: string;
  readonly as?: string;
  readonly users: number;
  readonly timeScale: number;
  readonly jitter?: number;
  readonly seed?: number;
  readonly blockPrivate?: true;
}

export const define: DefineCommand = (command, context, action) => {
  command
    .description("Run an instance in a box: a local Misskey for webhooks, with no account, database or network.")
    .optionsGroup("Server:")
    .option("--port <port>", "where it listens; 0 for any free port", port, 3939)
    .option("--host <address>", "the address it listens on", "127.0.0.1")
    .option("--as <dialect>", "behave as this server: misskey, misskey@12.119, iceshrimp, ./my-fork.json …")
    .option("--users <count>", "accounts: admin, alice and bob, then carol, dave and so on", positiveInteger, 3)
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
        const { as, ...rest } = flags;
        const options: SandboxOptions = as === undefined ? rest : { ...rest, dialect: await readDialect(as, context) };
        const sandbox = await createSandbox(options);
        const stopFollowing = followSandbox(sandbox, context);
        showUsers(sandbox, context);
        try {
          if (!context.signal.aborted)
            await new Promise((resolve) => context.signal.addEventListener("abort", resolve, { once: true }));
        } finally {
          stopFollowing();
          await sandbox.close();
        }
        return "done";
      }),
    );
};
