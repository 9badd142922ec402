// How this program is called where the user is, so that what we say to type next works there.
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { commandTree } from "./command-tree.js";

type Env = Readonly<Record<string, string | undefined>>;

const name = "misskey-hooks";

/** A folder that npm puts on the PATH for as long as it runs something: the user's shell doesn't have it. */
const ofNpm = /[\\/]node_modules[\\/]\.bin[\\/]?$|[\\/]_npx[\\/]/;

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `misskey-hooks` where that is on the PATH, or nobody knows of one; else `npx misskey-hooks`, as in a clone and in a local install. */
export function ownName(env: Env): string {
  const path = env["PATH"] ?? env["Path"];
  if (path === undefined) return name;
  const folders = path.split(delimiter).filter((folder) => !ofNpm.test(folder));
  const names = [name, `${name}.cmd`];
  const isThere = folders.some((folder) => folder !== "" && names.some((file) => isExecutable(join(folder, file))));
  return isThere ? name : `npx ${name}`;
}

const commands = commandTree.map((entry) => entry.name).join("|");
const call = new RegExp(`(?<![\\w/@.-]|npx )${name} (?=(?:${commands})\\b|--\\w)`, "g");

/** The text with every call of ours in it as it works where the user is. */
export function asCalledHere(text: string, own: string): string {
  return own === name ? text : text.replace(call, `${own} `);
}
