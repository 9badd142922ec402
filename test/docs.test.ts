import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { renderChecksPage } from "../scripts/checks-page.js";
import { renderReadme } from "../scripts/docs.js";

test("the README's tables are what the registries say (npm run docs)", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  expect(readme).toBe(renderReadme(readme));
});

test("the page of checks is what the checks say (npm run docs)", () => {
  expect(readFileSync(new URL("../docs/checks.md", import.meta.url), "utf8")).toBe(renderChecksPage());
});
