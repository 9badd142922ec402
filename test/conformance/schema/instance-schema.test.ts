// Deliveries against an instance's own schema, as servers of several ages write theirs.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { compileInstanceSchema, readApiDocument } from "../../../src/conformance/index.js";
import { recordingsOf } from "../../support/recordings.js";

// Parsed JSON that a test reaches into.
// oxlint-disable-next-line typescript/no-explicit-any
type Wild = any;

const document: unknown = JSON.parse(
  readFileSync(new URL("../../fixtures/api-document.json", import.meta.url), "utf8"),
);
const schema = compileInstanceSchema(readApiDocument(document, "api.json"));

function delivery(name: string): Record<string, Wild> {
  const found = recordingsOf("misskey@2026.3.2").find((recording) => recording.name === name);
  if (!found) throw new Error(`no recording ${name}`);
  return found.body;
}

test("what servers send conforms: null in nullable references, foreign formats", () => {
  for (const { body, name, kind } of recordingsOf("misskey@2026.3.2")) {
    expect({ kind, name, findings: schema.check(body) }).toEqual({ kind, name, findings: [] });
  }
  expect(delivery("follow")["body"].user.pinnedPage).toBeNull();
});

test.each([
  ["note", (body: Wild) => delete body.note.visibility, "missing-key", "body.note.visibility"],
  ["note", (body: Wild) => (body.note.text = 5), "wrong-type", "body.note.text"],
  ["note", (body: Wild) => (body.note.visibility = "unlisted"), "wrong-value", "body.note.visibility"],
  ["note", (body: Wild) => (body.note.createdAt = "yesterday"), "wrong-format", "body.note.createdAt"],
  ["note", (body: Wild) => (body.note.user.name = ["a"]), "wrong-type", "body.note.user.name"],
  ["note", (body: Wild) => (body.note.fileIds = ["a", 7]), "wrong-type", "body.note.fileIds[1]"],
  ["note-renote", (body: Wild) => delete body.note.renote.user.id, "missing-key", "body.note.renote.user.id"],
  ["note-poll-cw", (body: Wild) => (body.note.poll.multiple = "no"), "wrong-type", "body.note.poll.multiple"],
  ["follow", (body: Wild) => (body.user.pinnedPage = { id: 1 }), "wrong-type", "body.user.pinnedPage.id"],
  ["follow", (body: Wild) => (body.user.isLocked = null), "wrong-type", "body.user.isLocked"],
  ["follow", (body: Wild) => (body.user.notify = "loud"), "wrong-value", "body.user.notify"],
  ["followed", (body: Wild) => delete body.user.username, "missing-key", "body.user.username"],
])("%s: %s is found as %s at %s", (name, mutate, code, path) => {
  const body = delivery(name);
  mutate(body["body"]);
  expect(schema.check(body).map((finding) => [finding.code, finding.path])).toEqual([[code, path]]);
});

test.each([[null], [[]], [{}], [{ components: { schemas: { Note: {} } } }]])("%j is no such document", (value) => {
  expect(() => readApiDocument(value, "x.json")).toThrow(expect.objectContaining({ code: "not-an-api-document" }));
});

test("a document that requires every key is held to the rest of what it says, as Misskey 2024's second answer is", () => {
  const everything = structuredClone(document) as Wild;
  for (const component of Object.values<Wild>(everything.components.schemas)) {
    if (component.properties !== undefined) component.required = Object.keys(component.properties);
  }
  const read = readApiDocument(everything, "api.json");
  expect(read.requiredEverything).toBe(true);
  const lenient = compileInstanceSchema(read);
  for (const { body, name } of recordingsOf("misskey@2026.3.2")) {
    expect({ name, findings: lenient.check(body) }).toEqual({ name, findings: [] });
  }
  const body = delivery("note");
  body["body"].note.text = 5;
  expect(lenient.check(body)).toMatchObject([{ code: "wrong-type", path: "body.note.text" }]);
});

test.each([
  ["refers to itself", { $ref: "#/components/schemas/Note" }],
  ["refers to itself in an alternative", { anyOf: [{ $ref: "#/components/schemas/Note" }] }],
  ["refers to what isn't there", { $ref: "#/components/schemas/Nothing" }],
  ["has a keyword of the wrong kind", { type: "object", required: 5 }],
])("a schema that %s is refused", (_what, Note) => {
  const broken = { components: { schemas: { Note, UserLite: { type: "object" } } } };
  const refused = compileInstanceSchema(readApiDocument(broken, "api.json"));
  expect(() => refused.check(delivery("note"))).toThrow(
    expect.objectContaining({ code: "unusable-schema", outcome: "usage" }),
  );
});
