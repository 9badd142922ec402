// Samples have the keys, their order, the nulls and the types of what each recorded server sends in the same case.
import { describe, expect, test } from "vitest";
import { dialectName, resolveDialect } from "../../src/protocol/index.js";
import { buildSample, seededSource } from "../../src/samples/index.js";
import { sampleOfDelivery } from "../support/recorded-cases.js";
import { readRecording, recordedServers, recordingNames } from "../support/recordings.js";
import { structureOf } from "../support/structure.js";

/** Where the scenario of a recording differed from that of the others, and not the server. */
const scenarioDiffers: Readonly<Record<string, RegExp>> = {
  // Posted without `reactionAcceptance`, which the one on Misskey 2026.3.2 set.
  "note-localonly": /^(body\.)?note\.reactionAcceptance /,
  // The followed account had changed its profile before.
  "iceshrimp@2026.5.1-on-node22 follow": /^body\.user\.updatedAt /,
};

function structureOfSample(server: string, event: string, variant: string): string[] {
  const dialect = resolveDialect(server.replace(/-on-node22$/, ""));
  const sample = buildSample({ event, variant, dialect, ...seededSource(`${server} ${event} ${variant}`) });
  return structureOf(sample.body);
}

describe.each(recordedServers())("%s", (server) => {
  test(`is a dialect`, () => {
    expect(dialectName(resolveDialect(server.replace(/-on-node22$/, "")))).toBeTruthy();
  });

  test.each(recordingNames(server, "deliveries"))("deliveries/%s", (name) => {
    const [event = "", variant = ""] = sampleOfDelivery[name] ?? [];
    const recorded = structureOf(readRecording(server, `deliveries/${name}.json`).body);
    const sample = structureOfSample(server, event, variant);
    const except =
      server === "misskey@2026.3.2" ? undefined : (scenarioDiffers[name] ?? scenarioDiffers[`${server} ${name}`]);
    const compared = (lines: string[]): string[] => lines.filter((line) => !except?.test(line));
    expect(compared(sample)).toEqual(compared(recorded));
  });

  test.each(recordingNames(server, "test-deliveries"))("test-deliveries/%s", (name) => {
    const event = name.replace(/-.*/, "");
    const recorded = structureOf(readRecording(server, `test-deliveries/${name}.json`).body);
    expect(structureOfSample(server, event, "test-button")).toEqual(recorded);
  });

  test.each(recordingNames(server, "system-deliveries"))("system-deliveries/%s", (name) => {
    const [event, variant] = name.startsWith("test-") ? [name.slice(5), "test-button"] : [name, "default"];
    const recorded = structureOf(readRecording(server, `system-deliveries/${name}.json`).body);
    expect(structureOfSample(server, event, variant)).toEqual(recorded);
  });
});
