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
const emptyModule = "\0unreached";
const withoutUnreached = {
  name: "without-unreached",
  resolveId: (source: string, importer?: string) => {
    const where = unreached[source];
    return where !== undefined && importer?.includes(where) ? emptyModule : undefined;
  },
  load: (id: string) => (id === emptyModule ? "module.exports = undefined;" : undefined),
};

// The program and the library are two entries of one bundle. Everything that they need at run time is in it, a chunk for
// what a command loads when it runs: one package to install, and no folders of small files to read at each start.
export default defineConfig({
  entry: { index: "src/index.ts", cli: "src/cli/main.ts" },
  outDir: "dist",
  format: "esm",
  platform: "node",
  target: "node20.19",
  fixedExtension: false,
  // Its other form has lodash and xmlbuilder inside already, and is silent about their licences.
  alias: { "junit-report-builder": "junit-report-builder/dist/index.es.js" },
  dts: { entry: "src/index.ts" },
  minify: true,
  plugins: [withoutUnreached, thirdPartyNotices("THIRD-PARTY-NOTICES.txt")],
  deps: {
    onlyBundle: false,
  },
});
