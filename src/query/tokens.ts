// The words and signs of an expression, each with its place, so that an error can say where it is.
import type { ErrorParams } from "../errors.js";

type QueryProblem = ErrorParams<"bad-query">["problem"];

export interface Token {
  readonly kind: "text" | "path" | "number" | "word" | "sign";
  readonly text: string;
  /** Counted in UTF-16 units from 0. */
  readonly at: number;
}

/** What can't be read, and where. */
export interface Trouble {
  readonly at: number;
  readonly problem: QueryProblem;
}

const patterns: readonly (readonly [Token["kind"] | "space", RegExp])[] = [
  ["space", /\s+/y],
  ["text", /"(?:\\["\\]|[^"\\])*"/y],
  ["path", /'(?:\\['\\]|[^'\\])*'/y],
  ["number", /\d+(?:\.\d+)?(?![\d.\w])/y],
  ["word", /[a-zA-Z_$](?:[\w.$]|\[\d+\])*/y],
  ["sign", /[=!<>]=|[-+*/^(),<>]/y],
];

const problems: Readonly<Record<string, QueryProblem>> = {
  "=": { kind: "other-sign", instead: "==" },
  "&": { kind: "other-sign", instead: "and" },
  "|": { kind: "other-sign", instead: "or" },
  "!": { kind: "other-sign", instead: "not, or !=" },
  '"': { kind: "endless-text" },
  "'": { kind: "endless-path" },
  "[": { kind: "brackets" },
};

/** A path as it is elsewhere, too: `note.files[0]` is `body.note.files.0`. */
function fullPath(word: string): string {
  const dotted = word.replaceAll(/\[(\d+)\]/g, ".$1");
  return /^(?:note|user)(?:\.|$)/.test(dotted) ? `body.${dotted}` : dotted;
}

/** The tokens, or the first place that is none. */
export function readTokens(expression: string): readonly Token[] | Trouble {
  const tokens: Token[] = [];
  let at = 0;
  while (at < expression.length) {
    let end = at;
    for (const [kind, pattern] of patterns) {
      pattern.lastIndex = at;
      const text = pattern.exec(expression)?.[0];
      if (text === undefined) continue;
      end = at + text.length;
      if (kind !== "space") tokens.push({ kind, text: kind === "word" ? fullPath(text) : text, at });
      break;
    }
    const character = String.fromCodePoint(expression.codePointAt(at) ?? 0);
    if (end === at) return { at, problem: problems[character] ?? { kind: "no-meaning", text: character } };
    at = end;
  }
  return tokens;
}
