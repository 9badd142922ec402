// Each file of fixtures/invalid has one fault and leads to the finding that its folder is named after, and no other.
// `….as-<dialect>.json` shows its fault when the dialect is named.
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readCaptures } from "../../src/captures/index.js";
import { checkDelivery, findingCodes, resolveDialect } from "../../src/protocol/index.js";

const folder = new URL("../../fixtures/invalid/", import.meta.url);

test("every finding code has a file, and every folder is a code", () => {
  expect(readdirSync(folder).toSorted()).toEqual(Object.keys(findingCodes).toSorted());
});

describe.each(readdirSync(folder))("%s", (code) => {
  test.each(readdirSync(new URL(`${code}/`, folder)))("%s", (file) => {
    const text = readFileSync(new URL(`${code}/${file}`, folder), "utf8");
    const as = /\.as-([^.]+(?:\.\d+)?)\.json$/.exec(file)?.[1];
    const [capture] = readCaptures(text, file);
    const verdict =
      capture?.payload === undefined
        ? undefined
        : checkDelivery(
            { headers: capture.headers, body: capture.payload },
            { as: as === undefined ? undefined : resolveDialect(as) },
          );
    const findings = [...(capture?.problems ?? []), ...(verdict?.findings ?? [])];
    expect(findings.map((finding) => finding.code)).toEqual([code]);
  });
});
