import * as fc from "fast-check";
import { expect, test } from "vitest";
import { checkHook, Secret } from "../../src/instance/index.js";

const far = { localInstance: false };
const near = { localInstance: true };
const severities = (troubles: ReturnType<typeof checkHook>) =>
  troubles.map(({ field, severity }) => `${field} ${severity}`);

test("a good hook has no troubles", () => {
  const hook = { name: "bot", url: "https://bot.example/hook", secret: new Secret("s3cret"), on: ["mention"] };
  expect(checkHook(hook, far)).toEqual([]);
});

test("fields that aren't given aren't checked", () => {
  expect(checkHook({}, far)).toEqual([]);
});

test.each([
  ["", "error"],
  ["bot.example/hook", "error"],
  ["ftp://bot.example/", "error"],
  ["https://alice:pass@bot.example/", "error"],
  ["https://bot.example/a b", "error"],
  ["https://bot.example/\n", "error"],
  [`https://bot.example/${"a".repeat(1005)}`, "error"],
  ["http://bot.example/", "warning"],
  ["http://localhost:3000/", "warning"],
  ["http://127.0.0.1/", "warning"],
  ["http://2130706433/", "warning"],
  ["http://[::ffff:192.168.0.1]/", "warning"],
  ["https://nas.local/hook", "warning"],
])("URL %s: %s", (url, severity) => {
  expect(severities(checkHook({ url }, far))).toEqual([`url ${severity}`]);
});

test("an instance on this machine reaches private addresses, but not localhost", () => {
  expect(checkHook({ url: "http://127.0.0.1:4649/" }, near)).toEqual([]);
  expect(severities(checkHook({ url: "http://localhost:4649/" }, near))).toEqual(["url warning"]);
});

test.each([
  ["", "warning"],
  ["two\nlines", "error"],
  ["秘密", "error"],
  [" spaces ", "error"],
  ["x".repeat(1025), "error"],
])("secret %j: %s", (secret, severity) => {
  expect(severities(checkHook({ secret: new Secret(secret) }, far))).toEqual([`secret ${severity}`]);
});

test("what is said about a secret never contains it", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", minLength: 3 }), (secret) => {
      const said = checkHook({ secret: new Secret(`${secret}秘`) }, far).map(({ message }) => message);
      expect(said.join("")).not.toContain(`${secret}秘`);
    }),
  );
});

test.each([
  [[], "error"],
  [["mentions"], "error"],
  [["Mention"], "error"],
  [["abuseReport"], "error"],
  [["reaction"], "warning"],
])("events %j: %s", (on, severity) => {
  expect(severities(checkHook({ on }, far))).toEqual([`on ${severity}`]);
});

test("Sharkey's own event is known", () => {
  expect(checkHook({ on: ["edited"] }, far)).toEqual([]);
});

test("names are counted in characters, as the server does", () => {
  expect(checkHook({ name: "🦊".repeat(100) }, far)).toEqual([]);
  expect(severities(checkHook({ name: "🦊".repeat(101) }, far))).toEqual(["name error"]);
  expect(severities(checkHook({ name: " " }, far))).toEqual(["name error"]);
});
