// The headers of a delivery, per dialect: building them, and knowing a dialect by them.
import type { Dialect } from "./dialect.js";
import type { HeaderPair } from "./wire-delivery.js";

/** What the headers say besides the dialect's constants. */
export interface HeaderValues {
  /** The sending server as host[:port], e.g. `misskey.example`. */
  readonly host: string;
  readonly hookId: string;
  /** Sent as it is. An empty one sends the header all the same, but for dialects that leave it out. */
  readonly secret: string;
}

/** The names of a dialect's three headers. */
export interface HookHeaderNames {
  readonly host: string;
  readonly hookId: string;
  readonly secret: string;
}

const namesByDialect = new WeakMap<Dialect, HookHeaderNames>();

/** The three names of a dialect, in the case that it sends: a capitalised prefix goes on capitalised. */
export function hookHeaderNames(dialect: Dialect): HookHeaderNames {
  let names = namesByDialect.get(dialect);
  if (names === undefined) {
    const { prefix } = dialect.headers;
    names = /[A-Z]/.test(prefix)
      ? { host: `${prefix}Host`, hookId: `${prefix}Hook-Id`, secret: `${prefix}Hook-Secret` }
      : { host: `${prefix}host`, hookId: `${prefix}hook-id`, secret: `${prefix}hook-secret` };
    namesByDialect.set(dialect, names);
  }
  return names;
}

function capitalise(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
}

/**
 * The headers that a server of this dialect sets, in its order and case; `transportHeaders` adds the others.
 * Seen on twelve servers from Misskey 12.109.2 to 2026.3.2; the families without recordings are as their source has them.
 */
export function requestHeaders(dialect: Dialect, values: HeaderValues): HeaderPair[] {
  const names = hookHeaderNames(dialect);
  const { userAgent, contentType, acceptEncoding, capitalised, omitsEmptySecret } = dialect.headers;
  const cased = capitalised ? capitalise : (name: string) => name;
  const accepts: HeaderPair[] = [
    [cased("accept"), "*/*"],
    [cased("accept-encoding"), acceptEncoding],
  ];
  const secret: HeaderPair[] = omitsEmptySecret && values.secret === "" ? [] : [[names.secret, values.secret]];
  const own: HeaderPair[] = [
    ...(contentType === null ? [] : [[cased("content-type"), contentType] as HeaderPair]),
    [cased("user-agent"), userAgent],
    [names.hookId, values.hookId],
    ...secret,
    [names.host, values.host],
  ];
  // Node's clients sort what a server sets; Bun has its own behind it.
  return capitalised ? [...own, ...accepts] : [...accepts, ...own];
}

const hookHeader = /^x-(.+?)-hook-(?:secret|id)$/;

/**
 * The header prefix of a request in lower case (`x-misskey-`), known by its `…-hook-secret` or `…-hook-id` header;
 * undefined when it has neither.
 */
export function findHeaderPrefix(headerNames: Iterable<string>): string | undefined {
  for (const name of headerNames) {
    const match = hookHeader.exec(name.toLowerCase());
    if (match) return `x-${match[1]}-`;
  }
  return undefined;
}
