// From zod's issues to findings.
import type * as z from "zod/mini";
import type { Finding } from "./finding.js";
import type { FindingCode } from "./finding-codes.js";
import { shorten } from "./shorten.js";

type Path = readonly PropertyKey[];

/** `body.note.files[0].size` */
function formatPath(path: Path): string {
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
}

const absent = Symbol("absent");

function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, part)) return absent;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** What was at a path, in a few words: its type, or (`asValue`) its shortened value. */
export function receivedAt(root: unknown, path: Path, asValue: boolean): string {
  const value = valueAt(root, path);
  if (value === absent) return "absent";
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  if (!asValue || typeof value === "object") return typeof value;
  return shorten(JSON.stringify(value));
}

/** The finding for one issue; the issue's message is the type that was expected, as the tables write it. */
export function toFinding(issue: z.core.$ZodIssue, root: unknown): Finding {
  const missing = valueAt(root, issue.path) === absent;
  const code: FindingCode = missing
    ? "missing-key"
    : issue.code === "invalid_format"
      ? "wrong-format"
      : issue.code === "invalid_value" && typeof valueAt(root, issue.path) === "string"
        ? "wrong-value"
        : "wrong-type";
  const asValue = code === "wrong-format" || code === "wrong-value";
  return {
    code,
    path: formatPath(issue.path),
    expected: issue.message,
    received: receivedAt(root, issue.path, asValue),
    severity: "error",
  };
}
