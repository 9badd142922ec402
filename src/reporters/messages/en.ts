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

  // network
  "bad-proxy": (): Words => ({
    message: "The proxy in HTTPS_PROXY or HTTP_PROXY can't be used.",
    hint: "Write it as http://proxy.example:3128.",
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

type ListenPlace = { readonly host: string; readonly port: number };

/** The English catalogue. */
export const en: { readonly errors: typeof errors } = { errors };

/** What every language has to say. */
export type Messages = typeof en;
