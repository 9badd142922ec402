// What most families' headers and envelopes have in common.
import type { Dialect, EnvelopeKey } from "../dialect.js";

/** Misskey since 2023.9.0. */
export const sevenKeys: readonly EnvelopeKey[] = ["server", "hookId", "userId", "eventId", "createdAt", "type", "body"];
/** Misskey from 12.110 to 13.14, and those who descend from it. */
export const sixKeys: readonly EnvelopeKey[] = ["hookId", "userId", "eventId", "createdAt", "type", "body"];

/** What fetch adds to a body of text where the server's source sets no content type. */
export const textPlain = "text/plain;charset=UTF-8";

/**
 * The headers of a family of that name: `<Name>-Hooks` and `X-<Name>-…`.
 * @param prefix as it is sent; undefined means `X-<Name>-`
 */
export function headersOf(name: string, prefix = `X-${name}-`): Dialect["headers"] {
  return {
    userAgent: `${name}-Hooks`,
    prefix,
    contentType: "application/json",
    acceptEncoding: "gzip, deflate, br",
    capitalised: false,
    omitsEmptySecret: false,
  };
}
