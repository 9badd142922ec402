// Every sentence that a fact is told in, in English: by code, as a function of what the fact's parameters are. The types
// of codes and parameters come from here. Another language is another file that `satisfies Messages`.
//
// The parameters are safe to show when they arrive (say.ts): one line, nothing invisible, not too long.
import type { Fault } from "./fault.js";
import type { Fact } from "./fact.js";
import type { Words } from "./words.js";

/** What the system's own codes mean for a file. */
const fileTrouble: Readonly<Record<string, string>> = {
  EACCES: "this user may not",
  EPERM: "this user may not",
  ENOENT: "there is no such folder",
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

/** The same for a file that somebody named. */
const readTrouble: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "this user may not read it",
  ENOTDIR: "a part of its path is no folder",
};

const reasonOf = ({ code, message }: Fault): string => fileTrouble[code] ?? message;

const anotherConfigFolder = "Another folder can be named with MISSKEY_HOOKS_CONFIG_DIR.";
const projectSchemaHint =
  "An editor that knows JSON Schema checks it as you type: `misskey-hooks config --schema` prints the schema.";

const startIt = "Start the handler first, or let --start 'npm run dev' --wait-on <url> do it.";
/** What to do when there is no handler, by why there is none. */
const reachHints: Readonly<Record<string, string>> = {
  refused: startIt,
  unreachable: startIt,
  tls: "For a certificate of your own there are --ca-file and --insecure. An instance knows neither: it delivers to trusted certificates alone.",
};
const anotherSink = "Choose another with --outbound <port>.";
const checkAddress = "Is the address right, and are you online?";
const isItMisskey = "Is this a Misskey of 12.109 or newer, or a fork of it?";
const tokenByHand = "Make a token in the instance's settings and sign in with --token-stdin.";
const newToken =
  "Sign in again with `misskey-hooks login`; or make a token in the instance's settings with the permissions to view and to edit your account (read:account, write:account), and give it as MISSKEY_HOOKS_TOKEN or with --token-file.";

const isSystem = (endpoint: string): boolean => endpoint.startsWith("admin/system-webhook/");

type HookName = { readonly id: string; readonly name: string };

const listed = (hooks: readonly HookName[]): string => hooks.map(({ id, name }) => `${id} (${name})`).join(", ");

/** The sentence of the transport, and which kind of fault it is. */
type NoAnswer = { readonly why: string; readonly kind: string };

/** The circumstances of an instance's own error. */
type ApiFacts = {
  readonly asked: "of-api";
  readonly host: string;
  /** Without `/api/`. */
  readonly endpoint: string;
  /** The instance's code: `TOO_MANY_WEBHOOKS`. */
  readonly apiCode: string;
  readonly status: number;
  /** The instance's own text. */
  readonly text: string;
  /** The instance's details, as they came. */
  readonly info: Readonly<Record<string, unknown>>;
  /** undefined when the instance doesn't say. */
  readonly retryAfterMs: number | undefined;
};

const refused = ({ host, endpoint, apiCode }: ApiFacts, meaning: string): string =>
  `${host} refused ${endpoint}: ${apiCode}. ${meaning}`;

