// What is wrong, or will go wrong, with a hook's fields, found before the server is asked: a server takes any URL and
// any secret, also those that it can never deliver with.
import { closest } from "fastest-levenshtein";
import { eventsOf, events as allEvents, findEvent, presentDialect, secretTrouble } from "../protocol/index.js";
import { addressKind } from "../network/index.js";
import type { HookFields } from "./hook.js";

/** One thing about one field. */
export interface FieldTrouble {
  readonly field: "name" | "url" | "secret" | "on";
  /** `error`: no server can do anything with it. `warning`: probably not what is wanted. */
  readonly severity: "error" | "warning";
  /** A sentence that never contains the secret. */
  readonly message: string;
}

type Find = (severity: FieldTrouble["severity"], message: string) => FieldTrouble;

/** What the checks need to know of the instance. */
export interface CheckContext {
  /** The instance runs on this machine, so that it reaches private addresses. */
  readonly localInstance: boolean;
  /** The hook is one of the administrators'. Default false. */
  readonly system?: boolean | undefined;
  /** Events that no known server has are taken, with a warning. Default false. */
  readonly anyEvent?: boolean | undefined;
}

/** Names of the events that a user's hook can ask for, on any server, except those that are never sent. */
export const userEventNames: readonly string[] = eventsOf(presentDialect)
  .filter(({ scope, sent }) => scope === "user" && sent)
  .map(({ name }) => name);

/** Names of the events that a system webhook can ask for. */
export const systemEventNames: readonly string[] = eventsOf(presentDialect)
  .filter(({ scope }) => scope === "system")
  .map(({ name }) => name);

// Limits of `i/webhooks/create` and `admin/system-webhook/create`: Misskey 2026.3.2; they count characters, not UTF-16
// units.
const longest = { name: 100, systemName: 255, url: 1024, secret: 1024 } as const;
const tooLong = (field: keyof typeof longest, text: string, find: Find): FieldTrouble[] =>
  Array.from(text).length > longest[field] ? [find("error", `It is longer than ${longest[field]} characters.`)] : [];

function checkName(name: string, find: Find, { system = false }: CheckContext): FieldTrouble[] {
  if (name.trim() === "") return [find("error", "A hook needs a name.")];
  return tooLong(system ? "systemName" : "name", name, find);
}

/** Their incoming webhooks, which take a body of their own kind alone. */
const chatServices = [
  { name: "Discord", pattern: /^(?:[^/]+\.)?discord(?:app)?\.com\/api\/(?:v\d+\/)?webhooks\// },
  { name: "Slack", pattern: /^hooks\.slack\.com\// },
] as const;

function checkUrl(text: string, find: Find, { localInstance }: CheckContext): FieldTrouble[] {
  const url = URL.canParse(text) && !/\s/.test(text) ? new URL(text) : undefined;
  if (url === undefined) return [find("error", "That is no URL: write it as https://bot.example/hook.")];
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    return [find("error", `A hook is called over http or https, not ${url.protocol.slice(0, -1)}.`)];
  }
  if (url.username !== "" || url.password !== "") {
    return [find("error", "The URL contains a user name or a password, which everybody who sees the hook sees too.")];
  }
  return [...tooLong("url", text, find), ...checkTarget(url, find, localInstance)];
}

function checkTarget(url: URL, find: Find, localInstance: boolean): FieldTrouble[] {
  const kind = addressKind(url.hostname);
  if (kind === "localhost") {
    return [find("warning", "No server that we know delivers to the name localhost: write 127.0.0.1.")];
  }
  if (kind !== "public" && !localInstance) {
    return [
      find(
        "warning",
        kind === "loopback"
          ? "That address is the instance's own machine, not yours; in production an instance refuses it, too."
          : "That address is known in a local network only; in production an instance refuses it unless its allowedPrivateNetworks lists it.",
      ),
    ];
  }
  const chat = chatServices.find(({ pattern }) => pattern.test(`${url.hostname}${url.pathname}`));
  return [
    ...(chat === undefined
      ? []
      : [
          find(
            "warning",
            `${chat.name} doesn't understand what an instance sends: it needs a handler in between, which turns a delivery into a message.`,
          ),
        ]),
    ...(kind === "public" && url.protocol === "http:"
      ? [find("warning", "Over http the secret travels in the clear: anybody on the way can read it.")]
      : []),
  ];
}

const secretTroubles = {
  unsendable: ["error", "No server could send it: it has a newline, or a character that isn't Latin-1."],
  "outer-spaces": ["error", "The spaces at its ends are lost on the way, so that it would never match."],
  empty: ["warning", "It is empty: anybody who finds the URL can pretend to be the instance."],
} as const;

function checkSecret(secret: string, find: Find): FieldTrouble[] {
  const trouble = secretTrouble(secret);
  if (trouble === undefined) return tooLong("secret", secret, find);
  const [severity, message] = secretTroubles[trouble];
  return [find(severity, message)];
}

function checkEvents(
  names: readonly string[],
  find: Find,
  { system = false, anyEvent = false }: CheckContext,
): FieldTrouble[] {
  if (names.length === 0) return [find("error", "A hook without events never fires.")];
  const wanted = system ? "system" : "user";
  return names.flatMap((name) => {
    const event = findEvent(name);
    if (event === undefined) {
      const known = allEvents.filter(({ scope }) => scope === wanted).map((one) => one.name);
      const same = known.find((one) => one.toLowerCase() === name.toLowerCase());
      return [
        anyEvent
          ? find("warning", `No server known here has an event “${name}”.`)
          : find(
              "error",
              `There is no event “${name}”. Did you mean ${same ?? closest(name, known)}? The events are ${known.join(", ")}.`,
            ),
      ];
    }
    if (event.scope !== wanted) {
      return [
        find(
          "error",
          system
            ? `“${name}” is an event of an account's hooks: leave out --system.`
            : `“${name}” is an event of system webhooks, which are for administrators: add --system.`,
        ),
      ];
    }
    return event.sent ? [] : [find("warning", `“${name}” can be chosen, and no server known here sends it.`)];
  });
}

/** Everything there is to say about those fields that are given, in the order name, url, secret, on. */
export function checkHook(fields: Partial<HookFields>, context: CheckContext): FieldTrouble[] {
  const { name, url, secret, on } = fields;
  const about =
    (field: FieldTrouble["field"]): Find =>
    (severity, message) => ({ field, severity, message });
  return [
    ...(name === undefined ? [] : checkName(name, about("name"), context)),
    ...(url === undefined ? [] : checkUrl(url, about("url"), context)),
    ...(secret === undefined ? [] : checkSecret(secret.reveal(), about("secret"))),
    ...(on === undefined ? [] : checkEvents(on, about("on"), context)),
  ];
}
