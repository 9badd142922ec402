import { defineConfig } from "tsdown";
import { thirdPartyNotices } from "./scripts/third-party-notices.js";

/**
 * Parts of dependencies that no run of ours reaches, and that cost their milliseconds all the same when they load.
 * - undici's HTTP/2 (8 ms): servers deliver over HTTP/1.1
 * - commander's node:child_process (4 ms): for subcommands that are executables of their own
 */
const unreached: Readonly<Record<string, string>> = {
  "./client-h2.js": "/undici/",
  "node:child_process": "/commander/",
};
/** An empty module for each, so that it lies with the package that asks for it, and in no chunk of others. */
const emptyModule = "\0unreached:";
const withoutUnreached = {
  name: "without-unreached",
  resolveId: (source: string, importer?: string) => {
    const where = unreached[source];
    return where !== undefined && importer?.includes(where) ? `${emptyModule}${source}` : undefined;
  },
  load: (id: string) => (id.startsWith(emptyModule) ? "module.exports = undefined;" : undefined),
};

const shared = {
  outDir: "dist",
  format: "esm",
  platform: "node",
  target: "node20.19",
  fixedExtension: false,
  minify: true,
  deps: { onlyBundle: false },
} as const;

/** The public entries, by the name of their subpath. */
const library = Object.fromEntries(
  ["index", "receiver", "sandbox", "testing", "schemas"].map((name) => [name, `src/entry/${name}.ts`]),
);

export default defineConfig([
  // The program and the library are entries of one bundle. Everything that they need at run time is in it, a chunk for
  // what a command loads when it runs: one package to install, and no folders of small files to read at each start.
  {
    ...shared,
    entry: { ...library, cli: "src/cli/main.ts" },
    // Its other form has lodash and xmlbuilder inside already, and is silent about their licences.
    alias: { "junit-report-builder": "junit-report-builder/dist/index.es.js" },
    dts: { entry: Object.values(library) },
    plugins: [withoutUnreached, thirdPartyNotices("THIRD-PARTY-NOTICES.txt")],
  },
  // One file for every runtime: it shares nothing with the others.
  { ...shared, entry: { verify: "src/entry/verify.ts" }, platform: "neutral", dts: true, clean: false },
]);
