// --report: the same findings in formats that other programs read, each to a file or to standard output.
import { access, appendFile, constants, mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { LocalError, UsageError } from "../../errors.js";
import { replaceFile } from "../../files/index.js";
import { githubAnnotations, githubSummary, junitReport, type Report, tapReport } from "../../reporters/index.js";
import { guardedJson } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";

/** What a command has to report, in every form that is its own. */
export interface Reportable {
  readonly report: Report;
  readonly pretty: () => string;
  readonly json: () => string;
  readonly ndjson: () => string;
}

type Format = "pretty" | "json" | "ndjson" | "junit" | "tap" | "github";

const formats: Readonly<Record<Format, (reportable: Reportable) => string | Promise<string>>> = {
  pretty: ({ pretty }) => pretty(),
  json: ({ json }) => guardedJson(json()),
  ndjson: ({ ndjson }) => guardedJson(ndjson()),
  junit: ({ report }) => junitReport(report),
  tap: ({ report }) => tapReport(report),
  github: ({ report }) => githubAnnotations(report),
};

/** One wanted report. */
export interface ReportTarget {
  readonly format: Format;
  /** Relative to the working directory; undefined for standard output. */
  readonly file: string | undefined;
}

/** For the option's description. */
export const reportFormats: string = Object.keys(formats).join(", ");

/**
 * Reads the values of `--report format[=file]`.
 * @throws UsageError `unknown-report`, `conflicting-reports` (two on standard output)
 */
export function readReportTargets(values: readonly string[] = [], json = false): ReportTarget[] {
  const targets = values.map((value) => {
    const [format = "", ...rest] = value.split("=");
    if (!(format in formats)) {
      throw new UsageError("unknown-report", { name: format, known: Object.keys(formats) });
    }
    return { format: format as Format, file: rest.length === 0 ? undefined : rest.join("=") };
  });
  const toOutput = targets.filter(({ file, format }) => file === undefined && format !== "github");
  if (toOutput.length > 1 || (json && toOutput.length > 0)) {
    throw new UsageError("conflicting-reports");
  }
  return targets;
}

/** Whether standard output is taken by a report, so that the command's own text would be in its way. */
export function takesOutput(targets: readonly ReportTarget[]): boolean {
  return targets.some(({ file, format }) => file === undefined && format !== "github");
}

/** As mkdir's `recursive`, which never ends where the system says that there is no such folder (in /proc, Node 20). */
async function makeFolder(path: string): Promise<void> {
  const trouble = await mkdir(path).catch((cause: unknown) => cause as NodeJS.ErrnoException);
  if (!(trouble instanceof Error) || trouble.code === "EEXIST") return;
  const above = dirname(path);
  if (trouble.code !== "ENOENT" || (await stat(above).catch(() => undefined)) !== undefined) throw trouble;
  await makeFolder(above);
  await mkdir(path);
}

/**
 * Makes the folders of the reports, and sees that each can be written, before the work begins that they are about.
 * @throws LocalError `unwritable-file`
 */
export async function prepareReports(targets: readonly ReportTarget[], context: CommandContext): Promise<void> {
  for (const { file } of targets) {
    if (file === undefined) continue;
    const path = resolve(context.cwd, file);
    try {
      await makeFolder(dirname(path));
      const exists = await stat(path).catch(() => undefined);
      if (exists?.isDirectory() === true) throw Object.assign(new Error("It is a folder."), { code: "EISDIR" });
      await access(exists === undefined ? dirname(path) : path, constants.W_OK);
    } catch (cause) {
      throw unwritable(file, cause);
    }
  }
}

function unwritable(file: string, cause: unknown): LocalError {
  const { code = "" } = cause as NodeJS.ErrnoException;
  return new LocalError("unwritable-file", { what: "report", file, why: code }, { cause });
}

async function save(file: string, text: string, context: CommandContext, append = false): Promise<void> {
  const path = resolve(context.cwd, file);
  try {
    await makeFolder(dirname(path));
    await (append ? appendFile : replaceFile)(
      path,
      `${text}
`,
    );
  } catch (cause) {
    throw unwritable(file, cause);
  }
}

/**
 * Writes the reports. `github` puts annotations where the runner reads them, and its summary into the file given or
 * into `GITHUB_STEP_SUMMARY`.
 * @throws LocalError `unwritable-file`
 */
export async function writeReports(
  targets: readonly ReportTarget[],
  reportable: Reportable,
  context: CommandContext,
): Promise<void> {
  for (const { format, file } of targets) {
    const text = await formats[format](reportable);
    if (format === "github") {
      // The runner reads commands from both streams; beside a JSON result they are notes.
      const isBeside = context.json || takesOutput(targets);
      if (text !== "" && isBeside) context.note(text);
      if (text !== "" && !isBeside) context.result(text);
      const summary = file ?? context.env["GITHUB_STEP_SUMMARY"];
      if (summary !== undefined && summary !== "") await save(summary, githubSummary(reportable.report), context, true);
    } else if (file === undefined) context.result(text);
    else await save(file, text, context);
  }
}
