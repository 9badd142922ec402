// Every sentence that a fact is told in, in English: by code, as a function of what the fact's parameters are. The types
// of codes and parameters come from here. Another language is another file that `satisfies Messages`.
//
// The parameters are safe to show when they arrive (say.ts): one line, nothing invisible, not too long.
import type { Fault } from "./fault.js";
import type { Words } from "./words.js";

/** What the system's own codes mean for a file. */
const fileTrouble: Readonly<Record<string, string>> = {
  EACCES: "this user may not",
  EPERM: "this user may not",
  EISDIR: "it is a folder",
  ENOTDIR: "a part of its path is no folder",
  EEXIST: "its folder's name is taken by a file",
  EDQUOT: "the disk quota is used up",
  EFBIG: "the file would be larger than is allowed",
  EMFILE: "too many files are open",
  EIO: "the disk failed",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};

const reasonOf = ({ code, message }: Fault): string => fileTrouble[code] ?? message;

const anotherConfigFolder = "Another folder can be named with MISSKEY_HOOKS_CONFIG_DIR.";
const projectSchemaHint =
  "An editor that knows JSON Schema checks it as you type: `misskey-hooks config --schema` prints the schema.";

/** The words of errors. */
const errors = {
  interrupted: (): Words => ({ message: "Interrupted." }),

  // config: the folder of profiles and tokens, and the project's file
  "config-is-link": ({ path }: { readonly path: string }): Words => ({
    message: `${path} is a symbolic link, which isn't followed.`,
    hint: "Put the real thing there, or name another folder with MISSKEY_HOOKS_CONFIG_DIR.",
  }),
  "config-unreadable": ({ path, fault }: { readonly path: string; readonly fault: Fault }): Words => ({
    message: `Can't read ${path}: ${reasonOf(fault)}.`,
    hint: anotherConfigFolder,
  }),
  "config-not-writable": ({ path, fault }: { readonly path: string; readonly fault: Fault }): Words => ({
    message: `Can't write ${path}: ${reasonOf(fault)}.`,
    hint: anotherConfigFolder,
  }),
  "config-busy": ({ path }: { readonly path: string }): Words => ({
    message: `Another misskey-hooks has been changing ${path} for a long time.`,
    hint: `End it and try again. If none is running, delete ${path}.lock`,
  }),
  "config-damaged": ({ path, at }: { readonly path: string; readonly at: string }): Words => ({
    message: `${path} isn't as this program wrote it (at ${at || "its start"}).`,
    hint: "Put it aside and sign in again with `misskey-hooks login <instance>`.",
  }),
  "profile-exists": ({ name }: { readonly name: string }): Words => ({
    message: `There already is a profile called “${name}”.`,
    hint: "Choose another name, or take that one away with `misskey-hooks profiles remove`.",
  }),
  "no-such-profile": ({ name, known }: { readonly name: string; readonly known: readonly string[] }): Words => ({
    message: `There is no profile called “${name}”.`,
    hint: known.length === 0 ? "Sign in with `misskey-hooks login <instance>`." : `There are: ${known.join(", ")}.`,
  }),
  "bad-profile-name": ({ name }: { readonly name: string }): Words => ({
    message: `“${name}” can't be the name of a profile.`,
    hint: "Use letters, digits, dots, dashes, underscores and @.",
  }),
  "bad-project-file": (
    p:
      | { readonly path: string; readonly problem: "unreadable"; readonly why: string }
      | { readonly path: string; readonly problem: "not-json"; readonly why: string }
      | { readonly path: string; readonly problem: "unusable"; readonly settings: readonly SettingTrouble[] },
  ): Words => {
    if (p.problem === "unreadable") return { message: `Can't read ${p.path}: ${p.why}` };
    if (p.problem === "not-json") return { message: `${p.path} is no JSON: ${p.why}.` };
    const lines = p.settings.map(({ at, why, unknown }) => {
      const what = unknown === undefined ? why : `there is no setting called ${unknown.join(", ")}`;
      return `${at || "the file"}: ${what}`;
    });
    return { message: `${p.path} can't be used:\n       ${lines.join("\n       ")}`, hint: projectSchemaHint };
  },

  // instance: what is borrowed
  "not-put-back": ({ name, why }: { readonly name: string; readonly why: string | undefined }): Words => ({
    message: `The hook “${name}” could not be put back.${why === undefined ? "" : ` ${why}`}`,
    hint: "It is noted: the next misskey-hooks command tries again.",
  }),

  // network
  "bad-proxy": (): Words => ({
    message: "The proxy in HTTPS_PROXY or HTTP_PROXY can't be used.",
    hint: "Write it as http://proxy.example:3128.",
  }),

  // query: where an expression is wrong
  "bad-query": ({ problem, at, shown }: QueryTrouble): Words => ({
    message: [
      `The expression is wrong at ${at.line === 1 ? "" : `line ${at.line}, `}column ${at.column}: ${queryProblem(problem)}.`,
    ]
      // Wide characters take two columns in a terminal; the caret is right for the rest.
      .concat(shown === "" ? [] : [`       ${shown}`, `       ${" ".repeat(at.column - 1)}^`])
      .join("\n"),
    hint: 'It is written like this: event == "mention" and body.note.visibility == "public"',
  }),
  "query-too-long": ({ longest }: { readonly longest: number }): Words => ({
    message: `The expression is longer than ${longest} characters.`,
  }),

  // captures: the store
  "no-captures": ({ folder }: Folder): Words => ({
    message: `There are no captures in ${folder}.`,
    hint: "`misskey-hooks listen` keeps what it receives; --captures names another folder.",
  }),
  "store-unreadable": ({ folder, fault }: Folder & { readonly fault: Fault }): Words => ({
    message: `Can't read the captures in ${folder}: ${reasonOf(fault)}.`,
  }),
  "store-not-writable": ({ folder, fault }: Folder & { readonly fault: Fault }): Words => ({
    message: `Can't keep captures in ${folder}: ${reasonOf(fault)}.`,
    hint: "Name another folder with --captures, or keep nothing with --no-capture.",
  }),
  "store-not-private": ({ folder, problem }: Folder & { readonly problem: "open" | "foreign" }): Words =>
    problem === "open"
      ? {
          message: `Other users of this machine may look into ${folder}, and deliveries hold other people's words.`,
          hint: `Close it with \`chmod 700 ${folder}\`, or name another with --captures.`,
        }
      : {
          message: `${folder} belongs to another user of this machine.`,
          hint: "Name a folder of your own with --captures.",
        },
  "store-of-other-version": ({ folder, found, known }: Folder & StoreVersions): Words => ({
    message: `The captures in ${folder} have ${found === null ? "no format that is known" : `format ${found}`}; this version of misskey-hooks has ${known}.`,
    hint: "Name another folder with --captures, or remove that one. `misskey-hooks validate` can still read its .ndjson files.",
  }),
  "not-a-store": ({ folder }: Folder): Words => ({
    message: `${folder} holds other files than captures.`,
    hint: "Name an empty folder, or one that isn't there yet, with --captures.",
  }),
  "captures-not-confirmed": (): Words => ({
    message: "Deleting asks first, and there is no terminal to ask on.",
    hint: "Add --yes to delete without being asked.",
  }),
  "no-such-capture": ({ name, folder }: Folder & { readonly name: string }): Words => ({
    message: `There is no capture ${name} in ${folder}.`,
    hint: "`misskey-hooks captures list` shows those there are; the latest is called last, the one before it last~1.",
  }),
  "ambiguous-capture": ({ name, ids }: { readonly name: string; readonly ids: readonly string[] }): Words => ({
    message: `Several captures begin with ${name}: ${ids.join(", ")} …`,
    hint: "Write one more character of the id.",
  }),

  // sandbox: where it listens
  "port-in-use": ({ host, port, by }: ListenPlace & { readonly by: "receiver" | "sandbox" }): Words =>
    by === "sandbox"
      ? {
          message: `Port ${port} on ${host} is taken by another program.`,
          hint: "Give another one with --port, or --port 0 for any that is free.",
        }
      : {
          message: `Port ${port} on ${host} is in use by another program.`,
          hint: "Stop the other program (perhaps another `misskey-hooks listen`), or take any free port with --port 0.",
        },
  "port-not-allowed": ({ host, port, by }: ListenPlace & { readonly by: "receiver" | "sandbox" }): Words =>
    by === "sandbox"
      ? { message: `Port ${port} may not be opened by this user.`, hint: "Give one above 1023 with --port." }
      : {
          message: `This user may not listen on port ${port} of ${host}.`,
          hint: "Ports below 1024 need privileges; take a higher one, or any free one with --port 0.",
        },
  "address-not-available": ({ host }: { readonly host: string }): Words => ({
    message: `${host} is no address of this machine.`,
    hint: "Use --host 127.0.0.1 (the default).",
  }),
  "host-not-local": ({ host }: { readonly host: string }): Words => ({
    message: `${host} is not an address of this machine.`,
    hint: "Use 127.0.0.1 for this machine alone, or 0.0.0.0 for all its addresses.",
  }),
  "cannot-listen": ({ host, port, why }: ListenPlace & { readonly why: string }): Words => ({
    message: `Can't listen on port ${port} of ${host}: ${why}`,
  }),
};

