// The licences of everything that a bundle is made of, as one file of the bundle: written by the build itself, so that it
// can't fall behind. A package whose licence can't be found or isn't known to allow this fails the build.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Rolldown } from "tsdown";

/** One package that code of the bundle comes from. */
interface BundledPackage {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  /** The texts of its licence files. */
  readonly texts: readonly string[];
}

/** Licences that ask for no more than that their text and the names in it go along. */
const permissive = new Set([
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "CC-BY-4.0",
  "ISC",
  "MIT",
  "Unicode-3.0",
]);

/** The folder of the package that a module belongs to, undefined for one of ours. */
function packageFolder(moduleId: string): string | undefined {
  return /^\0?(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(moduleId)?.[1];
}

/** What a package without a licence file says of its licence in its readme. */
function fromReadme(folder: string): string[] {
  const readme = readdirSync(folder).find((file) => /^readme/i.test(file));
  const text = readme === undefined ? "" : readFileSync(join(folder, readme), "utf8");
  return /^#+ *licen[cs]e\b[\s\S]*/im.exec(text)?.slice(0, 1) ?? [];
}

function readPackage(folder: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as BundledPackage;
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  const texts = files.toSorted().map((file) => readFileSync(join(folder, file), "utf8").trim());
  if (texts.length === 0) texts.push(...fromReadme(folder));
  if (texts.length === 0) throw new Error(`${name} is bundled, but says nowhere what its licence is: ${folder}`);
  if (!license.split(" AND ").every((part) => permissive.has(part)))
    throw new Error(`${name} is bundled, and its licence is ${license}: may it be?`);
  return { name, version, license, texts };
}

const intro = "misskey-hooks contains code of these packages, whose licences follow.";

function asText({ name, version, license, texts }: BundledPackage): string {
  const rule = "-".repeat(80);
  return [rule, `${name} ${version} (${license})`, rule, "", ...texts].join("\n");
}

/** A plugin of the bundler that adds the file to what it makes. */
export function thirdPartyNotices(fileName: string): Rolldown.Plugin {
  return {
    name: "third-party-notices",
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((part) => (part.type === "chunk" ? part.moduleIds : []));
      const folders = new Set(modules.flatMap((id) => packageFolder(id) ?? []));
      const sections = [...folders].map((folder) => asText(readPackage(folder)));
      const source = [intro, ...new Set(sections.toSorted())].join("\n\n");
      this.emitFile({ type: "asset", fileName, source: `${source}\n` });
    },
  };
}
