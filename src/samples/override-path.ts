// The paths of --set and --unset: `body.note.files[0].size` or `note.files.0.size`, `note.user.name`, `reactions[":blobcat@.:"]`.
import { UsageError } from "../errors.js";

export type PathSegment = string | number;

const segment = /(?:^|(?<!^)\.)([^.[\]"]+)|\[(\d+)\]|\["((?:[^"\\]|\\.)*)"\]/y;
/** Keys that would reach an object's prototype, were they ever assigned in the usual way. */
const unsafeKeys = new Set(["__proto__", "prototype", "constructor"]);

/** Refuses keys that could pollute a prototype. @throws UsageError `unsafe-path` */
export function assertSafeKey(key: string): void {
  if (!unsafeKeys.has(key)) return;
  throw new UsageError("unsafe-path", { key });
}

/**
 * Splits a path into its keys and indices.
 * @throws UsageError `invalid-path`, `unsafe-path`
 */
export function parsePath(path: string): PathSegment[] {
  const segments: PathSegment[] = [];
  segment.lastIndex = 0;
  while (segment.lastIndex < path.length) {
    const match = segment.exec(path);
    if (match === null || match[0] === "") break;
    const [, key, index, quoted] = match;
    if (index !== undefined) segments.push(Number(index));
    else segments.push(key ?? (JSON.parse(`"${quoted}"`) as string));
    if (segment.lastIndex === path.length) {
      for (const part of segments) assertSafeKey(String(part));
      return segments;
    }
  }
  throw new UsageError("invalid-path", { path });
}

/** A path as it is written. */
export function writePath(segments: readonly PathSegment[]): string {
  return segments
    .map((part, place) => {
      if (typeof part === "number") return `[${part}]`;
      if (!/^[^.[\]"]+$/.test(part)) return `[${JSON.stringify(part)}]`;
      return place === 0 ? part : `.${part}`;
    })
    .join("");
}
