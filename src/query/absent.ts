// A path that leads nowhere. It is unequal to everything, itself included; it isn't less or greater; it isn't in a
// list; and `not` makes it true.

// The expression library takes a Boolean object for its value, and compares by identity: so this one is false, and
// equals nothing that a delivery can hold.
export const absent: object = Object.freeze(Object(false) as object);

/** The value at `path` in `subject`: own keys alone, so that nothing of the host is reached. */
export function valueAt(subject: unknown, path: string): unknown {
  let value = subject;
  for (const key of path.split(".")) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return absent;
    value = (value as Readonly<Record<string, unknown>>)[key];
  }
  return value === undefined ? absent : value;
}

type Comparison = (left: unknown, right: unknown) => boolean;

function compares(order: (left: number | string, right: number | string) => boolean): Comparison {
  return (left: unknown, right: unknown): boolean => {
    const comparable = typeof left === typeof right && (typeof left === "number" || typeof left === "string");
    return comparable && order(left, right as typeof left);
  };
}

function equals(left: unknown, right: unknown): boolean {
  return left !== absent && right !== absent && left === right;
}

/** The comparisons; where there is nothing to compare they are false, instead of an error. */
export const operators: Readonly<Record<string, Comparison>> = {
  "==": equals,
  "!=": (left: unknown, right: unknown): boolean => !equals(left, right),
  "<": compares((left, right) => left < right),
  "<=": compares((left, right) => left <= right),
  ">": compares((left, right) => left > right),
  ">=": compares((left, right) => left >= right),
};

function isEmpty(value: unknown): boolean {
  return value === absent || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** What can be called, each true, false or a number for whatever it is given. */
export const functions: Readonly<Record<string, (...values: unknown[]) => unknown>> = {
  exists: (value: unknown): boolean => value !== absent && value !== null,
  empty: isEmpty,
  /** Of a list or a text; 0 for anything else. */
  count: (value: unknown): number => (Array.isArray(value) || typeof value === "string" ? value.length : 0),
  /** A text in a text, whatever their case; or a value in a list. */
  contains: (whole: unknown, part: unknown): boolean =>
    Array.isArray(whole)
      ? whole.includes(part)
      : typeof whole === "string" && typeof part === "string" && whole.toLowerCase().includes(part.toLowerCase()),
  startsWith: (whole: unknown, part: unknown): boolean =>
    typeof whole === "string" && typeof part === "string" && whole.startsWith(part),
  endsWith: (whole: unknown, part: unknown): boolean =>
    typeof whole === "string" && typeof part === "string" && whole.endsWith(part),
  lower: (value: unknown): unknown => (typeof value === "string" ? value.toLowerCase() : value),
};
