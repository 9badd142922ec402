import { defineConfig } from "tsdown";

/** undici loads node:http2 (8 ms) for servers that are never offered HTTP/2: Misskey delivers over HTTP/1.1. */
const withoutHttp2 = {
  name: "without-http2",
  resolveId: (source: string, importer?: string) =>
    source === "./client-h2.js" && importer?.includes("/undici/") ? "\0without-http2" : undefined,
  load: (id: string) => (id === "\0without-http2" ? "module.exports = undefined;" : undefined),
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
  plugins: [withoutHttp2],
  deps: {
    alwaysBundle: [
      /^commander$/,
      /^@commander-js\//,
      /^chalk$/,
      /^zod($|\/)/,
      /^undici($|\/)/,
      /^string-width$/,
      /^get-east-asian-width$/,
      /^strip-ansi$/,
      /^ansi-regex$/,
    ],
    onlyBundle: false,
  },
});
