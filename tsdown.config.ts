import { defineConfig } from "tsdown";

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

// The program and the library are two entries of one bundle. What a command needs on its way to the first
// byte (commander, chalk, zod, undici) is bundled, because reading it as separate files doubles the start-up;
// the rest stays an ordinary dependency.
export default defineConfig({
  entry: { index: "src/index.ts", cli: "src/cli/main.ts" },
  outDir: "dist",
  format: "esm",
  platform: "node",
  target: "node20.19",
  fixedExtension: false,
  dts: true,
  minify: true,
  plugins: [withoutUnreached],
  deps: {
    alwaysBundle: [
      /^commander$/,
      /^@commander-js\//,
      /^chalk$/,
      /^zod($|\/)/,
      /^undici($|\/)/,
      /^ipaddr\.js$/,
      /^env-paths$/,
      /^is-safe-filename$/,
      /^filtrex$/,
    ],
    onlyBundle: false,
  },
});
