import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { summarizePayload } from "../../src/reporters/index.js";
import { recordedDelivery } from "../support/recorded-delivery.js";

const summaryOf = (path: string): unknown => summarizePayload(JSON.parse(recordedDelivery(path, "").body));

describe("who did what", () => {
  test.each([
    ["misskey@2026.3.2/deliveries/mention", "@bob", "hi @alice how are you"],
    ["misskey@2026.3.2/deliveries/renote", "@bob", "RN @alice: Hello from alice #test"],
    ["misskey@2026.3.2/deliveries/note-poll-cw", "@alice", "[careful] with poll (poll)"],
    ["misskey@2026.3.2/deliveries/note-file", "@alice", "with a file (1 file)"],
    ["misskey@2026.3.2/system-deliveries/abuseReport", "@alice", "@bob a test report"],
    ["misskey@2026.3.2/system-deliveries/userCreated", "@signedup", ""],
    ["misskey@12.109.2/deliveries/mention", "@bob", "hi @alice how are you"],
    ["sharkey@2024.9.1-rc/test-deliveries/note", "@dummy1", "This is a dummy note for testing purposes."],
  ])("%s", (path, who, text) => {
    expect(summaryOf(path)).toEqual({ who, text });
  });

  test("a remote user has their host", () => {
    const user = { username: "carol", host: "remote.example", name: "Carol" };
    expect(summarizePayload({ type: "followed", body: { user } })).toEqual({
      who: "@carol@remote.example",
      text: "Carol",
    });
  });
});

test("any JSON at all has a summary of texts", () => {
  const shaped = fc.record(
    { type: fc.anything(), body: fc.record({ note: fc.object(), user: fc.object() }, { requiredKeys: [] }) },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(fc.oneof(fc.jsonValue(), shaped), (payload) => {
      const { who, text } = summarizePayload(payload);
      expect(["string", "undefined"]).toContain(typeof who);
      expect(typeof text).toBe("string");
    }),
  );
});
