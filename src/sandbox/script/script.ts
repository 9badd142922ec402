// Scripts: actions as lines of JSON, done in order, so that a scenario can be driven from a file or a pipe.
//   {"as": "bob", "do": "notes/create", "with": {"text": "hi @alice"}, "name": "first"}
//   {"as": "alice", "do": "notes/create", "with": {"text": "hi!", "replyId": "{{first.createdNote.id}}"}}
//   {"do": "settled"}
import { type ErrorParams, RefusedError, UsageError } from "../../errors.js";
import type { Sandbox } from "../contract.js";
import { parseJson } from "../../parse-json.js";

/** A line that was done. */
export interface ScriptAction {
  readonly line: number;
  /** undefined for `settled`. */
  readonly as: string | undefined;
  readonly do: string;
  /** What the API answered; undefined for an empty answer. */
  readonly result: unknown;
  /** The code of the refusal that the line expected. */
  readonly refused: string | undefined;
}

interface ScriptLine {
  readonly as?: string;
  readonly do: string;
  readonly with?: Readonly<Record<string, unknown>>;
  /** What later lines call its result. */
  readonly name?: string;
  /** The code of a refusal that is right here, e.g. `NO_SUCH_NOTE`. */
  readonly expect?: string;
}

type WithoutLine<Params> = Params extends unknown ? Omit<Params, "line"> : never;
type ScriptTrouble = WithoutLine<ErrorParams<"broken-script-line">>;

const knownKeys = new Set(["as", "do", "with", "name", "expect"]);

function broken(line: number, trouble: ScriptTrouble): UsageError {
  return new UsageError("broken-script-line", { line, ...trouble });
}

function parseLine(text: string, line: number): ScriptLine {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (cause) {
    throw broken(line, { trouble: "not-json", why: (cause as Error).message });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw broken(line, { trouble: "no-object" });
  const unknown = Object.keys(value).find((key) => !knownKeys.has(key));
  if (unknown !== undefined) throw broken(line, { trouble: "unknown-key", key: unknown, known: [...knownKeys] });
  const { do: action, as, with: params } = value as Partial<ScriptLine>;
  if (typeof action !== "string") throw broken(line, { trouble: "no-action" });
  if (action !== "settled" && typeof as !== "string") throw broken(line, { trouble: "no-actor" });
  if (params !== undefined && (typeof params !== "object" || params === null))
    throw broken(line, { trouble: "params-no-object" });
  return value as ScriptLine;
}

const whole = /^\{\{([^{}]+)\}\}$/;
const inside = /\{\{([^{}]+)\}\}/g;

function lookUp(path: string, results: Readonly<Record<string, unknown>>, line: number): unknown {
  let value: unknown = results;
  for (const key of path.trim().split(".")) {
    value = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
    if (value === undefined) throw broken(line, { trouble: "unknown-name", name: path });
  }
  return value;
}

/** The value with what earlier lines answered in place of `{{name.key}}`. */
function fillIn(value: unknown, results: Readonly<Record<string, unknown>>, line: number): unknown {
  if (typeof value === "string") {
    const [, path] = whole.exec(value) ?? [];
    if (path !== undefined) return lookUp(path, results, line);
    return value.replace(inside, (_text, name: string) => String(lookUp(name, results, line)));
  }
  if (Array.isArray(value)) return value.map((entry) => fillIn(entry, results, line));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fillIn(entry, results, line)]));
}

async function act(
  sandbox: Sandbox,
  script: ScriptLine,
  params: object,
  line: number,
): Promise<Omit<ScriptAction, "line">> {
  const { as, do: action, expect } = script;
  if (action === "settled" || as === undefined) {
    await sandbox.settled();
    return { as: undefined, do: action, result: undefined, refused: undefined };
  }
  try {
    const result = await sandbox.as(as).call(action, { ...params });
    if (expect === undefined) return { as, do: action, result, refused: undefined };
  } catch (error) {
    if (!(error instanceof RefusedError))
      throw error instanceof UsageError ? broken(line, { trouble: "in-action", of: error.fact }) : error;
    const code = error.code.toUpperCase().replaceAll("-", "_");
    if (code === expect) return { as, do: action, result: undefined, refused: code };
    throw new RefusedError("script-line-refused", { line, of: error.fact }, { cause: error, knownAs: error.code });
  }
  throw new RefusedError("not-refused", { line, action, expect: expect ?? "" });
}

/**
 * Does the lines in order; empty lines and those that begin with `#` are passed over.
 * @throws UsageError `broken-script-line`, with the number of the line
 * @throws RefusedError with the API's code, when a line is refused that doesn't expect it
 */
export async function* runScript(sandbox: Sandbox, lines: AsyncIterable<string>): AsyncGenerator<ScriptAction, void> {
  const users = Object.fromEntries(sandbox.users.map((user) => [user.username, user]));
  const results: Record<string, unknown> = { users };
  let line = 0;
  for await (const text of lines) {
    line++;
    if (text.trim() === "" || text.trimStart().startsWith("#")) continue;
    const script = parseLine(text, line);
    const params = fillIn(script.with ?? {}, results, line) as object;
    const done = await act(sandbox, script, params, line);
    if (script.name !== undefined) results[script.name] = done.result;
    yield { line, ...done };
  }
}
