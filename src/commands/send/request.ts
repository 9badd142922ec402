// From `send`'s arguments to the bytes that it sends: which dialect, which secret, which body, which headers.
import { UsageError } from "../../errors.js";
import {
  type Dialect,
  dialectName,
  deliveryTo,
  familiesAlone,
  findEvent,
  type HeaderPair,
  hookHeaderNames,
  requestHeaders,
  secretOnTheWire,
  secretTrouble,
  type WireDelivery,
} from "../../protocol/index.js";
import { applyOverrides, buildSample, type Sample, seededSource } from "../../samples/index.js";
import type { CommandContext } from "../command.js";
import { readDialect, readInput, secretFor } from "../options/inputs.js";
import { readTarget } from "../options/target.js";
import { parseJson } from "../../parse-json.js";

/** `send`'s options, as far as they decide what is sent. */
export interface RequestOptions {
  readonly variant?: string;
  readonly as?: string;
  readonly secret?: string | true;
  readonly secretFile?: string;
  readonly set?: string[];
  readonly unset?: string[];
  readonly force?: true;
  readonly merge?: string;
  readonly data?: string;
  readonly header?: [name: string, value: string][];
  readonly hookId?: string;
  readonly userId?: string;
  readonly server?: string;
  readonly seed?: string;
}

/** One event, ready to be sent. */
export interface PreparedEvent {
  /** null for a body of the user's own. */
  readonly variant: string | null;
  readonly eventId: string | null;
  readonly delivery: WireDelivery;
}

/** Everything about the events to send that stays the same over all of them. */
export interface RequestPlan {
  readonly event: string;
  readonly url: string;
  readonly dialect: Dialect;
  readonly dialectName: string;
  readonly secretHeader: string;
  /** For what else is left to chance; a seed fixes this too. */
  readonly random: () => number;
  /** The next event: fresh ids and times each, or the user's own bytes every time. */
  readonly next: () => PreparedEvent;
  /** What the user should know before it is sent, as sentences. */
  readonly remarks: readonly string[];
}

async function readMerge(path: string, context: CommandContext): Promise<Record<string, unknown>> {
  const text = (await readInput(path, context)).toString("utf8");
  try {
    const value: unknown = parseJson(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    throw new UsageError("invalid-merge", { path, problem: "not-json" });
  }
  throw new UsageError("invalid-merge", { path, problem: "no-object" });
}

/** What a body of the user's own says about itself, if it is an envelope. */
function readEnvelope(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(body.toString("utf8"));
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** The headers with the user's own: in the place of one of that name, else at the end. */
function withOwn(headers: readonly HeaderPair[], own: readonly HeaderPair[]): HeaderPair[] {
  const result = [...headers];
  for (const header of own) {
    const place = result.findIndex(([name]) => name.toLowerCase() === header[0].toLowerCase());
    if (place === -1) result.push(header);
    else result[place] = header;
  }
  return result;
}

function textIn(object: Readonly<Record<string, unknown>>, key: string): string | undefined {
  const value = object[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** With `--force`, an event that no server sends borrows the body of a note. */
function sampleOf(request: Parameters<typeof buildSample>[0], force: boolean): Sample {
  const { event } = request;
  if (!force || findEvent(event)?.sent === true) return buildSample(request);
  const note = buildSample({ ...request, event: "note" });
  return { ...note, event, body: { ...note.body, type: event } };
}

function remarksOn(dialect: Dialect, url: URL, secret: string, options: RequestOptions): string[] {
  const trouble = secretTrouble(secret);
  return [
    ...(dialect.evidence === "recorded"
      ? []
      : [`${dialect.title} is not verified against a running server; it is known by: ${dialect.source}.`]),
    ...(url.hostname === "localhost"
      ? ["No server we tried delivers to localhost: register the hook with 127.0.0.1."]
      : []),
    ...(trouble === "outer-spaces"
      ? ["The secret begins or ends with spaces, which are lost on the wire: the receiver sees it without them."]
      : []),
    ...(typeof options.secret === "string" && /^https?:\/\//.test(options.secret)
      ? ["The secret looks like a URL; the URL to send to goes before --secret."]
      : []),
  ];
}

/**
 * Reads everything that the arguments point at.
 * @throws UsageError also those of the samples: `unknown-event`, `unknown-variant`, `unknown-path` …
 */
export async function planRequests(
  event: string,
  target: string,
  options: RequestOptions,
  context: CommandContext,
): Promise<RequestPlan> {
  if ([options.secretFile, options.data, options.merge].filter((path) => path === "-").length > 1)
    throw new UsageError("stdin-twice");
  const url = readTarget(target);
  const dialect = await readDialect(options.as ?? familiesAlone(event)[0] ?? "misskey", context);
  const secret = (await secretFor(url.href, options, context)) ?? "";
  const data = options.data === undefined ? undefined : await readInput(options.data, context);
  const merge = options.merge === undefined ? undefined : await readMerge(options.merge, context);
  const source = options.seed === undefined ? context : seededSource(options.seed);
  const force = options.force === true;

  const sample = (name: string, hookId = options.hookId, server = options.server): Sample => {
    const { userId, variant } = options;
    const chance = { now: () => source.now(), random: () => source.random() };
    return sampleOf({ event: name, variant, dialect, server, hookId, userId, ...chance }, force);
  };
  const deliveryOf = ({ server, hookId }: Sample, body: Buffer): WireDelivery => {
    const values = { host: new URL(server).host, hookId, secret: secretOnTheWire(secret) };
    return deliveryTo(url, { headers: withOwn(requestHeaders(dialect, values), options.header ?? []), body });
  };
  const nextSample = (): PreparedEvent => {
    const made = sample(event);
    const body = applyOverrides(made.body, { set: options.set, unset: options.unset, merge }, { force });
    const delivery = deliveryOf(made, Buffer.from(JSON.stringify(body)));
    return { variant: made.variant, eventId: textIn(body, "eventId") ?? null, delivery };
  };
  // The headers of the user's own body say what it says about itself; a sample fills in the rest.
  const prepareData = (body: Buffer): PreparedEvent => {
    const envelope = readEnvelope(body);
    const server = textIn(envelope, "server");
    const made = sample(
      "note",
      options.hookId ?? textIn(envelope, "hookId"),
      options.server ?? (server !== undefined && URL.canParse(server) ? server : undefined),
    );
    return { variant: null, eventId: textIn(envelope, "eventId") ?? null, delivery: deliveryOf(made, body) };
  };
  const own = data === undefined ? undefined : prepareData(data);

  return {
    event,
    url: url.href,
    dialect,
    dialectName: dialectName(dialect),
    secretHeader: hookHeaderNames(dialect).secret,
    random: () => source.random(),
    next: () => own ?? nextSample(),
    remarks: remarksOn(dialect, url, secret, options),
  };
}