/** A duration as people say it, rounded up. */
function roundedUp(ms: number): string {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`;
}

/** Ajv's words about a parameter, e.g. `#/properties/url/maxLength` and “must NOT have more than 1024 characters”. */
function invalidParameter({ info }: ApiFacts): string {
  const reason = typeof info["reason"] === "string" ? info["reason"] : "the instance doesn't say why";
  const missing = /required property '(\w+)'/.exec(reason)?.[1];
  if (missing !== undefined) return `It needs the field “${missing}”.`;
  const field = /^#\/properties\/(\w+)/.exec(String(info["param"]))?.[1];
  return field === undefined
    ? `A value isn't acceptable: ${reason}.`
    : `The field “${field}” isn't acceptable: it ${reason}.`;
}

function invalidParameterHint({ info }: ApiFacts): string | undefined {
  const about = `${String(info["param"])} ${String(info["reason"])}`;
  if (about.includes("secret")) return "This instance insists on a secret: add --generate-secret, or --secret-file.";
  if (about.includes("/on/") || about.includes("/type/")) {
    return "It doesn't know one of the events: forks and versions differ in them.";
  }
  return about.includes("webhookId") ? "`misskey-hooks hooks list` shows the ids." : undefined;
}

/** The words of an error that another one tells of. */
function tell({ code, params }: Fact): Words {
  const known = errors as Readonly<Record<string, (params: never) => Words>>;
  return known[code]?.(params as never) ?? { message: code };
}

/** The words of errors. */
const errors = {
  interrupted: (): Words => ({ message: "Interrupted." }),
  usage: (
    p:
      | { readonly trouble: "no-command" }
      | { readonly trouble: "unknown-command"; readonly word: string; readonly group: string; readonly guess: string }
      | { readonly trouble: "unusable"; readonly text: string; readonly guess: string | undefined },
  ): Words => {
    if (p.trouble === "no-command") {
      return { message: "It isn't said which of its commands to run.", hint: "Add --help to see them." };
    }
    if (p.trouble === "unknown-command") {
      return {
        message: `There is no command “${p.word}”.`,
        hint: `Did you mean ${p.group} ${p.guess}? All of them: ${p.group} --help`,
      };
    }
    const help = "Add --help to the command to see its usage and examples.";
    return { message: p.text, hint: p.guess === undefined ? help : `${p.guess} ${help}` };
  },

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
      | { readonly path: string; readonly problem: "unusable"; readonly settings: readonly SettingTrouble[] }
      | { readonly path: string; readonly problem: "unreadable-secret"; readonly file: string; readonly why: string }
      | { readonly path: string; readonly problem: "secret-elsewhere"; readonly file: string },
  ): Words => {
    if (p.problem === "unreadable-secret") {
      return {
        message: `${p.path} names a secret in ${p.file}, which can't be read: ${p.why}.`,
        hint: "Make that file, on one line, and have git ignore it.",
      };
    }
    if (p.problem === "secret-elsewhere") {
      return { message: `${p.path} names a secret in ${p.file}, which is a link out of the project.` };
    }
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
  "output-exists": ({ path }: { readonly path: string }): Words => ({
    message: `${path} exists already.`,
    hint: "Name another file, or remove that one.",
  }),
  "output-not-writable": ({ path, fault }: { readonly path: string; readonly fault: Fault }): Words => ({
    message: `Can't write ${path}: ${reasonOf(fault)}.`,
  }),
  "no-recording": ({ file, line }: { readonly file: string; readonly line: number }): Words => ({
    message: `Line ${line} of ${file} is no recording.`,
    hint: "It reads what `captures export` and `captures save` write: a JSON object, or one a line.",
  }),
  "nothing-chosen": (): Words => ({
    message: "Which captures should be sent again?",
    hint: "Name one (last, an id, a file), or choose with --since, --event, --where and so on.",
  }),
  "no-captures-chosen": ({ folder }: Folder): Words => ({
    message: `There are no such captures in ${folder}.`,
    hint: "`misskey-hooks captures list` with the same options shows which there are.",
  }),
  "no-replay-target": ({ id }: { readonly id: string }): Words => ({
    message: `It isn't said where ${id} should be sent, and it was handed on to nobody.`,
    hint: "Add --to http://127.0.0.1:3000/hook, or a url to the project's file.",
  }),
  "secret-missing": ({ id, elsewhere }: { readonly id: string; readonly elsewhere: boolean }): Words => ({
    message: elsewhere
      ? `In the path or body of ${id} stood a secret that isn't the one given; its fingerprint isn't sent.`
      : `The secret of ${id} isn't kept, and its fingerprint isn't sent.`,
    hint: "Give it with --secret, --secret-file, MISSKEY_HOOKS_SECRET, or as the project's secret.",
  }),
  "nowhere-to-forward": ({ option }: { readonly option: string }): Words => ({
    message: `${option} says how to hand on, and it isn't said where to.`,
    hint: "Add --forward-to http://127.0.0.1:3000/hook, a --route, or routes to the project's file.",
  }),
  "no-forward-secret": (): Words => ({
    message: "--forward-secret names neither a variable that is set nor a file.",
    hint: "Put the handler's secret into one of them. It is never an argument, where other users could read it.",
  }),
  "unsendable-forward-secret": (): Words => ({
    message: "The secret that --forward-secret names can't be sent: it is a header's value.",
    hint: "Use Latin-1 characters on one line; letters, digits and dashes are the safest.",
  }),
  "forward-retry-passes": (): Words => ({
    message: "--forward-retry and --answer pass are both given: with --answer pass the server itself tries again.",
  }),
  "nobody-to-answer": (): Words => ({
    message: "Nobody waits for the answers to a stream's events, so that --answer pass has nobody to tell.",
  }),
  "time-scale-of-nothing": (): Words => ({
    message: "--time-scale divides the waits of --forward-retry, which isn't given.",
  }),
  "conflicting-answers": (): Words => ({
    message: "With --answer pass the handler answers, and faults that are simulated can't.",
    hint: "Leave one of them out.",
  }),
  "seed-of-nothing": (): Words => ({ message: "--seed is for --respond-random, which isn't given." }),
  "payload-not-json": ({ id }: { readonly id: string }): Words => ({
    message: `The payload of ${id} is no JSON object: it can be sent as it is, and not changed.`,
  }),
  "conflicting-event-ids": (): Words => ({ message: "--new-event-id and --same-event-id are both given." }),
  "edit-one": ({ count }: { readonly count: number }): Words => ({
    message: `--edit is for one capture, and ${count} are chosen.`,
  }),
  "no-editor": (): Words => ({
    message: "There is no editor to open.",
    hint: "Name one in EDITOR: EDITOR=nano misskey-hooks replay …",
  }),
  "editor-failed": ({ editor }: { readonly editor: string }): Words => ({
    message: `${editor} ended with an error; nothing was sent.`,
  }),
  "edited-not-json": ({
    line,
    column,
    why,
  }: {
    readonly line: number;
    readonly column: number;
    readonly why: string;
  }): Words => ({
    message: `What was edited is no JSON at line ${line}, column ${column}: ${why}. Nothing was sent.`,
  }),
  "nothing-to-redact": (): Words => ({
    message: "Which recordings should be redacted?",
    hint: "Name files or folders, or a store with --captures.",
  }),
  "conflicting-outputs": (): Words => ({
    message: "--in-place changes files; it goes neither with --output nor with --captures.",
  }),
  "output-needed": (): Words => ({
    message: "A folder of recordings isn't written to standard output.",
    hint: "Name a new folder with --output, or change the files themselves with --in-place.",
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
  "port-in-use": ({ host, port, by }: ListenPlace & { readonly by: "receiver" | "sandbox" | "sink" }): Words => {
    if (by === "sink") {
      return { message: `Can't open the sink on port ${port}: something listens there already.`, hint: anotherSink };
    }
    return by === "sandbox"
      ? {
          message: `Port ${port} on ${host} is taken by another program.`,
          hint: "Give another one with --port, or --port 0 for any that is free.",
        }
      : {
          message: `Port ${port} on ${host} is in use by another program.`,
          hint: "Stop the other program (perhaps another `misskey-hooks listen`), or take any free port with --port 0.",
        };
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
  "cannot-listen": ({ host, port, why, by }: ListenPlace & { readonly why: string; readonly by?: "sink" }): Words =>
    by === "sink"
      ? { message: `Can't open the sink on port ${port}: ${why}.`, hint: anotherSink }
      : { message: `Can't listen on port ${port} of ${host}: ${why}` },

  // protocol: dialects
  "unknown-dialect": (
    p:
      | { readonly family: string; readonly families: readonly string[] }
      | { readonly title: string; readonly version: string; readonly rows: readonly string[] },
  ): Words =>
    "family" in p
      ? {
          message: `No dialect is called “${p.family}”.`,
          hint: `Known: ${p.families.join(", ")}; a version goes behind @ (misskey@12.119); a fork of your own is a JSON file (./my-fork.json).`,
        }
      : {
          message: `${p.title} ${p.version} is not a version with webhooks that we know.`,
          hint: `Known rows: ${p.rows.join(", ")}.`,
        },
  "invalid-dialect-file": (
    p: { readonly source: string } & (
      | { readonly problem: "not-json"; readonly why: string }
      | { readonly problem: "unusable"; readonly faults: readonly { readonly at: string; readonly why: string }[] }
    ),
  ): Words => {
    const what =
      p.problem === "not-json"
        ? `it is not JSON (${p.why}).`
        : p.faults.map(({ at, why }) => `${at || "the file"}: ${why}`).join("; ");
    return {
      message: `${p.source} does not describe a dialect: ${what}`,
      hint: 'The least that works is {"family": "my-fork", "extends": "misskey"}; CONTRIBUTING.md lists the keys.',
    };
  },

  // samples, and what a user changes in them
  "unknown-path": ({ path, nearest }: { readonly path: string; readonly nearest: string }): Words => ({
    message: `The sample has no “${path}”.`,
    hint: `Did you mean ${nearest}? --force sets it all the same.`,
  }),
  "invalid-path": (p: { readonly path: string } | { readonly assignment: string }): Words =>
    "path" in p
      ? {
          message: `“${p.path}” is not a path.`,
          hint: 'Paths look like body.note.user.name, body.note.files[0].size or body.note.reactions[":blobcat@.:"].',
        }
      : {
          message: `“${p.assignment}” sets nothing.`,
          hint: "Write path=value: --set body.note.text=hello.",
        },
  "change-too-deep": ({ levels }: { readonly levels: number }): Words => ({
    message: `The sample would be nested more than ${levels} levels deep.`,
    hint: "No server sends anything like it. Send a body of your own with --data.",
  }),
  "unsafe-path": ({ key }: { readonly key: string }): Words => ({
    message: `“${key}” can't be part of a sample.`,
    hint: "No server sends a key of that name.",
  }),
  "unknown-event": (
    p:
      | { readonly name: string; readonly nearest: string; readonly canBeForced?: true }
      | { readonly name: string; readonly title: string; readonly known: readonly string[]; readonly nearest: string },
  ): Words =>
    !("known" in p)
      ? {
          message: `No server known here sends an event called “${p.name}”.`,
          hint: `Did you mean ${p.nearest}? All events: misskey-hooks send --list.${p.canBeForced ? " --force takes it all the same." : ""}`,
        }
      : {
          message: `${p.title} sends no event called “${p.name}”.`,
          hint: `Did you mean ${p.nearest}? It sends ${p.known.join(", ")}.`,
        },
  "no-sample": ({ name, why }: { readonly name: string; readonly why: "never-sent" | "unknown-body" }): Words =>
    why === "unknown-body"
      ? {
          message: `There is no sample of “${name}”: only its servers know what it holds.`,
          hint: "Send a body of your own: --data file.",
        }
      : {
          message: `There is no sample of “${name}”: it can be registered, and no server known here sends it.`,
          hint: "Reactions reach a program through the streaming API. To send a body of your own: --data file.",
        },
  "event-not-in-dialect": (
    p: { readonly name: string; readonly title: string; readonly dialect: string } & (
      | {
          readonly why: "other-family";
          readonly senders: readonly { readonly family: string; readonly title: string }[];
        }
      | { readonly why: "no-system-webhooks" | "not-yet" }
    ),
  ): Words => {
    if (p.why === "other-family") {
      return {
        message: `${p.title} has no event “${p.name}”; only ${p.senders.map(({ title }) => title).join(" and ")} sends it.`,
        hint: `Name the family that sends it: --as ${p.senders[0]?.family}.`,
      };
    }
    return {
      message:
        p.why === "not-yet"
          ? `${p.title} (${p.dialect}) has system webhooks, and “${p.name}” isn't among their events yet.`
          : `${p.title} (${p.dialect}) has no system webhooks, so it never sends “${p.name}”.`,
      hint: "They came with Misskey 2024.7.0, the last two with 2024.10.1: leave --as out, or name a newer version.",
    };
  },
  "unknown-variant": (
    p: { readonly title: string; readonly dialect: string } & (
      | { readonly why: "no-test-button" }
      | {
          readonly why: "unknown";
          readonly event: string;
          readonly variant: string;
          readonly known: readonly string[];
        }
      | { readonly why: "other-dialect"; readonly event: string; readonly variant: string; readonly owner: string }
    ),
  ): Words => {
    if (p.why === "no-test-button") {
      return {
        message: `${p.title} (${p.dialect}) has no test button.`,
        hint: "It came with Misskey 2024.9.0: leave --as out, or name a newer version.",
      };
    }
    const lacking = `The event ${p.event} has no variant “${p.variant}”`;
    return p.why === "unknown"
      ? { message: `${lacking}.`, hint: `It has: ${p.known.join(", ")}.` }
      : { message: `${lacking} in ${p.title} (${p.dialect}).`, hint: `It is one of ${p.owner}: --as ${p.owner}.` };
  },
  "invalid-server": ({ server }: { readonly server: string }): Words => ({
    message: `“${server}” is not the address of a server.`,
    hint: "Write it with its scheme: https://misskey.example.",
  }),

  // delivery: where to
  "invalid-url": (
    p:
      | { readonly trouble: "unusable"; readonly text: string }
      | { readonly trouble: "credentials" }
      | { readonly trouble: "undeliverable"; readonly option: string | undefined; readonly text: string },
  ): Words => {
    if (p.trouble === "undeliverable") {
      return {
        message: `${p.option ?? "The handler's URL"} “${p.text}” is no URL that can be delivered to.`,
        hint: "Write it as http://127.0.0.1:3000/hook, without a user name or password.",
      };
    }
    return p.trouble === "unusable"
      ? {
          message: `“${p.text}” is no URL that a server delivers to.`,
          hint: `Write it in full: http://${p.text.replace(/^[a-z]*:?\/\/|\/$/g, "") || "127.0.0.1:4649"}/`,
        }
      : {
          message: "The URL carries a user name or password; no server delivers to such a URL.",
          hint: "Take it out; a header of your own goes with --header.",
        };
  },

  // receiver
  "no-secret": (
    p: { readonly by: "receiver" } | { readonly by: "check" } | { readonly by: "option"; readonly variable: string },
  ): Words => {
    if (p.by === "check") {
      return {
        message: "What was tested is right, but no secret was given, so the checks of it were not made.",
        hint: "Give it with --secret-file or MISSKEY_HOOKS_SECRET. For a hook that has none: --secret ''. Without these checks: --skip secret.",
      };
    }
    return p.by === "receiver"
      ? {
          message: "A receiver without a secret would accept anything from anyone.",
          hint: "Give it at least one secret; an empty one stands for a hook that was made without.",
        }
      : {
          message: "--secret has no value, and there is no terminal to ask on.",
          hint: `Set ${p.variable}, or use --secret-file.`,
        };
  },

  // instance: its address, and the way to it
  "bad-instance-url": (
    p:
      | { readonly trouble: "no-address"; readonly text: string }
      | { readonly trouble: "other-scheme"; readonly scheme: string }
      | { readonly trouble: "credentials" },
  ): Words => {
    const hint = "Write it as https://misskey.example.";
    if (p.trouble === "no-address") return { message: `“${p.text}” is not the address of an instance.`, hint };
    if (p.trouble === "credentials") {
      return { message: "The instance's address contains a user name or a password.", hint };
    }
    return { message: `An instance is reached over https or http, not ${p.scheme}.`, hint };
  },
  "instance-refused-connection": ({ why }: NoAnswer): Words => ({
    message: why,
    hint: "Is it running, and is the port right?",
  }),
  "instance-hung-up": ({ why }: NoAnswer): Words => ({
    message: why,
    hint: "Try again. If the instance speaks https and you wrote http (or the other way round), change that.",
  }),
  "instance-timed-out": ({ why }: NoAnswer): Words => ({
    message: why,
    hint: "Try again, or give it longer with --timeout 30s.",
  }),
  "instance-not-found": ({ why }: NoAnswer): Words => ({ message: why, hint: checkAddress }),
  "instance-untrusted": ({ why, kind }: NoAnswer): Words => {
    const hints: Readonly<Record<string, string>> = {
      untrusted: "For an authority of your own give its certificate with --ca-file (or NODE_EXTRA_CA_CERTS).",
      expired: "Only the instance's administrator can renew it; also check this machine's clock.",
    };
    return { message: why, hint: hints[kind] ?? checkAddress };
  },
  "instance-not-tls": ({ why }: NoAnswer): Words => ({
    message: why,
    hint: "For an instance without https write http:// in front of its address.",
  }),
  "instance-not-http": ({ why }: NoAnswer): Words => ({
    message: why,
    hint: "Is the port right? If it speaks https and you wrote http, change that.",
  }),
  "instance-unreachable": ({ why }: NoAnswer): Words => ({ message: why, hint: checkAddress }),
  "instance-down": ({ host, status }: { readonly host: string; readonly status: number }): Words => ({
    message: `${host} is down: what stands in front of it answered ${status}.`,
    hint: "Try again later.",
  }),
  "instance-redirects": ({
    host,
    target,
    elsewhere,
  }: {
    readonly host: string;
    readonly target: string | undefined;
    readonly elsewhere: boolean;
  }): Words => ({
    message: `${host} redirects${target === undefined ? "" : ` to ${target}`}; the token was not sent along.`,
    hint: elsewhere
      ? `If that is the instance you mean, use --instance ${target}.`
      : "Use the address that the instance has in its own settings.",
  }),
  "answer-too-large": ({ host }: { readonly host: string }): Words => ({
    message: `${host} answered with more than an API ever does.`,
  }),
  "not-an-api-answer": ({
    host,
    endpoint,
    status,
    title,
    contentType = "no content type",
  }: {
    readonly host: string;
    readonly endpoint: string;
    readonly status: number;
    readonly title: string | undefined;
    readonly contentType: string | undefined;
  }): Words => {
    const about = title === undefined ? contentType : `${contentType}, “${title}”`;
    return {
      message: `${host} answered ${status} to ${endpoint}, but not as an API does (${about}).`,
      hint: "Is this the address of an instance? A firewall or bot check in front of it may have answered as well.",
    };
  },
  "proxy-refused": ({
    proxy,
    host,
    status,
  }: {
    readonly proxy: string;
    readonly host: string;
    readonly status: number;
  }): Words => ({
    message: `The proxy ${proxy} refused the way to ${host}: ${status}.`,
    hint:
      status === 407
        ? "It wants a user name and a password: HTTPS_PROXY=http://user:password@host:port."
        : "Is the proxy meant for this instance? NO_PROXY names hosts that are reached directly.",
  }),
  "proxy-unreachable": ({ proxy, hostname }: { readonly proxy: string; readonly hostname: string }): Words => ({
    message: `The proxy ${proxy} can't be reached.`,
    hint: `It comes from HTTPS_PROXY or HTTP_PROXY; NO_PROXY=${hostname} goes without it.`,
  }),

  // instance: what it says
  "unexpected-answer": (
    p:
      | { readonly what: "account"; readonly host: string }
      | { readonly what: "token"; readonly host: string }
      | { readonly what: "hook" | "hooks"; readonly at?: string; readonly why?: string },
  ): Words => {
    if (p.what === "account") {
      return { message: `${p.host} answered something else than an account.`, hint: isItMisskey };
    }
    if (p.what === "token") {
      return { message: `${p.host} answered the sign-in with something else than a token.`, hint: tokenByHand };
    }
    const where = p.why === undefined ? "" : ` (${p.at || "the whole"}: ${p.why})`;
    const what = p.what === "hook" ? "a hook" : "a list of hooks";
    return { message: `The instance answered something else than ${what}${where}.`, hint: isItMisskey };
  },
  "unknown-software": ({ host }: { readonly host: string }): Words => ({
    message: `${host} doesn't say what it runs.`,
    hint: "Is this the address of a Misskey or of one of its forks?",
  }),
  "no-webhooks": ({
    host,
    name,
    version,
  }: {
    readonly host: string;
    readonly name: string;
    readonly version: string;
  }): Words => ({
    message: `${host} runs ${name} ${version}, which has no webhooks.`,
    hint: "Misskey has them from 12.109.0 on.",
  }),
  "endpoint-missing": ({ host, endpoint }: { readonly host: string; readonly endpoint: string }): Words => {
    if (isSystem(endpoint)) {
      return {
        message: `${host} has no system webhooks: Misskey has them from 2024.7.0.`,
        hint: "Without --system you get the account's own hooks.",
      };
    }
    return endpoint === "i/webhooks/test"
      ? {
          message: `${host} can't send test deliveries: Misskey can from 2024.9.0.`,
          hint: "Send a sample yourself: `misskey-hooks send mention <url> --secret-file <file>`.",
        }
      : { message: `${host} has no /api/${endpoint}.`, hint: `${isItMisskey} Is the address right?` };
  },
  "no-miauth": ({ host }: { readonly host: string }): Words => ({
    message: `${host} has no sign-in for apps (MiAuth).`,
    hint: tokenByHand,
  }),
  "not-approved": ({ host, answersLost }: { readonly host: string; readonly answersLost: boolean }): Words => {
    const again = "Run it again and approve in the browser";
    return answersLost
      ? {
          message: `${host} didn't say in time that the sign-in is approved. Meanwhile it couldn't be reached for a moment.`,
          hint: `${again}, even if you did: it says so only once, and that answer may have been lost on its way.`,
        }
      : {
          message: `Nobody approved the sign-in on ${host} in time.`,
          hint: `${again}; --wait 15m gives you longer. Or use a token: --token-stdin.`,
        };
  },
  "stream-lost": ({ host, maxReconnects }: { readonly host: string; readonly maxReconnects: number }): Words => ({
    message: `The stream of ${host} is lost.${maxReconnects === 0 ? "" : ` ${maxReconnects} attempts to come back failed.`}`,
    hint: maxReconnects === 0 ? "Let it come back by itself with a higher --max-reconnects." : "Try again later.",
  }),
  "stream-closed": ({ host, reason }: { readonly host: string; readonly reason: string }): Words => ({
    message: `The stream of ${host} could not be opened: ${reason}.`,
  }),
  "stream-timed-out": ({ host }: { readonly host: string }): Words => ({
    message: `The stream of ${host} did not open in time.`,
    hint: "A proxy in between may not let WebSockets through.",
  }),
  "stream-anonymous": ({ host }: { readonly host: string }): Words => ({
    message: `${host} opened its stream, but not as this account.`,
    hint: "The token needs the permission to view the account (read:account).",
  }),
  "ambiguous-hook": (
    p:
      | { readonly asked: "by-name"; readonly name: string; readonly hooks: readonly HookName[] }
      | {
          readonly asked: "for-a-plan";
          readonly shared: "name" | "url";
          readonly value: string;
          readonly ids: readonly string[];
        },
  ): Words => {
    if (p.asked === "by-name") {
      return { message: `${p.hooks.length} hooks are called “${p.name}”.`, hint: `Use an id: ${listed(p.hooks)}.` };
    }
    const shared = p.shared === "name" ? `are called “${p.value}”` : `deliver to ${p.value}`;
    return {
      message: `${p.ids.length} hooks ${shared}: it isn't clear which one is meant.`,
      hint: `Rename or delete all but one: ${p.ids.join(", ")}.`,
    };
  },

  // instance: its own errors. Codes, ids and infos are those of Misskey 12.109 to 2026.3.2 and its forks
  "api-error": (p: ApiFacts): Words => ({ message: refused(p, p.text) }),
  "too-many-webhooks": (
    p: ApiFacts & {
      /** Those there are, when they could be asked for. */
      readonly hooks?: readonly (HookName & { readonly active: boolean; readonly url: string })[];
      /** A hook that exists may be borrowed instead. */
      readonly borrowable?: boolean;
    },
  ): Words => {
    const wayOut =
      "See them with `misskey-hooks hooks list`; delete one with `hooks delete`, or point one elsewhere with `hooks update`.";
    const there = p.hooks?.map(({ id, name, url, active }) => `    ${id}  ${name}  ${active ? "" : "(off) "}${url}`);
    const hint = there === undefined ? wayOut : ["The hooks there are:", ...there, `  ${wayOut}`].join("\n");
    return {
      message: refused(
        p,
        p.hooks === undefined
          ? "The account already has as many hooks as the instance allows (3 by default)."
          : `The account already has as many hooks as the instance allows: ${p.hooks.length}.`,
      ),
      hint: p.borrowable ? `Borrow one of them with --borrow <id>: it is put back in the end.\n  ${hint}` : hint,
    };
  },
  "no-such-webhook": (
    p:
      | ApiFacts
      | {
          readonly asked: "by-name";
          readonly host: string;
          readonly idOrName: string;
          readonly known: readonly HookName[];
        },
  ): Words => {
    if (p.asked === "by-name") {
      return {
        message: `The account on ${p.host} has no hook with the id or name “${p.idOrName}”.`,
        hint: p.known.length === 0 ? "It has none at all." : `There are: ${listed(p.known)}.`,
      };
    }
    return p.apiCode === "NO_SUCH_SYSTEM_WEBHOOK"
      ? {
          message: refused(p, "The instance has no such system webhook (any more)."),
          hint: "`misskey-hooks hooks list --system` shows those there are.",
        }
      : {
          message: refused(p, "The account has no such hook (any more)."),
          hint: "`misskey-hooks hooks list` shows the hooks there are.",
        };
  },
  "permission-denied": (p: ApiFacts): Words => ({
    message: refused(
      p,
      `The token lacks the permission to ${/^i$|\/(list|show|test)$/.test(p.endpoint) ? "view the account (read:account)" : "edit the account (write:account)"}.`,
    ),
    hint: newToken,
  }),
  "access-denied": (p: ApiFacts): Words => {
    const isTest = p.endpoint.endsWith("/test");
    const what = isTest ? "Test deliveries are" : "This endpoint is";
    return {
      message: refused(p, `${what} not for app and MiAuth tokens, only for the web client's own token.`),
      hint: isSystem(p.endpoint)
        ? "Sign in to the web client as a moderator and give its own token with --token-file. It may do everything that the account may: keep it safe, and don't store it."
        : isTest
          ? "Send a sample yourself instead: `misskey-hooks send mention <url> --secret-file <file>`, or press the test button in the web client."
          : undefined,
    };
  },
  "role-permission-denied": (p: ApiFacts): Words =>
    isSystem(p.endpoint)
      ? {
          message: refused(p, "System webhooks are for moderators and administrators, and this account is neither."),
          hint: "Without --system you get the account's own hooks.",
        }
      : {
          message: refused(p, "The account's roles don't allow it."),
          hint: "Ask the instance's administrator, or use the token of an account that has the role.",
        },
  "not-an-administrator": (p: ApiFacts): Words => ({
    message: refused(p, "One of the events is for administrators only."),
    hint: "Leave out reportCreated, reportResolved and reportAutoResolved.",
  }),
  "authentication-failed": (p: ApiFacts): Words => ({
    message: refused(
      p,
      "The instance doesn't know this token: it was revoked, mistyped, or belongs to another instance.",
    ),
    hint: newToken,
  }),
  "credential-required": (p: ApiFacts): Words => ({
    message: refused(p, "The instance wants a token and saw none."),
    hint: newToken,
  }),
  "account-suspended": (p: ApiFacts): Words => ({
    message: refused(p, "The account is suspended."),
    hint: "Only the instance's moderators can change that.",
  }),
  "account-moved": (p: ApiFacts): Words => ({
    message: refused(p, "The account has moved to another instance."),
    hint: "Use the token of the account that it moved to.",
  }),
  "invalid-param": (p: ApiFacts): Words => ({
    message: refused(p, invalidParameter(p)),
    hint: invalidParameterHint(p),
  }),
  "rate-limited": (p: ApiFacts): Words => ({
    message: refused(
      p,
      p.endpoint.endsWith("/test") ? "Too many test deliveries: 60 in 15 minutes are allowed." : "Too many calls.",
    ),
    hint:
      p.retryAfterMs === undefined ? "Wait a few minutes and try again." : `Try again in ${roundedUp(p.retryAfterMs)}.`,
  }),
  "instance-failed": (p: ApiFacts): Words => ({
    message: refused(p, `It failed inside: ${typeof p.info["message"] === "string" ? p.info["message"] : p.text}`),
    hint: "Try again; if it stays, the instance's administrator finds it in the server's log.",
  }),

  "not-put-back": ({
    name,
    late,
    of,
  }: {
    readonly name: string;
    readonly late: boolean;
    readonly of: Fact | undefined;
  }): Words => {
    const why = late ? " The instance did not answer in time." : of === undefined ? "" : ` ${tell(of).message}`;
    return {
      message: `The hook “${name}” could not be put back.${why}`,
      hint: "It is noted: the next misskey-hooks command tries again.",
    };
  },

  "unusable-schema": ({ component, title }: { readonly component: string; readonly title: string }): Words => ({
    message: `The schema of ${component} in ${title} can't be used.`,
    hint: "It refers to itself or to what isn't there. Take the document anew from https://<instance>/api.json.",
  }),

  // conformance: schemas, and what is compared with them
  "unknown-standard": ({ name, of }: { readonly name: string; readonly of: Fact }): Words => {
    const { message, hint } = tell(of);
    return { message: `There is no file or folder “${name}”. ${message}`, hint };
  },
  "not-an-api-document": ({
    source,
    problem,
  }: {
    readonly source: string;
    readonly problem: "no-schemas" | "not-json";
  }): Words =>
    problem === "not-json"
      ? {
          message: `${source} is not JSON.`,
          hint: "Save an instance's https://<instance>/api.json, or name the instance itself.",
        }
      : {
          message: `${source} is not an instance's /api.json: it describes no Note and no UserLite.`,
          hint: "Take the document from https://<instance>/api.json. Misskey 13.0 to 13.9 has none.",
        },
  "nothing-to-compare": ({ paths }: { readonly paths: readonly string[] }): Words => ({
    message: `There is no delivery in ${paths.join(", ")}.`,
    hint: "It reads what validate reads: envelopes, recordings, NDJSON. Test deliveries don't count.",
  }),
  "nothing-to-validate": ({ path }: { readonly path: string }): Words => ({
    message: `There is no .json, .ndjson or .jsonl file in ${path}.`,
  }),
  "no-schema": (): Words => ({
    message: "It isn't said against which instance.",
    hint: "Name it: --against https://misskey.example, or with a saved /api.json: --schema-from api.json",
  }),

  // conformance: a run of checks
  "no-counter": ({ url }: { readonly url: string }): Words => ({
    message: `${url} does not say how often the handler acted.`,
    hint: 'Answer a GET with a number, or with {"count": 3}.',
  }),
  "handler-did-not-start": (p: {
    readonly command: string;
    readonly url: string;
    /** How long it had, in words. */
    readonly within: string;
    /** Its last lines. */
    readonly output: readonly string[];
    readonly exitCode: number | null;
    readonly signal: string | null;
  }): Words => {
    const said = p.output.length === 0 ? "It wrote nothing." : `It wrote: ${p.output.join(" ⏎ ")}`;
    const end = p.exitCode === null ? `by ${p.signal}` : `with exit code ${p.exitCode}`;
    return {
      message:
        p.exitCode === null && p.signal === null
          ? `“${p.command}” did not answer on ${p.url} within ${p.within}. ${said}`
          : `“${p.command}” ended ${end} before it answered. ${said}`,
      hint: "Run the command by itself, and see which port it opens; --wait-on names the URL to wait for.",
    };
  },
  "handler-unreachable": ({ why, kind }: { readonly why: string; readonly kind: string }): Words => ({
    message: `Nothing to check: ${why}`,
    hint: reachHints[kind],
  }),
  "nothing-tested": ({ why }: { readonly why: string }): Words => ({ message: `Nothing was tested. ${why}` }),
  "unknown-check": ({ name, nearest }: { readonly name: string; readonly nearest: string }): Words => ({
    message: `No check is called “${name}”.`,
    hint: `Did you mean ${nearest}? All of them: misskey-hooks check --explain all.`,
  }),
  "no-baseline": (): Words => ({
    message: "--update-baseline needs a file to write to.",
    hint: "Name it with --baseline check-baseline.json.",
  }),
  "invalid-baseline": ({ file }: { readonly file: string }): Words => ({
    message: `${file} is no baseline: expected {"accepted": {"secret.wrong": "warn"}}.`,
    hint: "Write one from a run with --update-baseline.",
  }),

  "no-url": (): Words => ({
    message: "It isn't said which handler to check.",
    hint: "Give its URL: misskey-hooks check http://127.0.0.1:3000/hook --secret-file secret.txt",
  }),
  "nothing-to-check": (): Words => ({
    message: "No check is left that could be made.",
    hint: "Look at --only, --skip and --on: an event that the hook isn't for has no check.",
  }),

  // commands: inputs and sources
  "unreadable-file": ({ path, code }: { readonly path: string; readonly code: string }): Words => ({
    message: `Can't read ${path}: ${readTrouble[code] ?? code}.`,
  }),
  "stdin-read-twice": (): Words => ({
    message: "Two options read standard input, which can be read only once.",
    hint: "Put one of the two into a file.",
  }),
  "stdin-twice": (): Words => ({ message: "Standard input can be read for one option only." }),
  "conflicting-secrets": (): Words => ({
    message: "--secret and --secret-file are both given.",
    hint: "Use one of them.",
  }),
  "unsendable-secret": (): Words => ({
    message: "No server could send this secret: it is a header's value.",
    hint: "Use Latin-1 characters on one line; letters, digits and dashes are the safest.",
  }),
  "invalid-merge": ({
    path,
    problem,
  }: {
    readonly path: string;
    readonly problem: "not-json" | "no-object";
  }): Words => ({
    message:
      problem === "not-json" ? `${path} is not JSON.` : `${path} holds no JSON object to merge into the envelope.`,
  }),
  "no-way-from-instance": (): Words => ({
    message: "It isn't said how the instance's events come here.",
    hint: "Add --from-stream (no public URL needed), or --public-url with the address of a tunnel to this endpoint.",
  }),
  "no-public-url": (): Words => ({
    message: "--borrow needs to know where to point the hook.",
    hint: "Add --public-url, the address of a tunnel to this endpoint for example.",
  }),

  // commands: which account, which hook, which files
  "missing-event": (): Words => ({
    message: "Which event should be sent?",
    hint: "It goes before the URL: misskey-hooks send mention http://127.0.0.1:4649/. All of them: misskey-hooks send --list.",
  }),
  "missing-instance": ({ to }: { readonly to: "login" | "instance" }): Words => ({
    message: `It isn't said which instance${to === "login" ? " to sign in to" : ""}.`,
    hint: `For example: misskey-hooks ${to} misskey.example`,
  }),
  "missing-settings": ({
    missing,
    host = "<instance>",
  }: {
    readonly missing: readonly ("instance" | "token")[];
    readonly host: string | undefined;
  }): Words => {
    const what = {
      instance: "which instance (--instance or MISSKEY_HOOKS_INSTANCE)",
      token: "with which token (MISSKEY_HOOKS_TOKEN or --token-file)",
    };
    return {
      message: `It isn't said ${missing.map((name) => what[name]).join(", nor ")}.`,
      hint: `Sign in once and for all with: misskey-hooks login ${host}`,
    };
  },
  "bad-token": ({ where, isEmpty }: { readonly where: string; readonly isEmpty: boolean }): Words => ({
    message: `${where === "-" ? "Standard input" : where} ${isEmpty ? "is empty" : "doesn't hold a token"}.`,
    hint: "A token is one word of letters and digits.",
  }),
  "profile-mismatch": (
    p: { readonly name: string } | { readonly name: string; readonly own: string; readonly asked: string },
  ): Words =>
    "own" in p
      ? {
          message: `The profile “${p.name}” belongs to ${p.own}, not to ${p.asked}.`,
          hint: "Leave out --instance or --profile.",
        }
      : { message: `The profile “${p.name}” belongs to another instance now.` },
  "token-without-instance": ({
    path,
    source,
    variable,
  }: {
    readonly path: string;
    readonly source: string;
    readonly variable: string;
  }): Words => ({
    message: `Only ${path} says where the token of ${source} would go, and that file isn't trusted with it.`,
    hint: `Name the instance with --instance or ${variable}.`,
  }),
  "ambiguous-profile": ({ origin, names }: { readonly origin: string; readonly names: readonly string[] }): Words => ({
    message: `${names.length} profiles belong to ${origin}.`,
    hint: `Choose one with --profile: ${names.join(", ")}.`,
  }),
  "not-signed-in": (): Words => ({
    message: "There is no current profile to sign out of.",
    hint: "`misskey-hooks profiles list` shows those there are.",
  }),
  "bad-ca-file": ({ path }: { readonly path: string }): Words => ({
    message: `${path} has no certificate in it.`,
    hint: "It is a text file (PEM) with a line -----BEGIN CERTIFICATE-----.",
  }),
  "bad-hook": ({
    troubles,
  }: {
    readonly troubles: readonly { readonly option: string; readonly why: string }[];
  }): Words => ({ message: troubles.map(({ option, why }) => `${option}: ${why}`).join("\n       ") }),
  "bad-hook-file": (
    p: { readonly path: string } & (
      | { readonly problem: "not-json" }
      | { readonly problem: "unusable"; readonly at: string; readonly why: string }
      | { readonly problem: "twice"; readonly name: string }
    ),
  ): Words => {
    const why =
      p.problem === "not-json"
        ? "it is no JSON"
        : p.problem === "twice"
          ? `two of its hooks are called “${p.name}”`
          : `${p.at || "the whole"}: ${p.why}`;
    return { message: `${p.path} can't be imported: ${why}.`, hint: "`misskey-hooks hooks export` writes such files." };
  },
  "hook-borrowed": ({ name, pid }: { readonly name: string; readonly pid: number }): Words => ({
    message: `Another listen (process ${pid}) has borrowed the hook “${name}”.`,
    hint: "Stop that one first; if it was killed, this takes a minute at most.",
  }),
  "hook-exists": ({ name, host }: { readonly name: string; readonly host: string }): Words => ({
    message: `The account of ${host} already has a hook called “${name}”.`,
    hint: "Give the copy another name with --name, or bring that one up to date with `hooks ensure`.",
  }),
  "not-confirmed": (): Words => ({
    message: "Deleting asks first, and there is no terminal to ask on.",
    hint: "Add --yes to delete without being asked.",
  }),
  "nothing-to-update": (): Words => ({
    message: "It isn't said what to change.",
    hint: "Add --name, --url, --on, --secret or --secret-file; `hooks enable` and `hooks disable` switch a hook.",
  }),
  "missing-type": (): Words => ({
    message: "It isn't said which event to send.",
    hint: "For example: --type mention",
  }),
  "missing-fields": (
    p:
      | { readonly to: "find" }
      | { readonly to: "make"; readonly options: readonly string[] }
      | { readonly to: "make-what-is-missing"; readonly options: readonly string[] },
  ): Words => {
    if (p.to === "find") {
      return {
        message: "It isn't said which hook: by its name or its URL.",
        hint: "For example: misskey-hooks hooks ensure --name bot --url https://bot.example/hook --on mention",
      };
    }
    return p.to === "make"
      ? {
          message: `Missing: ${p.options.join(", ")}.`,
          hint: "For example: misskey-hooks hooks create --name bot --url https://bot.example/hook --on mention,reply --generate-secret",
        }
      : { message: `There is no such hook yet, and to make it this is missing: ${p.options.join(", ")}.` };
  },
  "file-exists": ({ path }: { readonly path: string }): Words => ({
    message: `${path} exists already.`,
    hint: "Name another file, or remove that one.",
  }),
  "file-not-writable": ({ path, why }: { readonly path: string; readonly why: string }): Words => ({
    message: `Can't write ${path}: ${why}.`,
  }),
  "unknown-report": ({ name, known }: { readonly name: string; readonly known: readonly string[] }): Words => ({
    message: `No report is called “${name}”.`,
    hint: `Known: ${known.join(", ")}.`,
  }),
  "conflicting-reports": (): Words => ({
    message: "Two reports would go to standard output.",
    hint: "Write one of them to a file: --report junit=report.xml.",
  }),
  "unwritable-file": ({
    what,
    file,
    why,
  }: {
    readonly what: "report" | "baseline";
    readonly file: string;
    readonly why: string;
  }): Words => ({ message: `Can't write the ${what} to ${file}: ${why}.` }),

  // sandbox
  "no-such-user": ({ name, known }: { readonly name: string; readonly known: readonly string[] }): Words => ({
    message: `The sandbox has no user called “${name}”. It has ${known.join(", ")}.`,
  }),
  "no-such-endpoint": ({ name }: { readonly name: string }): Words => ({
    message: `The sandbox has no endpoint ${name}.`,
  }),
  "refused-by-sandbox": ({
    endpoint,
    text,
    info,
  }: {
    readonly endpoint: string;
    readonly text: string;
    readonly info: string;
  }): Words => ({ message: `${endpoint}: ${text}${info === "" ? "" : ` ${info}`}` }),
  "unreadable-state": ({ path }: { readonly path: string }): Words => ({
    message: `The state file ${path} can't be read.`,
  }),
  "corrupt-state": ({ path, aside }: { readonly path: string; readonly aside: string | undefined }): Words => ({
    message: `${path} is no state of a sandbox, or a broken one.`,
    hint:
      aside === undefined
        ? "It couldn't be put aside. Name another file."
        : `It is kept as ${aside}. Run the same command again to start with an empty state.`,
  }),
  "state-of-another-dialect": ({ path, dialect }: { readonly path: string; readonly dialect: string }): Words => ({
    message: `The state in ${path} is that of ${dialect}.`,
    hint: `Use --as ${dialect}, or another file.`,
  }),
  "state-not-writable": ({ path, fault }: { readonly path: string; readonly fault: Fault }): Words => ({
    message: `The state file ${path} can't be written: ${reasonOf(fault)}.`,
    hint: "Name a file in a folder that you may write to, with --state.",
  }),
  "state-in-use": ({ path }: { readonly path: string }): Words => ({
    message: `Another sandbox is running with the state file ${path}.`,
    hint: `Stop it, or name another file. If none is running, delete ${path}.lock`,
  }),
  "broken-script-line": (
    p: { readonly line: number } & (
      | { readonly trouble: "not-json"; readonly why: string }
      | { readonly trouble: "no-object" | "no-action" | "no-actor" | "params-no-object" }
      | { readonly trouble: "unknown-key"; readonly key: string; readonly known: readonly string[] }
      | { readonly trouble: "unknown-name"; readonly name: string }
      | { readonly trouble: "in-action"; readonly of: Fact }
    ),
  ): Words => {
    const at = (why: string, hint?: string): Words => ({ message: `Line ${p.line} of the script: ${why}`, hint });
    switch (p.trouble) {
      case "not-json":
        return at(`it isn't JSON (${p.why}).`);
      case "no-object":
        return at("it isn't an object.");
      case "no-action":
        return at("“do” is missing.", 'For instance "do": "notes/create".');
      case "no-actor":
        return at("“as” is missing.", 'For instance "as": "bob".');
      case "params-no-object":
        return at("“with” isn't an object.");
      case "unknown-key":
        return at(`“${p.key}” means nothing here.`, `Known: ${p.known.join(", ")}.`);
      case "unknown-name":
        return at(`nothing is called “${p.name}”.`, "Name an earlier line with “name”, or use users.<name>.id.");
      case "in-action":
        return at(tell(p.of).message, tell(p.of).hint);
      default:
        return p satisfies never;
    }
  },
  "script-line-refused": ({ line, of }: { readonly line: number; readonly of: Fact }): Words => ({
    message: `Line ${line} of the script: ${tell(of).message}`,
  }),
  "not-refused": ({
    line,
    action,
    expect,
  }: {
    readonly line: number;
    readonly action: string;
    readonly expect: string;
  }): Words => ({
    message: `Line ${line} of the script: ${action} was expected to be refused with ${expect}.`,
  }),
};

/** What the status of a hook's latest delivery tells about the handler, and what to do. Seen on Misskey 2026.3.2. */
function latestDelivery(status: number, url: string): { readonly what: string; readonly hint: string } {
  if (status === 1) {
    return {
      what: "its latest delivery got no response: refused, timed out after 5 s, not found, TLS, or a blocked address",
      hint: `See what a server sees: misskey-hooks doctor --url ${url}`,
    };
  }
  const what = `its latest delivery was answered ${status}`;
  if (status === 401 || status === 403) {
    return {
      what,
      hint: `It, or what stands before it, let nobody in: its log says why. If it is the secret, make the two equal (misskey-hooks hooks update); otherwise: misskey-hooks doctor --url ${url}`,
    };
  }
  if (status === 404 || status === 405 || status === 410) {
    return { what, hint: "No handler at this URL: is the path complete, and does it take a POST?" };
  }
  if (status === 429) return { what, hint: "The handler limits its callers; a server comes with up to 64 at once." };
  if (status >= 500) return { what, hint: "The handler failed: look at its log. A server tries four times." };
  if (status >= 300 && status < 400) return { what, hint: "Register the URL that it redirects to." };
  return { what, hint: `The handler did not like it: misskey-hooks check ${url}` };
}

const noAnswerHints: Readonly<Record<string, string>> = {
  "refused-connection": "Start the handler; from elsewhere, also look at the firewall.",
  "closed-connection": "It hung up: look for a crash in its log.",
  timeout: "Answer first and work afterwards: a server waits 5 s for the answer's headers.",
  "unreachable-host": "Check the address and the route to it.",
  tls: "A server checks certificates as well: it takes none that is self-signed, expired or of another name.",
  "not-http": "Another program than the handler may be listening on this port.",
};

type Software = { readonly host: string; readonly name: string; readonly version: string };
type Borrowed = { readonly origin: string; readonly since: string };
type HookCalled = { readonly name: string; readonly system: boolean };
type LatestDelivery = HookCalled & { readonly status: number; readonly at: string };
type Located = { readonly name: string; readonly addresses: readonly string[] };

const runs = ({ host, name, version }: Software): string => `${host} runs ${name} ${version}`;
const called = ({ name, system }: HookCalled): string => `The ${system ? "system webhook" : "hook"} “${name}”`;
const isBorrowed = ({ origin, since }: Borrowed): string => `A hook on ${origin} is borrowed since ${since}`;
const located = ({ name, addresses }: Located): string =>
  addresses.length === 0 ? name : `${name} is at ${addresses.join(", ")}`;
const findsOutMore = (url: string): string => `misskey-hooks check ${url} finds out more.`;

/** What the words of a finding are made of. */
type FindingFacts = { readonly path: string; readonly expected: string; readonly received: string };
type FindingSentence = (finding: FindingFacts) => string;

const subjectOf = (path: string): string => (path === "" ? "The delivery" : path);
const lacking: FindingSentence = ({ path, expected }) => `${subjectOf(path)} is missing: expected ${expected}`;
const differing: FindingSentence = ({ path, expected, received }) =>
  `${subjectOf(path)}: expected ${expected}, received ${received}`;

/** One sentence for each code of a finding. Not yet safe for a terminal. */
const findings = {
  "missing-key": (p: FindingFacts): string => lacking(p),
  "missing-header": (p: FindingFacts): string => lacking(p),
  "wrong-type": (p: FindingFacts): string => differing(p),
  "wrong-value": (p: FindingFacts): string => differing(p),
  "wrong-format": (p: FindingFacts): string => differing(p),
  "wrong-header": (p: FindingFacts): string => differing(p),
  "wrong-content-type": (p: FindingFacts): string => differing(p),
  "header-mismatch": (p: FindingFacts): string => differing(p),
  "unknown-event": ({ received }: FindingFacts): string => `No known server sends an event of type ${received}`,
  "never-sent": ({ received }: FindingFacts): string =>
    `No server known here sends ${received}, though it can be registered`,
  "foreign-event": ({ expected, received }: FindingFacts): string => `${received} is not ${expected}`,
  "not-json": ({ received }: FindingFacts): string => `The body is not JSON: ${received}`,
  "not-an-object": ({ received }: FindingFacts): string => `The body is not an object but ${received}`,
  "body-mismatch": ({ path }: FindingFacts): string =>
    `${subjectOf(path)}: the recording's body isn't what its raw body says`,
  "mixed-dialects": ({ path, expected, received }: FindingFacts): string =>
    `No one server sends this combination; ${path} of ${received} would have to be ${expected}`,
  "unverified-dialect": ({ received }: FindingFacts): string => `Not verified against a recording: ${received}`,
  "test-button": (): string => "A test delivery, as the test button sends it: real events have other keys",
};

/** The words of what doctor finds. */
const diagnoses = {
  error: ({ of }: { readonly of: Fact }): Words => tell(of),
  "account-unknown": ({ of }: { readonly of: Fact }): Words => {
    const { message, hint } = tell(of);
    return { message: `No instance is looked at: ${message}`, hint };
  },

  // settings
  profiles: ({ names, path }: { readonly names: readonly string[]; readonly path: string }): Words => ({
    message: names.length === 0 ? `Nobody is signed in (${path}).` : `Signed in: ${names.join(", ")} (${path}).`,
  }),
  "project-usable": ({ path }: { readonly path: string }): Words => ({ message: `${path} can be used.` }),
  "permissions-repaired": ({ what }: { readonly what: string }): Words => ({ message: what }),
  "hook-borrowed": (p: Borrowed): Words => ({ message: `${isBorrowed(p)} by a listen that is running.` }),
  "hook-left-behind": (p: Borrowed & { readonly path: string }): Words => ({
    message: `${isBorrowed(p)}, and could not be put back yet.`,
    hint: `Every command tries again; to give up, delete ${p.path}.`,
  }),
  proxy: ({ host, proxy }: { readonly host: string; readonly proxy: string | undefined }): Words => ({
    message: proxy === undefined ? `No proxy on the way to ${host}.` : `Through ${proxy}.`,
  }),
  "certificates-unchecked": (): Words => ({
    message: "Certificates aren't checked: the token goes to whoever answers.",
    hint: "Leave out --insecure.",
  }),
  "token-in-the-clear": ({ host }: { readonly host: string }): Words => ({
    message: `The token travels to ${host} unencrypted.`,
    hint: `Use https://${host}, if it has that.`,
  }),

  // account
  "software-without-webhooks": (p: Software): Words => ({
    message: `${runs(p)}, which has no webhooks.`,
    hint: "Misskey has them from 12.109.0 on.",
  }),
  "software-known": (p: Software & { readonly dialect: string }): Words => ({
    message: `${runs(p)} (dialect ${p.dialect}).`,
  }),
  "software-unknown": (p: Software & { readonly dialect: string }): Words => ({
    message: `${runs(p)}, which isn't known here; ${p.dialect} is the nearest dialect.`,
    hint: "A fork can be described in a JSON file for --as.",
  }),
  "clocks-agree": (): Words => ({ message: "Its clock and this machine's agree." }),
  "clocks-differ": ({ aheadMs }: { readonly aheadMs: number }): Words => ({
    message: `Its clock is ${Math.round(Math.abs(aheadMs) / 1000)} s ${aheadMs > 0 ? "ahead of" : "behind"} this machine's.`,
    hint: "createdAt in a delivery is the instance's time: don't judge its age to the second, and look at this machine's clock.",
  }),
  "token-valid": ({ username, host }: { readonly username: string; readonly host: string }): Words => ({
    message: `The token is @${username}'s on ${host}.`,
  }),
  "token-reads-only": ({ host }: { readonly host: string }): Words => ({
    message: "The token may not change hooks: it lacks write:account.",
    hint: `Sign in again if you want to: misskey-hooks login ${host}`,
  }),
  "token-writes": (): Words => ({ message: "It may see hooks and change them." }),

  // hooks
  "no-hooks": (): Words => ({ message: "The account has no hooks." }),
  "hook-unused": (p: HookCalled): Words => ({ message: `${called(p)}: nothing sent yet.` }),
  "hook-delivered": (p: LatestDelivery): Words => ({
    message: `${called(p)}: delivered (${p.status}), last at ${p.at}.`,
  }),
  "hook-failed": (p: LatestDelivery & { readonly url: string }): Words => {
    const { what, hint } = latestDelivery(p.status, p.url);
    return { message: `${called(p)}: ${what}, at ${p.at}.`, hint };
  },
  "hook-refused": (p: HookCalled & { readonly host: string; readonly url: string }): Words => ({
    message: `${called(p)}: nobody listens on ${p.host}, the connection is refused.`,
    hint: `Start the handler; from elsewhere, also look at the firewall. See what a server sees: misskey-hooks doctor --url ${p.url}`,
  }),
  "hook-off": (p: HookCalled & { readonly id: string }): Words => ({
    message: `${called(p)} is off.`,
    hint: `misskey-hooks hooks enable ${p.id}${p.system ? " --system" : ""} switches it on.`,
  }),
  "hook-trouble": (p: HookCalled & { readonly field: string; readonly why: string }): Words => ({
    message: `${called(p)}, its ${p.field}: ${p.why}`,
  }),
  "reports-dont-arrive": (p: {
    readonly name: string;
    readonly trouble: "none" | "inactive";
    readonly origin: string;
  }): Words => {
    const page = `${p.origin}/admin/abuse-report-notification-recipient`;
    const why =
      p.trouble === "none"
        ? "this instance tells only webhooks that an active notification recipient points to"
        : "a notification recipient that is switched off points to it";
    return {
      message: `${called({ name: p.name, system: true })}: no report reaches it, only test deliveries do: ${why}.`,
      hint: `To ${p.trouble === "none" ? "add one" : "switch it on, or delete it"}: ${page}`,
    };
  },

  // the handler's URL
  "target-trouble": ({ why }: { readonly why: string }): Words => ({ message: why }),
  "no-address": ({ name }: { readonly name: string }): Words => ({
    message: `The name ${name} has no address.`,
    hint: "Check the spelling; a name that only your network knows is unknown to a server too.",
  }),
  "address-public": (p: Located): Words => ({ message: `${located(p)}: public.` }),
  "address-reached": (p: Located): Words => ({
    message: `${located(p)}: the instance is on this machine and reaches that.`,
  }),
  "address-private": (p: Located): Words => ({
    message: `${located(p)}: not a public address, which an instance in production refuses.`,
    hint: "Use a public URL or a tunnel (misskey-hooks listen --public-url), or listen --from-stream, which needs none.",
  }),
  "no-answer": ({ code, why = "No answer." }: { readonly code: string; readonly why: string | undefined }): Words => ({
    message: why,
    hint: noAnswerHints[code],
  }),
  "certificate-valid": (): Words => ({ message: "Its certificate is valid." }),
  "answers-in-time": ({ ms }: { readonly ms: number }): Words => ({ message: `It answers within ${ms} ms.` }),
  "answers-late": ({ ms }: { readonly ms: number }): Words => ({
    message: `It takes ${ms} ms to answer; a server waits 5 s.`,
    hint: "Answer first and work afterwards.",
  }),
  "wrong-secret-accepted": ({ status, url }: { readonly status: number; readonly url: string }): Words => ({
    message: `It answers ${status} to a wrong secret: from outside nobody can tell whether it acts on it.`,
    hint: `Answer 401. ${findsOutMore(url)}`,
  }),
  "wrong-secret-refused": ({ status }: { readonly status: number }): Words => ({
    message: `It refuses a wrong secret (${status}).`,
  }),
  "wrong-secret-fails": ({
    status,
    url,
    again,
  }: {
    readonly status: number;
    readonly url: string;
    readonly again: { readonly server: string; readonly attempts: number } | undefined;
  }): Words => {
    const more =
      again === undefined ? "" : `, and ${again.server} would send each such delivery up to ${again.attempts} times`;
    return {
      message: `It fails (${status}) on a wrong secret${more}.`,
      hint: `Compare the secret before anything else, and answer 401. ${findsOutMore(url)}`,
    };
  },
  redirects: ({ status, asGet }: { readonly status: number; readonly asGet: boolean }): Words => ({
    message: `It redirects (${status}): ${asGet ? "a server would go on with a GET without a body" : "a server would follow it"}, and the secret goes along.`,
    hint: "Register the URL that answers by itself.",
  }),
  "nobody-there": ({ status }: { readonly status: number }): Words => ({
    message: `It answers ${status}: nobody handles a POST there.`,
    hint: "Is the path complete?",
  }),
  "limits-callers": (): Words => ({
    message: "It limits its callers (429).",
    hint: "A server comes with up to 64 at once.",
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
export const en: {
  readonly errors: typeof errors;
  readonly findings: typeof findings;
  readonly diagnoses: typeof diagnoses;
} = { errors, findings, diagnoses };

/** What every language has to say. */
export type Messages = typeof en;
