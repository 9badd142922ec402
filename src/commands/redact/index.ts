// redact: recordings with invented names, to show to others or to keep as fixtures.
import type { DefineCommand } from "../command.js";
import { collect } from "../options/values.js";
import { check } from "./check.js";
import { type RedactOptions, rewrite } from "./rewrite.js";

const examples = `
Examples:
  $ misskey-hooks redact mention.json > fixture.json
  $ misskey-hooks redact captures.ndjson --output shared.ndjson
  $ misskey-hooks redact recordings/ --output redacted/
  $ misskey-hooks redact fixture.json --in-place
  $ misskey-hooks redact --captures ~/store --output shared.ndjson
  $ misskey-hooks redact --check fixture.json --against mention.json

Ids, user names, display names, hosts, URLs, texts, descriptions, profile fields, file names, hashes and birthdays become
pseudonyms. The same input gets the same one within a run, and over runs with the same --key: mentions still mention the
renamed user, hashtags match tags, length and script stay roughly, and the result validates as before. Times, numbers,
visibilities and the like stay as they are.

--check changes nothing: it ends with 1 and names the places where something looks personal (an address, a token, a host
that isn't reserved for examples), and with --against those where something of the original is left.`;

export const define: DefineCommand = (command, context, action) => {
  command
    .description("Put invented names into recordings, so that they can be shown to others.")
    .argument("[path...]", "files or folders of recordings; - for standard input")
    .option("--captures <folder>", "all captures of this store, instead of files")
    .option("--output <path>", "a new file, or a new folder where a folder is read (default: standard output)")
    .option("--in-place", "change the files themselves")
    .option("--key <text>", "the same pseudonyms in every run with this key; keep it to yourself")
    .option("--check", "only look for what is left")
    .option("--against <path>", "with --check: the originals; repeatable", collect)
    .addHelpText("after", examples)
    .action(
      action(async (paths: string[], options: RedactOptions) =>
        options.check ? check(paths, options, context) : rewrite(paths, options, context),
      ),
    );
};
