// Ids as servers make them: they grow with time, so that sorting by id is sorting by age.

/**
 * The kinds that servers can be set up with, by the name that their settings have for it.
 * `aidx` is Misskey's default since 2023.9 (16 characters), `aid` was it before (10); `cuid` is Firefish's (16).
 */
export const idForms = ["aid", "aidx", "cuid", "meid", "meidg", "objectid", "ulid"] as const;
export type IdForm = (typeof idForms)[number];

/** The zero of the time in `aid` and `aidx`. */
const time2000 = Date.UTC(2000, 0, 1);
const crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

function digits(value: number, base: number, length: number): string {
  return Math.max(0, value).toString(base).padStart(length, "0").slice(-length);
}

function crockfordDigits(value: number, length: number): string {
  return digits(value, 32, length).replaceAll(/./g, (digit) => crockford[Number.parseInt(digit, 32)] ?? "0");
}

/** When an id of the kinds `aid`, `aidx` and `cuid` was made, in milliseconds since the epoch. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.slice(0, 8), 36) + time2000;
}

/**
 * One id. The same parts give the same id.
 * @param ms when it is made, in milliseconds since the epoch
 * @param node tells servers apart, 0 to 36⁴ - 1
 * @param count tells the ids of one millisecond apart
 */
export function makeId(form: IdForm, ms: number, node: number, count: number): string {
  const hexTail = (length: number): string => (digits(node, 16, 6) + digits(count, 16, 10)).slice(-length);
  switch (form) {
    case "aid":
      return digits(ms - time2000, 36, 8) + digits(count, 36, 2);
    case "aidx":
    case "cuid":
      return digits(ms - time2000, 36, 8) + digits(node, 36, 4) + digits(count, 36, 4);
    case "meid":
      return digits(ms + 0x8000_0000_0000, 16, 12) + hexTail(12);
    case "meidg":
      return `g${digits(ms, 16, 11)}${hexTail(12)}`;
    case "objectid":
      return digits(Math.floor(ms / 1000), 16, 8) + hexTail(16);
    case "ulid":
      return crockfordDigits(ms, 10) + crockfordDigits(node, 6) + crockfordDigits(count, 10);
    default:
      return form satisfies never;
  }
}
