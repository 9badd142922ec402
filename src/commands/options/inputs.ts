// What options point at: files, standard input, the environment, a question. Everything here ends in a usage error
// that names the option's value, never in a system's error text alone.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { buffer } from "node:stream/consumers";
import { secretOfListen } from "../../config/index.js";
import { UsageError } from "../../errors.js";
import { type Dialect, laterThanKnown, resolveDialect, secretTrouble } from "../../protocol/index.js";
import { createPrompter } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import { warn } from "../output/warn.js";
import { projectSecretPlace } from "./settings.js";

/** What a file that can't be read is told as. */
export function unreadableFile(path: string, cause: unknown): UsageError {
  const { code = "" } = cause as NodeJS.ErrnoException;
  return new UsageError("unreadable-file", { path, code }, { cause });
}

/**
 * The bytes of a file (relative to the working directory), or of standard input for `-`.
 * @throws UsageError `unreadable-file`, `stdin-read-twice`
 */
export async function readInput(path: string, context: CommandContext): Promise<Buffer> {
  if (path === "-") return readStdin(context);
  try {
    return await readFile(resolve(context.cwd, path));
  } catch (cause) {
    throw unreadableFile(path, cause);
  }
}

async function readStdin({ stdin }: CommandContext): Promise<Buffer> {
  if (!stdin.readable) {
    throw new UsageError("stdin-read-twice");
  }
  return buffer(stdin);
}

/** Where a secret may come from, as commander hands the options over. */
export interface SecretSource {
  /** `--secret <value>`; true for `--secret` alone, which asks. */
  readonly secret?: string | true | undefined;
  /** `--secret-file <path>`, or `-` for standard input. The newline at its end isn't part of the secret. */
  readonly secretFile?: string | undefined;
}

const secretVariable = "MISSKEY_HOOKS_SECRET";

/**
 * The secret that the user means: `--secret value`, else `--secret-file`, else `MISSKEY_HOOKS_SECRET`, else
 * where the project's file says, else undefined.
 * `--secret` alone takes the variable, and asks for it on a terminal.
 * @throws UsageError `no-secret` (`--secret` alone, and nowhere to get it from), `conflicting-secrets`,
 * `unsendable-secret` (a server could never deliver with it), `unreadable-file`
 */
export async function readSecretSource(source: SecretSource, context: CommandContext): Promise<string | undefined> {
  if (source.secret !== undefined && source.secretFile !== undefined) {
    throw new UsageError("conflicting-secrets");
  }
  const secret = await findSecret(source, context);
  if (secret !== undefined && secretTrouble(secret) === "unsendable") {
    throw new UsageError("unsendable-secret");
  }
  return secret;
}

/**
 * The secret that the user means, else the one that a `listen` at this very address of the machine's own made up.
 * @throws those of `readSecretSource`
 */
export async function secretFor(
  url: string,
  source: SecretSource,
  context: CommandContext,
): Promise<string | undefined> {
  const given = await readSecretSource(source, context);
  return given ?? secretOfListen(url, context.env, context.now());
}

/**
 * The secret where the project's file says it is; undefined when it says nothing, or names a variable that isn't set.
 * @throws UsageError `bad-project-file`, `unreadable-file`
 */
export async function readProjectSecret(context: CommandContext): Promise<string | undefined> {
  const place = await projectSecretPlace(context);
  if (place === undefined) return undefined;
  return "variable" in place ? context.env[place.variable] : readSecretFile(place.path, context);
}

async function readSecretFile(path: string, context: CommandContext): Promise<string> {
  return (await readInput(path, context)).toString("utf8").replace(/\r?\n$/, "");
}

async function findSecret(source: SecretSource, context: CommandContext): Promise<string | undefined> {
  if (source.secretFile !== undefined) return readSecretFile(source.secretFile, context);
  if (typeof source.secret === "string") return source.secret;
  const fromEnvironment = context.env[secretVariable] ?? (await readProjectSecret(context));
  if (fromEnvironment !== undefined || source.secret === undefined) return fromEnvironment;
  if (context.interactive) {
    return createPrompter({ input: context.stdin, output: context.terminal, signal: context.signal }).hidden(
      "Secret of the hook:",
    );
  }
  throw new UsageError("no-secret", { by: "option", variable: secretVariable });
}

/**
 * The dialect that `--as` names: `iceshrimp`, `misskey@12.119`, or a JSON file of the user's own (`./my-fork.json`).
 * A version that is later than what is known is taken as the newest row, and that is told.
 * @throws UsageError `unknown-dialect`, `unreadable-file`, `invalid-dialect-file`
 */
export async function readDialect(spec: string, context: CommandContext): Promise<Dialect> {
  if (!spec.endsWith(".json")) {
    const dialect = resolveDialect(spec);
    const later = laterThanKnown(spec);
    if (later) {
      const { title, version, newestKnown, takenAs } = later;
      warn(
        `${title} ${version} is later than what is known here (${newestKnown}): it is taken as ${takenAs}.`,
        context,
      );
    }
    return dialect;
  }
  const content = await readInput(spec, context);
  const { parseDialectFile } = await import("./dialect-file.js");
  return parseDialectFile(content.toString("utf8"), spec);
}
