// Which captures `replay` means: one by name, those of a file, those that an expression or the options choose.
import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import {
  capturesInOrder,
  findCapture,
  isCaptureName,
  recordingAsCapture,
  splitRecordings,
  type StoredCapture,
} from "../../captures/index.js";
import { UsageError } from "../../errors.js";
import { filterOf, type FilterOptions, storeFolder } from "../captures/store-options.js";
import type { CommandContext } from "../command.js";
import { readInput } from "../options/inputs.js";

export interface Chosen {
  /** The store that they are of; undefined for those of a file. */
  readonly folder: string | undefined;
  readonly captures: readonly StoredCapture[];
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (entry) => entry.isFile(),
    () => false,
  );
}

async function ofFile(file: string, context: CommandContext): Promise<Chosen> {
  const found = splitRecordings((await readInput(file, context)).toString("utf8"));
  if (typeof found === "number") throw new UsageError("no-recording", { file, line: found });
  return { folder: undefined, captures: found.map(recordingAsCapture) };
}

/**
 * @throws UsageError `nothing-chosen`, `no-such-capture`, `ambiguous-capture`, `no-recording`, `bad-query`, and those of
 * `readStoreKey`
 */
export async function chooseCaptures(
  what: string | undefined,
  options: FilterOptions & { readonly limit?: number },
  context: CommandContext,
): Promise<Chosen> {
  const isName = what !== undefined && isCaptureName(what);
  if (what !== undefined && !what.startsWith("last") && (what === "-" || (await isFile(resolve(context.cwd, what))))) {
    return ofFile(what, context);
  }
  const folder = await storeFolder(options, context);
  if (isName) return { folder, captures: [findCapture(folder, what)] };
  const { since, until, event, from, status, withFindings, unforwarded, where } = options;
  const narrowed = [since, until, event, from, status, withFindings, unforwarded, where].some(
    (one) => one !== undefined,
  );
  if (what === undefined && !narrowed) throw new UsageError("nothing-chosen");
  if (what !== undefined && /^[\w~./\\-]+$/.test(what)) throw new UsageError("no-such-capture", { name: what, folder });
  const expression = [what, where].filter((one) => one !== undefined).map((one) => `(${one})`);
  const query = expression.length > 1 ? expression.join(" and ") : (what ?? where);
  const filter = await filterOf({ ...options, ...(query === undefined ? {} : { where: query }) }, context);
  const captures = [...capturesInOrder(folder, filter, options.limit)];
  if (captures.length === 0) throw new UsageError("no-captures-chosen", { folder });
  return { folder, captures };
}
