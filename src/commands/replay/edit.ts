// replay --edit: the payload in the user's own editor.
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UsageError } from "../../errors.js";
import type { CommandContext } from "../command.js";

/** Line and column of a place in a text, from 1. */
function placeOf(text: string, at: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function compact(text: string): Uint8Array {
  try {
    return Buffer.from(JSON.stringify(JSON.parse(text)));
  } catch (cause) {
    const { message } = cause as Error;
    const at = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
    throw new UsageError(
      "edited-not-json",
      { ...placeOf(text, at), why: message.replace(/ in JSON.*$/s, "") },
      { cause },
    );
  }
}

async function runEditor(editor: string, file: string): Promise<number | null> {
  // As git and crontab do: the variable may hold arguments, so that a shell reads it.
  const child = spawn(`${editor} "$MISSKEY_HOOKS_EDITED"`, {
    shell: true,
    stdio: "inherit",
    env: { ...process.env, MISSKEY_HOOKS_EDITED: file },
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
}

/** @throws UsageError `no-editor`, `editor-failed`, `edited-not-json` */
export async function editPayload(body: Uint8Array, { env }: CommandContext): Promise<Uint8Array> {
  const editor = env["VISUAL"] || env["EDITOR"];
  if (editor === undefined || editor === "") throw new UsageError("no-editor");
  const text = Buffer.from(body).toString("utf8");
  const folder = await mkdtemp(join(tmpdir(), "misskey-hooks-edit-"));
  try {
    const file = join(folder, "payload.json");
    let shown = text;
    try {
      shown = `${JSON.stringify(JSON.parse(text), null, 2)}\n`;
    } catch {
      // What isn't JSON is edited as it is.
    }
    await writeFile(file, shown, { mode: 0o600 });
    if ((await runEditor(editor, file)) !== 0) throw new UsageError("editor-failed", { editor });
    const edited = await readFile(file, "utf8");
    return edited === shown ? body : compact(edited);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
