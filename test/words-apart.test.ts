// Rooms give facts, codes and parameters; the sentences for them stand in reporters/messages/, so that a second language
// is a second file. Only what a person sees (commands/, reporters/, terminal/, cli/) and the words of servers that a
// sandbox plays may be sentences elsewhere.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, test } from "vitest";

const source = join(import.meta.dirname, "../src");
const speaking = /^(commands|reporters|terminal|cli|sandbox\/(api|miauth|manners|entities|stream))\//;
/** Not sentences of ours: what a row of a dialect rests on, by name and version. */
const citations = /^protocol\/dialects\//;

/** What is still to be moved. A file that has no sentence any more must go from here, and none may be added. */
const notYet: readonly RegExp[] = [
  /^config\/project-settings\.ts$/,
  /^conformance\/(checks|deliveries|judgement|probe|run)\//,
  /^delivery\/(attempt|redirect)\.ts$/,
  /^instance\/check-hook\.ts$/,
  /^network\/transport-fault\.ts$/,
  /^protocol\/(dialect-file|finding-codes)\.ts$/,
  /^receiver\/core\/answer-text\.ts$/,
  /^samples\/(fixtures|to-dialect)\.ts$/,
  /^sandbox\/queue\/(dispatch|unreachable-target)\.ts$/,
];

/** A capital, three words or more, and an end. Names of servers and headers have none. */
const sentence = /^[A-Z“][^\s]*(?: [^\s]+){2,}[.?!:…]?$/s;

function sentencesIn(path: string): string[] {
  const file = ts.createSourceFile(path, readFileSync(join(source, path), "utf8"), ts.ScriptTarget.Latest);
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) found.push(node.text);
    if (ts.isTemplateExpression(node)) {
      found.push([node.head.text, ...node.templateSpans.map(({ literal }) => `x${literal.text}`)].join(""));
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found.filter((text) => sentence.test(text));
}

const speakers = readdirSync(source, { recursive: true, encoding: "utf8" })
  .map((path) => path.replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".ts") && !speaking.test(path) && !citations.test(path))
  .map((path) => ({ path, sentences: sentencesIn(path) }))
  .filter(({ sentences }) => sentences.length > 0);

test("no sentence stands in a room, but for those that are still to be moved", () => {
  const wrong = speakers.filter(({ path }) => !notYet.some((pattern) => pattern.test(path)));
  expect(wrong, "give a code and parameters, and write the sentence into reporters/messages/en.ts").toEqual([]);
});

test("what is still to be moved is still there", () => {
  expect(notYet.filter((pattern) => !speakers.some(({ path }) => pattern.test(path)))).toEqual([]);
});

test("the rule sees a sentence", () => {
  expect(sentencesIn("reporters/messages/en.ts").length).toBeGreaterThan(100);
});
