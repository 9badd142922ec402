import { expect, test } from "vitest";
import { addressKind } from "../../src/network/index.js";

test.each([
  ["misskey.example", "public"],
  ["203.0.113.0.example", "public"],
  ["8.8.8.8", "public"],
  ["localhost", "localhost"],
  ["app.localhost", "localhost"],
  ["127.1.2.3", "loopback"],
  ["[::1]", "loopback"],
  ["10.0.0.1", "private"],
  ["169.254.169.254", "private"],
  ["100.64.0.1", "private"],
  ["0.0.0.0", "private"],
  ["[fd00::1]", "private"],
  ["[fe80::1]", "private"],
  ["router", "private"],
  ["printer.lan", "private"],
])("%s is %s", (hostname, kind) => {
  expect(addressKind(hostname)).toBe(kind);
});
