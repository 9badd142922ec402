// Payloads against the schema that an instance publishes itself.
import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { UsageError } from "../../errors.js";
import type { Finding } from "../../protocol/index.js";
import { type ApiDocument, isSchema } from "./api-document.js";
import { describedPart } from "./event-body.js";

/** Checks deliveries against one instance's schema. */
export interface InstanceSchema {
  readonly title: string;
  /** What the delivery does differently; nothing for events that the API doesn't describe. */
  readonly check: (delivery: unknown) => Finding[];
}

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** `/user/fields/0/name` as `.user.fields[0].name`. */
function pathOf(pointer: string): string {
  return pointer
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"))
    .map((part) => (/^\d+$/.test(part) ? `[${part}]` : `.${part}`))
    .join("");
}

function typeOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}

function shortened(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

const asText = (value: unknown): string => (Array.isArray(value) ? value.map(String).join("|") : String(value));

/** An error of Ajv in our words; undefined for those that only sum up others. */
function findingOf({ keyword, instancePath, params, data }: ErrorObject, root: string): Finding | undefined {
  const path = root + pathOf(instancePath);
  const details = params as Readonly<Record<string, unknown>>;
  const severity = "error";
  switch (keyword) {
    case "required": {
      const missing = String(details["missingProperty"]);
      return { code: "missing-key", path: `${path}.${missing}`, expected: "a value", received: "nothing", severity };
    }
    case "type":
      return { code: "wrong-type", path, expected: asText(details["type"]), received: typeOf(data), severity };
    case "enum":
      return {
        code: "wrong-value",
        path,
        expected: asText(details["allowedValues"]),
        received: shortened(data),
        severity,
      };
    case "format":
      return { code: "wrong-format", path, expected: asText(details["format"]), received: shortened(data), severity };
    case "anyOf":
    case "oneOf":
    case "$ref":
      return undefined;
    default:
      return {
        code: "wrong-value",
        path,
        expected: `${keyword} ${shortened(params)}`,
        received: shortened(data),
        severity,
      };
  }
}

/** Of a value that may be null, the errors of the other alternative tell more than “is not null”. */
function isOfNull({ keyword, params }: ErrorObject): boolean {
  return keyword === "type" && (params as { type?: unknown }).type === "null";
}

function findingsOf(errors: readonly ErrorObject[], root: string): Finding[] {
  const telling = errors.filter((error) => !isOfNull(error));
  const byPath = new Map<string, Finding>();
  for (const error of telling) {
    const finding = findingOf(error, root);
    if (finding)
      byPath.set(`${finding.code} ${finding.path}`, byPath.get(`${finding.code} ${finding.path}`) ?? finding);
  }
  return [...byPath.values()];
}

/** A document may be anything: references that lead nowhere or to themselves, keywords with values that they can't have. */
function orRefused<Result>(component: string, title: string, work: () => Result): Result {
  try {
    return work();
  } catch (cause) {
    throw new UsageError("unusable-schema", { component, title }, { cause });
  }
}

/** Compiles an instance's components; each when it is first needed, by `check`, which throws UsageError `unusable-schema`. */
export function compileInstanceSchema({ title, schemas }: ApiDocument): InstanceSchema {
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    verbose: true,
    logger: false,
    formats: { "date-time": isoTime, uuid },
  });
  ajv.addSchema({ $id: "instance", components: { schemas } });
  const compiled = new Map<string, ValidateFunction | undefined>();
  const compile = (name: string): ValidateFunction | undefined => {
    if (!compiled.has(name)) {
      const schema = isSchema(schemas[name]) ? { $ref: `instance#/components/schemas/${name}` } : undefined;
      compiled.set(name, schema && orRefused(name, title, () => ajv.compile(schema)));
    }
    return compiled.get(name);
  };
  return {
    title,
    check: (delivery) => {
      const part = describedPart(delivery);
      const validate = part && compile(part.component);
      if (!part || !validate || orRefused(part.component, title, () => validate(part.value))) return [];
      return findingsOf(validate.errors ?? [], part.path);
    },
  };
}
