// Samples and sandbox make the ids of a dialect in the same form.
import { expect, test } from "vitest";
import { dialectName, dialects, idForms, makeId, parseDialectFile, timeOfId } from "../../src/protocol/index.js";
import { buildSample, seededSource } from "../../src/samples/index.js";
import { createSandbox } from "../../src/sandbox/index.js";

const now = Date.UTC(2026, 3, 1, 9);

test.each(dialects.map((dialect) => [dialectName(dialect), dialect] as const))("%s", async (_name, dialect) => {
  const sample = buildSample({ ...seededSource("1"), event: "followed", dialect });
  const sandbox = await createSandbox({ dialect });
  const [user] = sandbox.users;
  await sandbox.close();
  expect(user?.id).toHaveLength(makeId(dialect.ids, now, 0, 0).length);
  const { id } = ((sample.body["body"] ?? sample.body) as { user: { id: string } }).user;
  expect(id).toHaveLength(user?.id.length ?? 0);
});

test("a fork's file inherits what it doesn't say", () => {
  const [base] = [dialects.find((dialect) => dialectName(dialect) === "misskey@12.110")];
  const fork = parseDialectFile(
    JSON.stringify({ family: "pond", extends: "misskey@12.119", payload: { set: { Note: { "flavour?": "string" } } } }),
    "pond.json",
  );
  const bodyOf = (dialect: typeof base & object) =>
    JSON.stringify(buildSample({ ...seededSource("1"), event: "mention", dialect }).body);
  expect(base && bodyOf(fork)).toBe(base && bodyOf(base));
  expect(fork).toMatchObject({ ids: base?.ids, avatars: base?.avatars, behaviour: base?.behaviour });
});

test.each(["meid", "ulid", "objectid"] as const)("a fork's file can say that its ids are %s", (ids) => {
  const dialect = parseDialectFile(JSON.stringify({ family: "pond", ids }), "pond.json");
  const { body } = buildSample({ ...seededSource("1"), event: "mention", dialect });
  expect(body["userId"]).toHaveLength(makeId(ids, now, 0, 0).length);
  expect(JSON.stringify(body)).not.toMatch(/"9ss9jmmk/);
});

test.each(idForms)("%s grows with time and tells ids of one moment apart", (form) => {
  const made = [makeId(form, now, 5, 1), makeId(form, now, 5, 2), makeId(form, now + 1000, 5, 0)];
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(3);
  if (["aid", "aidx", "cuid"].includes(form)) expect(timeOfId(made[0] ?? "")).toBe(now);
});
