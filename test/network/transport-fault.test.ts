import { expect, test } from "vitest";
import { readFault } from "../../src/network/index.js";

const failing = (code: string, message = "…"): Error => Object.assign(new Error(message), { code });

test.each([
  [failing("ECONNREFUSED"), "refused", "Nobody listens on misskey.example:3000."],
  [failing("ENOTFOUND"), "unknown-host", "The name misskey.example has no address."],
  [failing("DEPTH_ZERO_SELF_SIGNED_CERT"), "untrusted", expect.stringContaining("signed by nobody")],
  [failing("ERR_TLS_CERT_ALTNAME_INVALID"), "other-name", expect.stringContaining("another name")],
  [failing("EPROTO", "wrong version number"), "not-tls", expect.stringContaining("http://")],
  [failing("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION", "too old"), "tls", expect.stringContaining("too old")],
  [failing("HPE_INVALID_CONSTANT", "Expected HTTP/"), "not-http", expect.stringContaining("Expected HTTP/")],
  [new DOMException("late", "TimeoutError"), "timeout", expect.stringContaining("in time")],
  [new AggregateError([failing("ECONNREFUSED"), failing("ETIMEDOUT")]), "refused", expect.anything()],
  ["no error at all", "other", "No answer from misskey.example:3000: no error at all."],
])("%s is %s", (error, kind, message) => {
  expect(readFault(error, "misskey.example:3000")).toEqual({ kind, message });
});
