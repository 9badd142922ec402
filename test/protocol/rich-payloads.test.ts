// What the recorded servers' sources pack and our recordings happen not to show: profiles and notes with everything.
import { describe, expect, test } from "vitest";
import { checkDelivery, type HeaderPair, resolveDialect } from "../../src/protocol/index.js";
import { recordedServers, recordingsOf } from "../support/recordings.js";

type Json = Record<string, unknown>;

function recorded(server: string, name: string): { headers: readonly HeaderPair[]; body: Json } {
  const found = recordingsOf(server).find((candidate) => candidate.kind === "deliveries" && candidate.name === name);
  if (!found) throw new Error(`no recording ${server}/${name}`);
  return { headers: found.headers, body: structuredClone(found.body) };
}

/** The note or user of a delivery, with or without an envelope. */
function objectOf(body: Json): Json {
  const payload = (body["body"] ?? body) as Json;
  return (payload["note"] ?? payload["user"]) as Json;
}

/** Every object inside, itself included. */
function* objectsIn(value: unknown): Generator<Json> {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) yield value as Json;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

/** As a pinned note is packed: without the cache of reactions, also inside. */
function pinned(server: string, name: string): Json {
  const note = objectOf(recorded(server, name).body);
  for (const object of objectsIn(note)) delete object["reactionAndUserPairCache"];
  return note;
}

function remarks(server: string, delivery: { headers: readonly HeaderPair[]; body: Json }) {
  const as = resolveDialect(server);
  return [checkDelivery(delivery, { as }), checkDelivery(delivery)].flatMap(({ findings }) =>
    findings.filter(({ severity }) => severity !== "info"),
  );
}

describe.each(recordedServers())("%s", (server) => {
  test("a profile may pin a note, a quote and a reply", () => {
    const delivery = recorded(server, "unfollow");
    objectOf(delivery.body)["pinnedNotes"] = ["mention", "renote-quote", "mention-of-reply"].map((name) =>
      pinned(server, name),
    );
    expect(remarks(server, delivery)).toEqual([]);
  });

  test("a renoted quote shows what it quotes and what it replies to", () => {
    const delivery = recorded(server, "renote-quote");
    const renoted = objectOf(delivery.body)["renote"] as Json;
    const { clippedCount: _, ...reply } = structuredClone(renoted);
    Object.assign(renoted, { renote: structuredClone(renoted), reply });
    expect(remarks(server, delivery)).toEqual([]);
  });

  test("users of other servers have their server instead of badges", () => {
    const delivery = recorded(server, "mention");
    const user = objectOf(delivery.body)["user"] as Json;
    const nothing = { name: null, softwareName: null, softwareVersion: null };
    delete user["badgeRoles"];
    Object.assign(user, {
      host: "remote.example",
      instance: { ...nothing, iconUrl: null, faviconUrl: null, themeColor: null },
    });
    expect(remarks(server, delivery)).toEqual([]);
  });
});

test("a pinned note is still held to its other keys", () => {
  const delivery = recorded("misskey@2026.3.2", "unfollow");
  const quote = pinned("misskey@2026.3.2", "renote-quote");
  delete (quote["renote"] as Json)["fileIds"];
  objectOf(delivery.body)["pinnedNotes"] = [quote];
  expect(remarks("misskey@2026.3.2", delivery)).toContainEqual(
    expect.objectContaining({ code: "missing-key", path: "body.user.pinnedNotes[0].renote.fileIds" }),
  );
});

test("13.10 packs roles without icon and order", () => {
  const delivery = recorded("misskey@13.10.3", "follow");
  const role = { id: "r", name: "n", color: null, description: "", isModerator: false, isAdministrator: false };
  Object.assign(objectOf(delivery.body), { roles: [role], badgeRoles: [{ name: "n", iconUrl: null }] });
  expect(remarks("misskey@13.10.3", delivery)).toEqual([]);
});

test("Iceshrimp leaves speakAsCat out when it is false, and says whereto a user moved with that user", () => {
  const mention = recorded("iceshrimp@2026.5.1", "mention");
  delete (objectOf(mention.body)["user"] as Json)["speakAsCat"];
  expect(remarks("iceshrimp@2026.5.1", mention)).toEqual([]);
  const follow = recorded("iceshrimp@2026.5.1", "follow");
  objectOf(follow.body)["movedToUri"] = { id: "atumzmzkwfmh4ku9" };
  expect(remarks("iceshrimp@2026.5.1", follow)).toEqual([]);
});

test("Sharkey sends an edited reply as reply, without counts but with what it replies to", () => {
  const delivery = recorded("sharkey@2024.9.1-rc", "reply");
  const note = objectOf(delivery.body);
  note["updatedAt"] = "2026-01-01T00:00:00.000Z";
  for (const count of ["renoteCount", "repliesCount", "clippedCount"]) delete note[count];
  expect(remarks("sharkey@2024.9.1-rc", delivery)).toEqual([]);
  delete note["reply"];
  expect(remarks("sharkey@2024.9.1-rc", delivery)).not.toEqual([]);
});
