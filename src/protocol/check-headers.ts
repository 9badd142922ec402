// The headers of a delivery against a dialect.
import { type Dialect, dialectName } from "./dialect.js";
import type { Finding } from "./finding.js";
import type { HeaderLookup } from "./header-lookup.js";
import { hookHeaderNames } from "./headers.js";
import { mediaTypeOf } from "./media-type.js";
import { shorten } from "./shorten.js";

function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/g, "").toLowerCase();
}

function checkContentType(headers: HeaderLookup, dialect: Dialect): Finding[] {
  const expected = dialect.headers.contentType;
  const received = headers.get("content-type");
  if (expected === null || (received !== undefined && isSameContentType(received, expected))) return [];
  const path = "headers.content-type";
  if (received === undefined)
    return [{ code: "missing-header", path, expected, received: "absent", severity: "error" }];
  const severity = mediaTypeOf(received) === mediaTypeOf(expected) ? "warning" : "error";
  return [{ code: "wrong-content-type", path, expected, received: shorten(received), severity }];
}

/** The host of an origin such as `https://misskey.example:3000`. */
function hostOf(server: string): string {
  const scheme = server.indexOf("://");
  const start = scheme === -1 ? 0 : scheme + "://".length;
  const end = server.indexOf("/", start);
  return end === -1 ? server.slice(start) : server.slice(start, end);
}

/** A media type with parameters, without regard to case and spaces; nearly always they are equal as they are. */
function isSameContentType(received: string, expected: string): boolean {
  return received === expected || withoutSpaces(received) === withoutSpaces(expected);
}

/**
 * What the headers do differently from the dialect's, and where they contradict the body.
 * A secret's value is never in a finding.
 */
export function checkHeaders(
  headers: HeaderLookup,
  dialect: Dialect,
  body: Readonly<Record<string, unknown>>,
): Finding[] {
  const findings: Finding[] = [];
  const names = hookHeaderNames(dialect);
  const mayLackSecret = dialect.headers.omitsEmptySecret;
  for (const name of [names.hookId, ...(mayLackSecret ? [] : [names.secret]), names.host]) {
    if (headers.get(name.toLowerCase()) !== undefined) continue;
    findings.push({
      code: "missing-header",
      path: `headers.${name.toLowerCase()}`,
      expected: name,
      received: "absent",
      severity: "error",
    });
  }
  const { hookId, server } = body;
  const mismatches: [name: string, key: string, inBody: string | undefined][] = [
    [names.hookId, "hookId", typeof hookId === "string" ? hookId : undefined],
    [names.host, "the host of server", typeof server === "string" ? hostOf(server) : undefined],
  ];
  for (const [name, key, inBody] of mismatches) {
    const inHeader = headers.get(name.toLowerCase());
    if (inHeader === undefined || inBody === undefined || inHeader === inBody) continue;
    findings.push({
      code: "header-mismatch",
      path: `headers.${name.toLowerCase()}`,
      expected: `${shorten(inBody)} (${key})`,
      received: shorten(inHeader),
      severity: "error",
    });
  }
  findings.push(...checkContentType(headers, dialect));
  const userAgent = headers.get("user-agent");
  if (userAgent !== dialect.headers.userAgent) {
    findings.push({
      code: userAgent === undefined ? "missing-header" : "wrong-header",
      path: "headers.user-agent",
      expected: `${dialect.headers.userAgent} (${dialectName(dialect)})`,
      received: userAgent === undefined ? "absent" : shorten(userAgent),
      severity: "warning",
    });
  }
  return findings;
}
