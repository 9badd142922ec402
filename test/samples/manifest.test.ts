// The registry of events, the manifest and the files of fixtures/events agree, both ways.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { events, findEvent } from "../../src/protocol/index.js";
import { listSamples } from "../../src/samples/index.js";
import { sampleFile } from "../../src/samples/fixture-files.js";
import { readRecording } from "../support/recordings.js";
import { structureOf } from "../support/structure.js";

const folder = fileURLToPath(new URL("../../fixtures/events/", import.meta.url));
const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".json") && file !== "manifest.json",
);
const read = (file: string): Record<string, unknown> => JSON.parse(readFileSync(join(folder, file), "utf8"));
const samples = listSamples();

describe("registry, manifest and files", () => {
  test.each(events.filter(({ sent }) => sent))("$name has a sample", ({ name }) => {
    expect(samples.some(({ event }) => event === name)).toBe(true);
  });

  test("no event that is never sent has a sample", () => {
    expect(samples.filter(({ event }) => findEvent(event)?.sent !== true)).toEqual([]);
  });

  test("every file is in the manifest, and the other way round", () => {
    expect(samples.map(sampleFile).toSorted()).toEqual(files.toSorted());
  });

  test("the variants that are promised exist", () => {
    const promised = {
      note: "default cw poll files files-only renote quote reply channel followers specified local-only long emoji-and-tags name-null remote-user",
      reply: "default self with-mention",
      renote: "pure quote",
      mention: "default in-reply specified channel remote-user everything",
      follow: "default rich-profile remote-user",
      unfollow: "default rich-profile remote-user rejected-request",
      followed: "default name-null remote-user",
    };
    for (const [event, variants] of Object.entries(promised)) {
      const has = samples.filter((sample) => sample.event === event).map(({ variant }) => variant);
      expect(has).toEqual(expect.arrayContaining(variants.split(" ")));
    }
  });
});

describe.each(samples.map((sample) => ({ ...sample, file: sampleFile(sample) })))("$file", (sample) => {
  const envelope = read(sample.file);

  test("is an envelope of its event", () => {
    const spec = findEvent(sample.event);
    const keys = ["server", "hookId", "userId", "eventId", "createdAt", "type", "body"];
    expect(Object.keys(envelope)).toEqual(spec?.scope === "system" ? keys.filter((key) => key !== "userId") : keys);
    expect(envelope["type"]).toBe(sample.event);
    expect(sample.description).not.toMatch(/\.$/);
  });
});

const recorded = samples.flatMap(({ provenance, ...sample }) =>
  provenance.kind === "recorded-structure" ? [{ file: sampleFile({ ...sample, provenance }), ...provenance }] : [],
);
test.each(recorded)("$file has the structure of $server/$recording", ({ file, server, recording }) => {
  expect(structureOf(read(file))).toEqual(structureOf(readRecording(server, recording).body));
});
