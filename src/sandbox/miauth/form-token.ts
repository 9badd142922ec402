// The token in the form of the approval page: only who could read the page can send it, and only for what the page said.
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";

/** Makes and checks tokens, each for one address of the page. */
export interface FormTokens {
  readonly for: (url: string) => string;
  readonly check: (url: string, token: string | null) => boolean;
}

/** Tokens of this run. */
export function createFormTokens(): FormTokens {
  const key = randomBytes(32);
  const tokenFor = (url: string): string => createHmac("sha256", key).update(url).digest("base64url");
  return {
    for: tokenFor,
    check(url, token) {
      const [expected, given] = [Buffer.from(tokenFor(url)), Buffer.from(token ?? "")];
      return expected.length === given.length && timingSafeEqual(expected, given);
    },
  };
}
