// Which dialect a delivery speaks, and its findings against that dialect.
import { checkHeaders } from "./check-headers.js";
import { type Dialect, dialectName, type EnvelopeKey } from "./dialect.js";
import { findEventOf } from "./events-of-dialect.js";
import { candidatesFor, tablesOfAny } from "./dialect-candidates.js";
import type { Finding } from "./finding.js";
import type { HeaderLookup } from "./header-lookup.js";
import { findHeaderPrefix } from "./headers.js";
import type { Json } from "./json-object.js";
import { readPayload, type Subject } from "./read-payload.js";
import { tablesOf } from "./tables-of-dialect.js";
import { testButtonTables } from "./test-button.js";

const sevenKeys: readonly EnvelopeKey[] = ["server", "hookId", "userId", "eventId", "createdAt", "type", "body"];

/** A dialect, and what a delivery does differently from it. */
export interface Detection {
  readonly dialect: Dialect | undefined;
  readonly findings: Finding[];
}

function errorsOf(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ severity }) => severity === "error");
}

/**
 * The best row. Of those without errors, the one with the fewest unknown keys; where there are none, the one that the
 * payload shares most with: the fewest differences, be it a key too few or one too many. Then fewest errors, fewest
 * warnings, then those whose test button has the form that was seen, then recorded rows before others.
 */
function narrowest(
  subject: Subject,
  headers: HeaderLookup | undefined,
  candidates: readonly Dialect[],
): (Detection & { dialect: Dialect }) | undefined {
  let best: { dialect: Dialect; findings: Finding[]; score: readonly number[] } | undefined;
  for (const dialect of candidates) {
    const tables = tablesOf(dialect) ?? tablesOfAny([]);
    const reading = readPayload(subject, subject.form ? testButtonTables(dialect) : tables, dialect.envelope);
    const findings = [...(headers ? checkHeaders(headers, dialect, subject.body) : []), ...reading.findings];
    const errors = errorsOf(findings).length;
    const otherForm = subject.form !== undefined && subject.form !== dialect.testButtonForm ? 1 : 0;
    const unseen = dialect.evidence === "recorded" ? 0 : 1;
    const misfit = errors === 0 ? 0 : 1;
    const score = [misfit, errors + reading.unknownKeys, errors, findings.length - errors, otherForm, unseen];
    if (best === undefined || compare(score, best.score) < 0) best = { dialect, findings, score };
    if (score.every((part) => part === 0)) break;
  }
  return best;
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** The findings against one dialect that the user named. */
export function readAs(subject: Subject, headers: HeaderLookup | undefined, as: Dialect): Detection {
  const found = narrowest(subject, headers, [as]);
  const findings = found?.findings ?? [];
  if (as.evidence !== "recorded") findings.push(unverified(as));
  return { dialect: as, findings };
}

function unverified(dialect: Dialect): Finding {
  return {
    code: "unverified-dialect",
    path: "",
    expected: "recordings of such a server",
    received: dialect.source,
    severity: "info",
  };
}

/** 12.109 had no envelope: the note or user stands next to the type. */
function isFlat(body: Json): boolean {
  return !("body" in body) && ("note" in body || "user" in body);
}

/** The rows that may have sent a delivery. */
interface Candidates {
  /** By headers, by whether it is flat, and by whether it is a test delivery. */
  readonly possible: readonly Dialect[];
  /** Of those, the rows whose envelope has all its keys (what sends `server` is no early Misskey) and that have the event. */
  readonly likely: readonly Dialect[];
}

/** The rows that pass; all of them when none does. */
function narrow(rows: readonly Dialect[], passes: (row: Dialect) => boolean): readonly Dialect[] {
  const passing = rows.filter(passes);
  return passing.length > 0 ? passing : rows;
}

const answers = new Map<string, Candidates>();

function candidatesOf({ body, event, form }: Subject, prefix: string | undefined): Candidates {
  const all = candidatesFor(prefix);
  if (all.length <= 1) return { possible: all, likely: all };
  const flat = isFlat(body);
  const keys = sevenKeys.filter((key) => key in body);
  const question = `${prefix} ${event?.name} ${form} ${flat} ${keys.join()}`;
  let answer = answers.get(question);
  if (answer === undefined) {
    const possible = narrow(
      all,
      ({ envelope, testButton }) => (envelope === "flat") === flat && (form === undefined || testButton !== null),
    );
    const enveloped = narrow(
      possible,
      ({ envelope }) => envelope === "flat" || keys.every((key) => envelope.includes(key)),
    );
    const likely = narrow(enveloped, (row) => event === undefined || findEventOf(row, event.name) !== undefined);
    answer = { possible, likely };
    answers.set(question, answer);
  }
  return answer;
}

/** The narrowest dialect that fits; when none does, what no known server sends is an error, key by key. */
export function detectDialect(subject: Subject, headers: HeaderLookup | undefined): Detection {
  const prefix = headers === undefined ? undefined : findHeaderPrefix(headers.keys());
  const { possible, likely } = candidatesOf(subject, prefix);
  const nearest = narrowest(subject, headers, likely);
  if (nearest && errorsOf(nearest.findings).length === 0) {
    if (nearest.dialect.evidence !== "recorded" && nearest.dialect.payload === null)
      nearest.findings.push(unverified(nearest.dialect));
    return nearest;
  }
  // No row fits as a whole: what remains an error is what no known server sends, key by key.
  const headerFindings = nearest && headers ? checkHeaders(headers, nearest.dialect, subject.body) : [];
  const envelope = isFlat(subject.body) ? "flat" : sevenKeys;
  const reading = readPayload(subject, subject.form ? testButtonTables(undefined) : tablesOfAny(possible), envelope, [
    "server",
  ]);
  const findings = [...headerFindings, ...reading.findings];
  if (nearest === undefined) {
    const received = `headers that start with ${prefix ?? ""}`;
    findings.push({
      code: "unverified-dialect",
      path: "headers",
      expected: "headers of a known family",
      received,
      severity: "info",
    });
  }
  if (nearest && errorsOf(findings).length === 0) {
    const [difference] = errorsOf(nearest.findings);
    findings.push({
      code: "mixed-dialects",
      path: difference?.path ?? "",
      expected: `${difference?.expected ?? ""} (${dialectName(nearest.dialect)}, the nearest)`,
      received: difference?.received ?? "",
      severity: "warning",
    });
  }
  return { dialect: nearest?.dialect, findings };
}
