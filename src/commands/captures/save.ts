// captures save: one capture as a fixture, for a test of one's own.
import { findCapture, payloadOf, type StoredCapture } from "../../captures/index.js";
import type { DefineCommand } from "../command.js";
import { writeNewFile } from "./export.js";
import { addStoreOption, storeFolder, type StoreOptions } from "./store-options.js";

const examples = `
Examples:
  $ misskey-hooks captures save last test/fixtures/mention.json
  $ misskey-hooks redact test/fixtures/mention.json --in-place     invented names in place of people's
  $ misskey-hooks validate test/fixtures/mention.json`;

/** In the form of this project's own recordings. */
function fixtureOf(capture: StoredCapture): string {
  const { at, delivery, httpVersion } = capture;
  const body = Buffer.from(delivery.body);
  const text = body.toString("utf8");
  const fixture = {
    at,
    method: delivery.method,
    path: delivery.path,
    httpVersion,
    rawHeaders: delivery.headers.flat(),
    bodyBytes: body.length,
    body: payloadOf(capture),
    bodyRaw: text,
    ...(Buffer.from(text).equals(body) ? {} : { bodyBase64: body.toString("base64") }),
  };
  return `${JSON.stringify(fixture, null, 2)}\n`;
}

export const define: DefineCommand = (command, context, action) => {
  addStoreOption(command.argument("<id>", "an id, a beginning of one, or last").argument("<file>", "a new file"))
    .addHelpText("after", examples)
    .action(
      action(async (name: string, file: string, options: StoreOptions) => {
        const capture = findCapture(await storeFolder(options, context), name);
        await writeNewFile(file, fixtureOf(capture), context);
        context.result(context.json ? JSON.stringify({ id: capture.id, file }) : `Saved ${capture.id} to ${file}.`);
        return "done";
      }),
    );
};
