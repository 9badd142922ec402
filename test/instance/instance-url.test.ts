import { expect, test } from "vitest";
import { UsageError } from "../../src/errors.js";
import { parseInstanceUrl } from "../../src/instance/index.js";

test.each([
  ["misskey.example", "https://misskey.example"],
  ["  Misskey.Example/ ", "https://misskey.example"],
  ["https://misskey.example/@alice", "https://misskey.example"],
  ["misskey.example:8443", "https://misskey.example:8443"],
  ["http://misskey.example", "http://misskey.example"],
  ["127.0.0.1:3939", "http://127.0.0.1:3939"],
  ["localhost:3000", "http://localhost:3000"],
  ["[::1]:3000", "http://[::1]:3000"],
  ["https://みすきー.example", "https://xn--w8jxa7itv.example"],
])("%s is %s", (text, origin) => {
  expect(parseInstanceUrl(text).origin).toBe(origin);
});

test.each(["", "https://", "ftp://misskey.example", "https://alice:pass@misskey.example", "not an address"])(
  "“%s” is no instance",
  (text) => {
    expect(() => parseInstanceUrl(text)).toThrow(UsageError);
  },
);

test("a password in the address isn't repeated", () => {
  expect(() => parseInstanceUrl("https://alice:hunter2@misskey.example")).toThrow(/^((?!hunter2).)*$/);
});

test("the token would be readable on the way over http, except on this machine", () => {
  expect(parseInstanceUrl("http://misskey.example").plainText).toBe(true);
  expect(parseInstanceUrl("https://misskey.example").plainText).toBe(false);
  expect(parseInstanceUrl("http://127.0.0.1:3939")).toMatchObject({ plainText: false, loopback: true });
});
