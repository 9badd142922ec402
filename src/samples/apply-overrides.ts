// What a user changes in a sample: --merge first, then --set, then --unset. A path that the sample doesn't have is an
// error, because an override that does nothing in silence is worse than none.
import { distance } from "fastest-levenshtein";
import { UsageError } from "../errors.js";
import { isTooDeep, maxLevels } from "../parse-json.js";
import { mergePatch } from "./merge-patch.js";
import { parsePath, type PathSegment, writePath } from "./override-path.js";

type Json = Record<string, unknown>;

/** Changes to an envelope. */
export interface Overrides {
  /** `path=value`; the value is JSON if it parses as JSON, else the text itself. */
  readonly set?: readonly string[] | undefined;
  /** Paths to remove. */
  readonly unset?: readonly string[] | undefined;
  /** A JSON merge patch (RFC 7396) on the envelope. */
  readonly merge?: Readonly<Record<string, unknown>> | undefined;
}

export interface OverrideOptions {
  /** Paths that the sample doesn't have are made (`set`) or passed over (`unset`). Default false. */
  readonly force?: boolean | undefined;
}

const isContainer = (value: unknown): value is Json | unknown[] => typeof value === "object" && value !== null;

function childOf(parent: unknown, part: PathSegment): { readonly value: unknown } | undefined {
  if (Array.isArray(parent)) {
    const place = typeof part === "number" || /^\d+$/.test(part) ? Number(part) : parent.length;
    return place < parent.length ? { value: parent[place] } : undefined;
  }
  if (!isContainer(parent) || typeof part === "number" || !Object.hasOwn(parent, part)) return undefined;
  return { value: (parent as Json)[part] };
}

function exists(root: unknown, path: readonly PathSegment[]): boolean {
  let value: unknown = root;
  for (const part of path) {
    const child = childOf(value, part);
    if (child === undefined) return false;
    value = child.value;
  }
  return true;
}

/** Where a short path may start: the envelope, its body, the note or user in it. The flat envelope is its own body. */
function bases(envelope: Json): PathSegment[][] {
  const inBody: PathSegment[] = isContainer(envelope["body"]) ? ["body"] : [];
  const body = inBody.length > 0 ? envelope["body"] : envelope;
  const subject = ["note", "user"].find((key) => isContainer(childOf(body, key)?.value));
  return [[], inBody, ...(subject === undefined ? [] : [[...inBody, subject]])];
}

/** Every path of a value. */
function allPaths(value: unknown, prefix: readonly PathSegment[] = []): PathSegment[][] {
  if (!isContainer(value)) return [];
  const entries: [PathSegment, unknown][] = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([part, child]) => {
    const path = prefix.concat(part);
    return [path].concat(allPaths(child, path));
  });
}

function unknownPath(envelope: Json, written: string): UsageError {
  const known = bases(envelope).flatMap((base) =>
    allPaths(envelope)
      .filter((path) => base.every((part, place) => path[place] === part))
      .map((path) => ({ full: writePath(path), short: writePath(path.slice(base.length)) })),
  );
  const nearest = known.reduce<{ full: string; off: number }>(
    (best, { full, short }) => {
      const off = distance(written, short);
      return off < best.off ? { full, off } : best;
    },
    { full: "", off: Infinity },
  );
  return new UsageError("unknown-path", { path: written, nearest: nearest.full });
}

/** The full path that a written one means; undefined when nothing in the envelope is called so. */
function resolvePath(envelope: Json, written: string): PathSegment[] | undefined {
  const parsed = parsePath(written);
  const isFlat = !Object.hasOwn(envelope, "body");
  const path = isFlat && parsed[0] === "body" ? parsed.slice(1) : parsed;
  return bases(envelope)
    .map((base) => base.concat(path))
    .find((candidate) => exists(envelope, candidate));
}

/** Where a path that doesn't exist belongs: the first place that has the start of it, or the envelope itself. */
function placeFor(envelope: Json, written: string): PathSegment[] {
  const path = parsePath(written);
  const base = bases(envelope).find((candidate) => exists(envelope, [...candidate, ...path.slice(0, 1)])) ?? [];
  return [...base, ...path];
}

/** A shallow copy of a container; where there is none, a new one that takes `part`. */
function copyOf(value: unknown, part: PathSegment): Json | unknown[] {
  if (Array.isArray(value)) return [...(value as unknown[])];
  if (isContainer(value)) return { ...(value as Json) };
  return typeof part === "number" ? [] : {};
}

/** A copy of `value` with `path` set to what `change` makes of its parent. */
function changed(
  value: unknown,
  path: readonly PathSegment[],
  change: (parent: Json | unknown[], last: PathSegment) => void,
): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return value;
  const copy = copyOf(value, part);
  if (rest.length === 0) change(copy, part);
  else (copy as Json)[part] = changed(childOf(copy, part)?.value, rest, change);
  return copy;
}

function readValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function setPath(envelope: Json, assignment: string, force: boolean): Json {
  const at = assignment.indexOf("=");
  if (at < 1) {
    throw new UsageError("invalid-path", { assignment });
  }
  const written = assignment.slice(0, at);
  const path = resolvePath(envelope, written) ?? (force ? placeFor(envelope, written) : undefined);
  if (path === undefined) throw unknownPath(envelope, written);
  const value = readValue(assignment.slice(at + 1));
  assertShallow(value);
  return changed(envelope, path, (parent, last) => {
    (parent as Json)[last] = value;
  }) as Json;
}

function unsetPath(envelope: Json, written: string, force: boolean): Json {
  const path = resolvePath(envelope, written);
  if (path === undefined) {
    if (force) return envelope;
    throw unknownPath(envelope, written);
  }
  return changed(envelope, path, (parent, last) => {
    if (Array.isArray(parent)) parent.splice(Number(last), 1);
    else delete parent[last];
  }) as Json;
}

/** @throws UsageError `change-too-deep` */
function assertShallow(value: unknown): void {
  if (isTooDeep(value)) throw new UsageError("change-too-deep", { levels: maxLevels });
}

/**
 * The envelope with the overrides applied; the given one stays as it is. Paths start at the envelope
 * (`body.note.text`), at its body (`note.text`), or at the note or user in it (`text`, `user.name`), whichever has it.
 * @throws UsageError `unknown-path` (with the nearest path that exists), `invalid-path`, `unsafe-path`,
 * `change-too-deep`
 */
export function applyOverrides(
  envelope: Record<string, unknown>,
  overrides: Overrides,
  { force = false }: OverrideOptions = {},
): Record<string, unknown> {
  assertShallow(overrides.merge);
  let result = overrides.merge === undefined ? envelope : (mergePatch(envelope, overrides.merge) as Json);
  for (const assignment of overrides.set ?? []) result = setPath(result, assignment, force);
  for (const path of overrides.unset ?? []) result = unsetPath(result, path, force);
  return result;
}
