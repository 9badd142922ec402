// Keeps secrets out of what is shown, in whatever form somebody repeats them. Everybody may import this file, so it
// imports nothing.

/** What stands in a secret's place, everywhere. */
export const mask = "***";

/** Shorter ones would be found in words of ours. No server's token is shorter than 16; a hook's secret may be anything. */
const shortestSecret = 4;
/** Fewer characters of base64 would be found in texts that hold none. */
const shortestBase64 = 8;

const literal = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);

/** One character as it is, or escaped as JSON, URLs or HTML do it; backslashes may have been doubled on the way. */
function anyForm(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const units = Array.from({ length: character.length }, (_, index) =>
    character.charCodeAt(index).toString(16).padStart(4, "0"),
  );
  const bytes = Array.from(new TextEncoder().encode(character), (byte) => byte.toString(16).padStart(2, "0"));
  return [
    String.raw`\\*${literal(character)}`,
    units.map((unit) => String.raw`\\+u${unit}`).join(""),
    String.raw`\\+u\{0*${point.toString(16)}\}`,
    String.raw`\\+x${point.toString(16).padStart(2, "0")}`,
    bytes.map((byte) => `%(?:25)*${byte}`).join(""),
    `&#0*${point};?`,
    `&#x0*${point.toString(16)};?`,
  ].join("|");
}

/** What is the same in base64 of every text that holds the secret, for each of the three places it may begin at. */
function base64Forms(secret: string): string[] {
  const bytes = Array.from(new TextEncoder().encode(secret));
  return [0, 1, 2].flatMap((before) => {
    const padded = String.fromCharCode(...Array.from({ length: before }, () => 0), ...bytes);
    // Characters that hold bits of what comes before or behind differ.
    const sure = btoa(padded)
      .replace(/=+$/, "")
      .slice(before === 0 ? 0 : before + 1, Math.floor(((before + bytes.length) * 8) / 6));
    const form = literal(sure)
      .replaceAll(String.raw`\+`, String.raw`[+-]`)
      .replaceAll(String.raw`\/`, String.raw`[\/_]`);
    return sure.length < shortestBase64 ? [] : [`[\\w+/-]{0,${before + 1}}${form}[\\w+/-]{0,2}={0,2}`];
  });
}

function formsOf(secret: string): RegExp {
  const escaped = Array.from(secret, (character) => `(?:${anyForm(character)})`).join("");
  return new RegExp([escaped, ...base64Forms(secret)].join("|"), "gi");
}

/**
 * The text with every occurrence of the secrets as `***`: as they are, JSON-escaped, URL-encoded, as HTML entities, or in
 * base64. Secrets of fewer than 4 characters are left, because they would be found in innocent words.
 */
export function maskSecrets(text: string, secrets: readonly (string | undefined)[]): string {
  return secrets
    .filter((secret) => secret !== undefined && secret.length >= shortestSecret)
    .toSorted((a = "", b = "") => b.length - a.length)
    .reduce<string>((safe, secret = "") => safe.replace(formsOf(secret), mask), text);
}
