// A real browser for tests of pages. Where none is found, such a test says that it was left out.
import { existsSync } from "node:fs";
import { type Browser, chromium } from "playwright-core";
import type { TestContext } from "vitest";

const places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Chromium, headless; closed by whoever asked for it. Skips the test with a note when this machine has none. */
export async function openBrowser(context: TestContext): Promise<Browser> {
  const executablePath = process.env["CHROMIUM_PATH"] ?? places.find((path) => existsSync(path));
  if (executablePath === undefined) return context.skip("left out: no Chromium on this machine (CHROMIUM_PATH)");
  return await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
}
