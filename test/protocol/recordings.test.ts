import { describe, expect, test } from "vitest";
import { checkDelivery, resolveDialect } from "../../src/protocol/index.js";
import { recordedServers, recordingsOf } from "../support/recordings.js";

const remarks = (verdict: ReturnType<typeof checkDelivery>) =>
  verdict.findings.filter(({ severity }) => severity !== "info");

describe.each(recordedServers())("%s", (server) => {
  const recordings = recordingsOf(server);
  const as = resolveDialect(server);

  test.each(recordings)("$kind/$name is what a server sends", ({ headers, body }) => {
    expect(remarks(checkDelivery({ headers, body }))).toEqual([]);
    expect(remarks(checkDelivery({ body }))).toEqual([]);
  });

  test.each(recordings)("$kind/$name conforms to its own dialect", ({ headers, body }) => {
    const verdict = checkDelivery({ headers, body }, { as });
    expect(remarks(verdict)).toEqual([]);
    expect(verdict.event).toBe(body["type"]);
  });

  test.each(recordings)("$kind/$name is told apart from the other kind", ({ kind, name, headers, body }) => {
    const isTest = kind === "test-deliveries" || (name.startsWith("test-") && !name.includes("inactive"));
    expect(checkDelivery({ headers, body }).origin).toBe(isTest ? "test-button" : "event");
  });
});

test.each([
  ["misskey@12.109.2", "note", "misskey@12.109"],
  ["misskey@12.119.2", "note", "misskey@12.110"],
  ["misskey@13.10.3", "note", "misskey@13.0"],
  ["misskey@13.14.2", "note", "misskey@13.11"],
  ["misskey@2023.11.1", "follow", "misskey@2023.10.2"],
  ["misskey@2023.12.2", "note", "misskey@2023.12"],
  ["misskey@2024.9.0", "follow", "misskey@2024"],
  ["misskey@2024.10.1", "follow", "misskey@2024.10"],
  ["misskey@2026.3.2", "follow", "misskey@2025.4"],
  ["sharkey@2024.9.1-rc", "followed", "sharkey@2023.9"],
  ["sharkey@2025.4.7", "followed", "sharkey@2025.4"],
  ["sharkey@2025.4.7", "unfollow", "sharkey@2025.4"],
  ["cherrypick@4.17.0", "note", "cherrypick"],
  ["misskeyio@2025.4.1-mhq.13", "note", "misskeyio"],
  ["iceshrimp@2026.5.1", "note", "iceshrimp"],
])("%s %s is recognised as %s", (server, name, dialect) => {
  const recording = recordingsOf(server).find(
    (candidate) => candidate.kind === "deliveries" && candidate.name === name,
  );
  expect(recording).toBeDefined();
  expect(checkDelivery({ headers: recording?.headers, body: recording?.body }).dialect).toBe(dialect);
});
