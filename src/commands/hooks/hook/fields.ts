// From options and answers to a hook's fields: what is checked before the instance is asked.
import { randomBytes } from "node:crypto";
import { UsageError } from "../../../errors.js";
import {
  type CheckContext,
  checkHook,
  detectSystemEvents,
  type HookFields,
  Secret,
  systemEventNames,
  userEventNames,
} from "../../../instance/index.js";
import { findEvent } from "../../../protocol/index.js";
import { type Check, createPrompter } from "../../../terminal/index.js";
import type { CommandContext } from "../../command.js";
import { meansAll } from "../../options/event-names.js";
import { warn } from "../../output/warn.js";
import type { HookAccess } from "./access.js";

/** What makes a hook, besides its being active. */
export type NewHook = Omit<HookFields, "active">;

const eventNames = (system = false): readonly string[] => (system ? systemEventNames : userEventNames);

/** The events to choose from, with when each fires. */
export function eventChoices(system?: boolean): { readonly value: string; readonly description: string }[] {
  return eventNames(system).map((value) => ({ value, description: findEvent(value)?.when ?? "" }));
}

/** 32 characters that every server, header and shell takes as they are; none looks like an option. */
export function generateSecret(): Secret {
  return new Secret(randomBytes(24).toString("base64url").replace(/^-/, "x"));
}

/**
 * The events of `--on`, each once. `all` stands for every event that is really sent; which of the system's a server
 * knows depends on its version, so it is asked.
 * @throws those of `detectSystemEvents`
 */
export async function readEventNames(
  names: readonly string[] | undefined,
  { api, where }: Pick<HookAccess, "api" | "where">,
): Promise<string[] | undefined> {
  if (names === undefined || !meansAll(names)) return names && [...new Set(names)];
  const known = where.system === true ? await detectSystemEvents(api) : undefined;
  const all = eventNames(where.system).filter((name) => known?.includes(name) ?? true);
  return [...new Set(names.flatMap((name) => (meansAll([name]) ? all : [name])))];
}

/**
 * Notes the warnings about these fields. `typed` is the option that the events came by.
 * @throws UsageError `bad-hook` when one can't be used
 */
export function checkFields(
  fields: Partial<HookFields>,
  where: CheckContext,
  context: CommandContext,
  typed: { readonly on: string } = { on: "on" },
): void {
  const troubles = checkHook(fields, where).map((trouble) => ({
    ...trouble,
    field: trouble.field === "on" ? typed.on : trouble.field,
  }));
  const errors = troubles.filter(({ severity }) => severity === "error");
  if (errors.length > 0) {
    const about = errors.map(({ field, message }) => ({ option: `--${field}`, why: message }));
    throw new UsageError("bad-hook", { troubles: about });
  }
  for (const { field, message } of troubles) warn(`--${field}: ${message}`, context);
}

/**
 * All fields of a new hook: those given, the others by asking.
 * @throws UsageError `missing-fields` when there is nobody to ask, InterruptedError
 */
export async function completeFields(
  given: Partial<NewHook>,
  where: CheckContext,
  context: CommandContext,
): Promise<{ fields: NewHook; generated: boolean }> {
  const { name, url, on, secret } = given;
  if (!context.interactive) {
    if (name !== undefined && url !== undefined && on !== undefined && secret !== undefined) {
      return { fields: { name, url, on, secret }, generated: false };
    }
    throw missingFields(given);
  }
  const ask = createPrompter({ input: context.stdin, output: context.terminal, signal: context.signal });
  const check =
    (field: "name" | "url" | "secret"): Check =>
    (text) =>
      checkHook({ [field]: field === "secret" ? new Secret(text) : text }, where).find(
        ({ severity }) => severity === "error",
      )?.message ?? true;
  const answers = {
    name: name ?? (await ask.text("Name of the hook:", { check: check("name") })),
    url: url ?? (await ask.text("URL to deliver to:", { check: check("url") })),
    on: on ?? (await ask.some("Events:", eventChoices(where.system))),
  };
  if (secret !== undefined) return { fields: { ...answers, secret }, generated: false };
  const how = await ask.one("Secret:", [
    { value: "generate", name: "a random one, shown once the hook exists" },
    { value: "type", name: "one that I have" },
  ]);
  if (how === "generate") return { fields: { ...answers, secret: generateSecret() }, generated: true };
  const typed = await ask.hidden("Secret of the hook:", check("secret"));
  return { fields: { ...answers, secret: new Secret(typed) }, generated: false };
}

function missingFields(given: Partial<NewHook>): UsageError {
  const options = { name: "--name", url: "--url", on: "--on", secret: "--secret-file or --generate-secret" };
  const missing = (Object.keys(options) as (keyof NewHook)[]).filter((field) => given[field] === undefined);
  return new UsageError("missing-fields", { to: "make", options: missing.map((field) => options[field]) });
}
