// What `check` is asked for, read and checked before anything is sent.
import { type Check, checks, type Level, selectChecks } from "../../conformance/index.js";
import { UsageError } from "../../errors.js";
import { type Dialect, eventsOf, familiesAlone } from "../../protocol/index.js";
import type { CommandContext } from "../command.js";
import { guessEvent, meansAll } from "../options/event-names.js";
import { completeAddress } from "../options/target.js";
import { readDialect, secretFor, type SecretSource } from "../options/inputs.js";
import type { TrustOptions } from "../options/trust.js";

export interface CheckOptions extends SecretSource, TrustOptions {
  on?: string[];
  as: string;
  level: Level;
  only?: string[];
  skip?: string[];
  maxTime: number;
  requireRejection?: true;
  text?: string;
  observe?: string;
  outbound?: number | true;
  baseline?: string;
  updateBaseline?: true;
  start?: string;
  waitOn?: string;
  startTimeout: number;
  report?: string[];
  explain?: string;
  server?: string;
  hookId?: string;
  userId?: string;
}

export interface CheckRequest {
  readonly url: URL;
  readonly secret: string;
  /** False when nothing was said of one. */
  readonly secretIsGiven: boolean;
  readonly dialect: Dialect;
  readonly on: readonly string[];
  readonly onIsGiven: boolean;
  readonly checks: readonly Check[];
}

/**
 * The URL that an option or argument names.
 * @throws UsageError `invalid-url`
 */
export function readUrl(given: string, option?: string): URL {
  const text = completeAddress(given);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url && (url.protocol === "http:" || url.protocol === "https:") && url.username === "" && url.password === "") {
    return url;
  }
  throw new UsageError("invalid-url", { trouble: "undeliverable", option, text });
}

/** The events of the hook; without `--on`, and with `all`, those that a user's hook can be registered for. */
async function readEvents(given: readonly string[] | undefined, dialect: Dialect): Promise<string[]> {
  const known = eventsOf(dialect).filter(({ sent }) => sent);
  if (given === undefined || meansAll(given)) {
    return known
      .filter(({ scope, name }) => scope === "user" && familiesAlone(name).length === 0)
      .map(({ name }) => name);
  }
  const names = known.map(({ name }) => name);
  for (const name of given) {
    if (names.includes(name)) continue;
    throw new UsageError("unknown-event", {
      name,
      title: dialect.title,
      known: names,
      nearest: await guessEvent(name, names),
    });
  }
  return [...new Set(given)];
}

/** @throws UsageError for anything that can't be used */
export async function readCheckRequest(
  url: string | undefined,
  options: CheckOptions,
  context: CommandContext,
): Promise<CheckRequest> {
  if (url === undefined) {
    throw new UsageError("no-url");
  }
  const handler = readUrl(url);
  const dialect = await readDialect(options.as, context);
  const { level, only = [], skip = [] } = options;
  const on = await readEvents(options.on, dialect);
  const secret = await secretFor(handler.href, options, context);
  const isAbout = ({ event }: Check): boolean => event === undefined || on.includes(event);
  const selected = selectChecks(checks, { level, only, skip }).filter(isAbout);
  if (selected.length === 0) {
    throw new UsageError("nothing-to-check");
  }
  return {
    url: handler,
    secret: secret ?? "",
    secretIsGiven: secret !== undefined,
    dialect,
    on,
    onIsGiven: options.on !== undefined,
    checks: selected,
  };
}
