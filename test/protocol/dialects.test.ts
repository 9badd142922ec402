import { describe, expect, test } from "vitest";
import { UsageError } from "../../src/errors.js";
import {
  buildEnvelope,
  dialectName,
  dialects,
  findEvent,
  headerPairs,
  parseDialectFile,
  requestHeaders,
  resolveDialect,
  tablesOf,
} from "../../src/protocol/index.js";
import { recordedServers, recordingsOf } from "../support/recordings.js";

/** The row whose headers a recorded server sends; Iceshrimp's depend on its runtime. */
function rowOf(server: string) {
  return resolveDialect(server === "iceshrimp@2026.5.1" ? "iceshrimp-bun" : server);
}

/** What the transport adds. */
const transport = new Set(["host", "connection", "content-length"]);

describe.each(recordedServers())("%s", (server) => {
  test.each(recordingsOf(server))("$kind/$name: the same headers, in the same case", ({ rawHeaders }) => {
    const recorded = headerPairs(rawHeaders).filter(([name]) => !transport.has(name.toLowerCase()));
    const value = (suffix: string) => recorded.find(([name]) => name.toLowerCase().endsWith(suffix))?.[1] ?? "";
    const sent = requestHeaders(rowOf(server), {
      host: value("-host"),
      hookId: value("-hook-id"),
      secret: value("-hook-secret"),
    });
    expect(sent.toSorted()).toEqual(recorded.toSorted());
  });

  test.each(recordingsOf(server))("$kind/$name: the same envelope, key by key", ({ body }) => {
    const payload = (body["body"] ?? body) as Record<string, unknown>;
    const { type: _, ...flat } = payload;
    const values = {
      server: "",
      hookId: "",
      userId: "",
      eventId: "",
      createdAt: 0,
      ...body,
      type: String(body["type"]),
      body: "body" in body ? payload : flat,
    };
    expect(JSON.stringify(buildEnvelope(rowOf(server), values))).toBe(JSON.stringify(body));
  });
});

describe("resolveDialect", () => {
  test.each([
    ["misskey", "misskey@2025.4"],
    ["misskey@2026.3.2", "misskey@2025.4"],
    ["misskey@2025.3.1", "misskey@2025.1"],
    ["misskey@2024.11", "misskey@2024.11"],
    ["misskey@2024.10.1", "misskey@2024.10"],
    ["misskey@2024.9.0", "misskey@2024"],
    ["misskey@2024.2", "misskey@2024"],
    ["misskey@2023.11.1", "misskey@2023.10.2"],
    ["misskey@2023.9.0", "misskey@2023.9"],
    ["misskey@13", "misskey@13.0"],
    ["misskey@13.14.2", "misskey@13.11"],
    ["misskey@12.119", "misskey@12.110"],
    ["misskey@12.109.2", "misskey@12.109"],
    ["Sharkey@2024.9.1-rc", "sharkey@2023.9"],
    ["sharkey@2025.2.2", "sharkey@2023.9"],
    ["sharkey", "sharkey@2025.4"],
    ["misskeyio@2025.4.1-mhq.13", "misskeyio"],
  ])("%s is %s", (spec, name) => {
    expect(dialectName(resolveDialect(spec))).toBe(name);
  });

  test.each(["mastodon", "misskey@12.108", "misskey@latest", ""])("%j is refused with what there is", (spec) => {
    expect(() => resolveDialect(spec)).toThrow(
      expect.objectContaining({ code: "unknown-dialect", hint: expect.stringMatching(/^Known/) }),
    );
  });

  test("every row can be named, and has a source", () => {
    for (const dialect of dialects) {
      expect(resolveDialect(dialectName(dialect))).toBe(dialect);
      expect(dialect.source).not.toBe("");
    }
  });
});

describe("a fork's file", () => {
  const parse = (file: unknown) =>
    parseDialectFile(typeof file === "string" ? file : JSON.stringify(file), "fork.json");

  test("takes what it doesn't say from what it extends", () => {
    const fork = parse({
      family: "my-fork",
      extends: "misskey@13.14",
      headers: { prefix: "X-MyFork-" },
      policy: { attempts: 2 },
    });
    const base = resolveDialect("misskey@13.14");
    expect(dialectName(fork)).toBe("my-fork");
    expect(fork.headers).toEqual({ ...base.headers, prefix: "X-MyFork-" });
    expect(fork.policy).toEqual({ ...base.policy, attempts: 2 });
    expect(fork.envelope).toEqual(base.envelope);
    expect(fork.payload).toEqual(base.payload);
  });

  test("adds its differences to those of what it extends", () => {
    const payload = { set: { UserLite: { flavour: "string" } }, without: { UserLite: ["noindex"] } };
    const lite = tablesOf(parse({ family: "x", extends: "sharkey", payload }))?.objects.get("UserLite");
    expect(lite?.get("flavour")).toEqual({ type: "string", optional: false });
    expect(lite?.has("noindex")).toBe(false);
    expect(lite?.has("approved")).toBe(true);
  });

  test.each([
    ["{", "it is not JSON"],
    [{}, "family"],
    [{ family: "x", headres: {} }, "headres"],
    [{ family: "x", headers: { prefix: "misskey" } }, "headers.prefix"],
    [{ family: "x", policy: { attempts: 0 } }, "policy.attempts"],
    [{ family: "x", envelope: ["hookID"] }, "envelope"],
    [{ family: "x", payload: { set: { Note: { id: 5 } } } }, "payload.set.Note.id"],
  ])("%j is refused at %s", (file, where) => {
    expect(() => parse(file)).toThrow(UsageError);
    expect(() => parse(file)).toThrow(
      expect.objectContaining({ code: "invalid-dialect-file", message: expect.stringContaining(where) }),
    );
  });

  test("a table, key type or key that nobody knows is refused when the file is read", () => {
    expect(() => parse({ family: "x", payload: { set: { Noet: { id: "string" } } } })).toThrow(/Noet/);
    expect(() => parse({ family: "x", payload: { set: { Note: { id: "strnig" } } } })).toThrow(/strnig/);
  });
});

test("an event is found by its exact name", () => {
  expect(findEvent("mention")?.scope).toBe("user");
  expect(findEvent("Mention")).toBeUndefined();
  expect(findEvent("constructor")).toBeUndefined();
});
