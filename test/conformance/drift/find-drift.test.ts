// Drift: none between a server's recordings and its own dialect, and each kind of change found.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  findDrift,
  observeDeliveries,
  readApiDocument,
  shapeOfDialect,
  shapeOfSchema,
  shapeOfSeen,
} from "../../../src/conformance/index.js";
import { resolveDialect } from "../../../src/protocol/index.js";
import { recordedServers, recordingsOf } from "../../support/recordings.js";

// Parsed JSON that a test reaches into.
// oxlint-disable-next-line typescript/no-explicit-any
type Wild = any;

function real(server: string): { source: string; payload: Record<string, Wild> }[] {
  return recordingsOf(server)
    .filter(({ kind, name }) => kind === "deliveries" || (kind === "system-deliveries" && !name.startsWith("test-")))
    .map(({ name, body }) => ({ source: name, payload: body }));
}

test.each(recordedServers())("%s: no drift from its own dialect", (server) => {
  const shape = shapeOfDialect(resolveDialect(server));
  expect(findDrift(observeDeliveries(real(server), shape), shape)).toEqual([]);
});

test("each kind of change, with how often and where", () => {
  const shape = shapeOfDialect(resolveDialect("misskey"));
  const deliveries = real("misskey@2026.3.2").filter(
    ({ source }) => source === "followed" || source === "followed-bobhook",
  );
  expect(deliveries).toHaveLength(2);
  const [first, second] = deliveries.map(({ payload }) => payload["body"].user);
  first.isFox = true;
  delete second.isBot;
  first.username = 5;
  first.avatarUrl = null;
  const drift = findDrift(observeDeliveries(deliveries, shape), shape);
  expect(drift.map(({ change, object, key, seen, of }) => [change, `${object}.${key}`, seen, of])).toEqual([
    ["type", "UserLite.username", 2, 2],
    ["nullability", "UserLite.avatarUrl", 2, 2],
    ["new", "UserLite.isFox", 1, 2],
    ["gone", "UserLite.isBot", 1, 2],
  ]);
  expect(drift[0]).toMatchObject({ expected: "string", received: "number|string", source: deliveries[0]?.source });
});

test("against older captures: what a newer server adds and drops", () => {
  const guide = shapeOfDialect(resolveDialect("misskey"));
  const older = shapeOfSeen(observeDeliveries(real("misskey@2023.12.2"), guide), guide, "older");
  const changes = findDrift(observeDeliveries(real("misskey@2026.3.2"), guide), older).map(
    ({ change, object, key }) => `${change} ${object}.${key}`,
  );
  expect(changes).toContain("new Note.reactionCount");
  expect(changes).toContain("new UserDetailedNotMe.canChat");
});

test("against an instance's schema: its objects, also inside others", () => {
  const url = new URL("../../fixtures/api-document.json", import.meta.url);
  const shape = shapeOfSchema(readApiDocument(JSON.parse(readFileSync(url, "utf8")), "api.json"));
  const guide = shapeOfDialect(resolveDialect("misskey"));
  const drift = findDrift(observeDeliveries(real("misskey@2026.3.2"), guide), shape);
  const changes = drift.map(({ change, object, key }) => `${change} ${object}.${key}`);
  expect(changes).toContain("new Note.cw");
  expect(changes).toContain("new UserLite.isCat");
  expect(changes.filter((change) => !change.startsWith("new "))).toEqual([]);
});
