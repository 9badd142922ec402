// The packed package, installed into an empty folder as a user's `npm install misskey-hooks` does it.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa } from "execa";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface InstalledPackage {
  /** Where a program of the user's would be. */
  readonly folder: string;
  /** What npm said. */
  readonly output: string;
  readonly remove: () => Promise<void>;
}

/** Packs what was built and installs it, without the network: there is nothing else to fetch. */
export async function installPackage(): Promise<InstalledPackage> {
  const folder = await mkdtemp(join(tmpdir(), "misskey-hooks-installed-"));
  const packed = await execa("npm", ["pack", "--ignore-scripts", "--json", "--pack-destination", folder], {
    cwd: root,
  });
  const [{ filename }] = JSON.parse(packed.stdout) as [{ filename: string }];
  await execa("npm", ["init", "-y"], { cwd: folder });
  const installed = await execa("npm", ["install", "--offline", "--no-audit", "--no-fund", `./${filename}`], {
    cwd: folder,
    all: true,
  });
  return { folder, output: installed.all, remove: () => rm(folder, { recursive: true }) };
}
