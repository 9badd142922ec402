import { defineConfig } from "tsdown";

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
