// hooks export: the hooks as a file, to be kept or to be imported elsewhere.
import { resolve } from "node:path";
import { LocalError } from "../../errors.js";
import { createFile } from "../../files/index.js";
import { listHooks } from "../../instance/index.js";
import { guardedJson, printable } from "../../terminal/index.js";
import type { CommandContext, DefineCommand } from "../command.js";
import { warn } from "../output/warn.js";
import { addHookOptions, type HookOptions, openHooks } from "./hook/access.js";
import { hookFileOf } from "./hook/file.js";

const examples = `
Examples:
  $ misskey-hooks hooks export > hooks.json
  $ misskey-hooks hooks export --output hooks.json --include-secrets     only you can read that file
  $ misskey-hooks hooks import hooks.json --profile other@misskey.example

Secrets are left out unless you ask for them; an import then makes new ones.`;

interface ExportOptions extends HookOptions {
  readonly output?: string;
  readonly includeSecrets?: true;
}

/** A file that exists is not written over: it may be the only copy. */
async function writeNew(path: string, text: string, context: CommandContext): Promise<void> {
  try {
    await createFile(resolve(context.cwd, path), `${text}\n`, { mode: 0o600 });
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "EEXIST") {
      throw new LocalError("file-exists", { path });
    }
    throw new LocalError("file-not-writable", { path, why: message }, { cause });
  }
}

export const define: DefineCommand = (command, context, action) => {
  addHookOptions(
    command
      .option("--output <file>", "write to this new file instead of standard output")
      .option("--include-secrets", "with the secrets, in the clear"),
  )
    .addHelpText("after", examples)
    .action(
      action(async (options: ExportOptions) => {
        const { api } = await openHooks(options, context);
        const hooks = await listHooks(api);
        const text = guardedJson(hookFileOf(hooks, options.includeSecrets === true));
        if (options.includeSecrets === true) warn("the export holds secrets in the clear.", context);
        const { output } = options;
        if (output === undefined) {
          context.result(text);
          return "done";
        }
        await writeNew(output, text, context);
        if (context.json) context.result(JSON.stringify({ file: output, hooks: hooks.length }));
        else
          context.result(`Exported ${hooks.length} ${hooks.length === 1 ? "hook" : "hooks"} to ${printable(output)}.`);
        return "done";
      }),
    );
};
