// Start-up of the built program against an empty Node program, in turns in one run: the median of each, and the ratio.
// npx tsx scripts/bench/start-up.ts [rounds]
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const rounds = Number(process.argv[2] ?? 21);
const bin = fileURLToPath(new URL("../../bin/misskey-hooks.js", import.meta.url));
const recording = fileURLToPath(
  new URL("../../fixtures/recorded/misskey@2026.3.2/deliveries/mention.json", import.meta.url),
);

const folder = mkdtempSync(join(tmpdir(), "start-up-"));
const empty = join(folder, "empty.mjs");
writeFileSync(empty, "");
const receiver = createServer((request, response) => {
  request.resume();
  request.on("end", () => response.writeHead(204).end());
});
await once(receiver.listen(0, "127.0.0.1"), "listening");
const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;

const programs: readonly (readonly [name: string, budget: number | undefined, args: readonly string[]])[] = [
  ["an empty program", undefined, [empty]],
  ["--version", 1.25, [bin, "--version"]],
  ["--help", 1.25, [bin, "--help"]],
  ["validate <file>", 2, [bin, "validate", recording]],
  ["send mention", 2.3, [bin, "send", "mention", url]],
];

/** Wall time of one run, in milliseconds. */
async function time(args: readonly string[]): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const [code] = (await once(child, "exit")) as [number];
  if (code !== 0) throw new Error(`${args.join(" ")} ended with ${code}`);
  return performance.now() - start;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

const times = programs.map((): number[] => []);
for (let round = 0; round <= rounds; round++) {
  for (const [index, [, , args]] of programs.entries()) {
    const ms = await time(args);
    // The first round warms the disk cache.
    if (round > 0) times[index]?.push(ms);
  }
}
const baseline = median(times[0] ?? []);
console.log(`start-up, median of ${rounds} runs in turns`);
for (const [index, [name, budget]] of programs.entries()) {
  const ms = median(times[index] ?? []);
  const ratio = budget === undefined ? "" : `  ${(ms / baseline).toFixed(2)}×  (aim: at most ${budget}×)`;
  console.log(`  ${name.padEnd(18)} ${ms.toFixed(0).padStart(5)} ms${ratio}`);
}
receiver.close();
rmSync(folder, { recursive: true });