/** What is wrong with a setting of the project's file; the file itself when `at` is empty. */
export interface SettingTrouble {
  readonly at: string;
  readonly why: string;
  /** Names that aren't settings. */
  readonly unknown?: readonly string[];
}

/** What is wrong with an expression. */
export type QueryProblem =
  | { readonly kind: "no-meaning" | "misplaced"; readonly text: string }
  | { readonly kind: "endless-text" | "endless-path" | "brackets" | "incomplete" | "value" }
  | { readonly kind: "other-sign"; readonly instead: string }
  | { readonly kind: "no-function"; readonly name: string; readonly known: readonly string[] }
  | { readonly kind: "no-field"; readonly name: string; readonly quoted: boolean; readonly known: readonly string[] };

/** What is wrong with an expression, and where. */
export interface QueryTrouble {
  readonly problem: QueryProblem;
  /** Counted from 1. */
  readonly at: { readonly line: number; readonly column: number };
  /** The line that it is in. */
  readonly shown: string;
}

function queryProblem(problem: QueryProblem): string {
  switch (problem.kind) {
    case "no-meaning":
      return `${problem.text} has no meaning here`;
    case "misplaced":
      return `${problem.text} can't stand here`;
    case "endless-text":
      return 'this text has no end (inside it, write \\" and \\\\)';
    case "endless-path":
      return "this path has no end";
    case "brackets":
      return "a place in a list is written with a dot: files.0.size";
    case "incomplete":
      return "something is missing at the end";
    case "value":
      return "it is a value, where a comparison is expected";
    case "other-sign":
      return `write ${problem.instead}`;
    case "no-function":
      return `there is no function ${problem.name}; there are ${problem.known.join(", ")}`;
    case "no-field":
      return noField(problem);
  }
  return problem satisfies never;
}

function noField({ name, quoted, known }: Extract<QueryProblem, { readonly kind: "no-field" }>): string {
  const advice = quoted ? "a text stands in double quotes" : `a text is written "${name}"`;
  return `there is no ${name} (${advice}); there are ${known.join(", ")}`;
}

type Folder = { readonly folder: string };

/** The format of a store, null when it can't be told, and the one that is known. */
type StoreVersions = { readonly found: number | null; readonly known: number };

type ListenPlace = { readonly host: string; readonly port: number };

/** The English catalogue. */
export const en: { readonly errors: typeof errors } = { errors };

/** What every language has to say. */
export type Messages = typeof en;
