// Tests as `npm run mutants` runs them: of the rooms that are mutated, from sources alone, without building and types.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/{receiver,delivery,protocol,conformance,sandbox}/**/*.test.ts"],
    setupFiles: ["test/support/words.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
