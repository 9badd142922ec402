// What a call that was made because of a delivery would speak of.

/** Shorter ones are in any text. */
const leastLetters = 5;
/** What a warning about a delivery may say of any. */
const common: ReadonlySet<string> = new Set([
  "mention",
  "delivery",
  "secret",
  "webhook",
  "wrong",
  "misskey",
  "invalid",
  "refused",
]);
const wordPattern = /[\p{L}\p{N}_]+/gu;

/** The words, ids and names of a delivery's note or user. */
export function wordsOf(body: unknown): string[] {
  if (typeof body !== "object" || body === null) return [];
  const { note, user, text, id, username, name, comment } = body as Record<string, unknown>;
  const own = [text, id, username, name, comment].filter((value) => typeof value === "string");
  const words = own.flatMap((value) => value.match(wordPattern) ?? []);
  return [
    ...words.filter((word) => word.length >= leastLetters && !common.has(word.toLowerCase())),
    ...wordsOf(note),
    ...wordsOf(user),
  ];
}
