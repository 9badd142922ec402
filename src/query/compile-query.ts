// An expression such as `event == "mention" and body.note.visibility == "public"`, made ready to be asked of many
// deliveries. It reaches the delivery alone: no host, no prototype, no loop.
import { compileExpression } from "filtrex";
import { UsageError } from "../errors.js";
import { absent, functions, operators, valueAt } from "./absent.js";
import { queryFields, type QuerySubject } from "./query-subject.js";
import { readTokens, type Token, type Trouble } from "./tokens.js";

/** Whether a delivery is meant. Never throws; what can't be evaluated (a text minus one) is false. */
export type Query = (subject: QuerySubject) => boolean;

const keywords = new Set(["and", "or", "not", "in", "mod", "if", "then", "else"]);
const constants = { true: true, false: false, null: null };
const fields: ReadonlySet<string> = new Set(queryFields);
const longest = 2000;

const options = {
  constants,
  operators,
  extraFunctions: functions,
  customProp: (path: string, _get: unknown, subject: unknown): unknown => valueAt(subject, path),
};
type Evaluate = (subject: QuerySubject) => unknown;

// The library's lexer takes the character after a keyword for a part of it: `not(ok)` would lose a parenthesis.
function compile(tokens: readonly Token[]): Evaluate {
  return compileExpression(tokens.map(({ text }) => `${text} `).join(""), options as never) as Evaluate;
}

/** Whether no end could make these tokens right. */
function isHopeless(tokens: readonly Token[]): boolean {
  try {
    compile(tokens);
    return false;
  } catch (error) {
    return !(error as Error).message.endsWith("got 'EndOfExpression'");
  }
}

/** The token that can't follow those before it. Every longer beginning fails as well, so that it is found by halving. */
function misplaced(tokens: readonly Token[], end: number): Trouble {
  let [good, bad] = [0, tokens.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (isHopeless(tokens.slice(0, middle))) bad = middle;
    else good = middle;
  }
  const token = tokens[bad - 1];
  return token === undefined
    ? { at: end, problem: { kind: "incomplete" } }
    : { at: token.at, problem: { kind: "misplaced", text: token.text } };
}

function unknownName(tokens: readonly Token[]): Trouble | undefined {
  for (const [index, { kind, text, at }] of tokens.entries()) {
    const isCall = tokens[index + 1]?.text === "(";
    if (kind === "path" || (kind === "word" && !keywords.has(text) && !Object.hasOwn(constants, text))) {
      const path = kind === "path" ? text.slice(1, -1) : text;
      if (kind === "word" && isCall) {
        if (Object.hasOwn(functions, path)) continue;
        return { at, problem: { kind: "no-function", name: path, known: Object.keys(functions) } };
      }
      if (fields.has(path.split(".")[0] ?? "")) continue;
      return { at, problem: { kind: "no-field", name: path, quoted: kind === "path", known: queryFields } };
    }
  }
  return undefined;
}

function troubleError(expression: string, { at, problem }: Trouble): UsageError {
  const before = expression.slice(0, at);
  const start = before.lastIndexOf("\n") + 1;
  const [shown = ""] = expression.slice(start).split("\n");
  const place = { line: before.split("\n").length, column: at - start + 1 };
  return new UsageError("bad-query", { problem, at: place, shown });
}

/**
 * Compiles an expression. Comparisons (`==`, `!=`, `<`, `in`, …) are joined by `and`, `or`, `not`; a path that leads
 * nowhere equals nothing.
 * @throws UsageError `bad-query`, which says what is wrong and where, with a caret below the place; `query-too-long`
 */
export function compileQuery(expression: string): Query {
  if (expression.length > longest) {
    throw new UsageError("query-too-long", { longest });
  }
  const tokens = readTokens(expression);
  if ("problem" in tokens) throw troubleError(expression, tokens);
  const unknown = unknownName(tokens);
  let evaluate: Evaluate | undefined;
  try {
    evaluate = compile(tokens);
  } catch {
    throw troubleError(expression, unknown ?? misplaced(tokens, expression.trimEnd().length));
  }
  if (unknown !== undefined) throw troubleError(expression, unknown);
  const ask = evaluate;
  const ofNothing = ask({});
  if (ofNothing === absent || typeof ofNothing === "number" || typeof ofNothing === "string") {
    const [first] = tokens;
    const isFlag = tokens.length === 1 && (first?.text === "ok" || first?.text === "redelivery");
    if (!isFlag) throw troubleError(expression, { at: 0, problem: { kind: "value" } });
  }
  return (subject) => ask(subject) === true;
}
