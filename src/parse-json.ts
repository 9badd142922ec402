// JSON of files and inputs, which may hold secrets: what is wrong with it is told without a word of it. Everybody may import
// this file, so it imports nothing.

/** A text that is no JSON; the message says why and, where it is known, where, but quotes nothing. */
class NotJson extends Error {
  override readonly name = "NotJson";
}

/** @throws NotJson */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const { message } = error as SyntaxError;
    // V8 quotes the text where it doesn't say the position.
    throw new NotJson(/is not valid JSON/.test(message) ? "Unexpected token" : message);
  }
}

/** Deeper than anything that a server sends, and far from where the stack ends. */
export const maxLevels = 500;

/** Whether a value is nested deeper than `maxLevels`: a walk over it could end the stack. */
export function isTooDeep(value: unknown): boolean {
  let level = [value];
  for (let left = maxLevels; level.length > 0; left--) {
    if (left === 0) return true;
    level = level.flatMap((one) => (typeof one === "object" && one !== null ? (Object.values(one) as unknown[]) : []));
  }
  return false;
}
