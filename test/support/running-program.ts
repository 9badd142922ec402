// The built program as a process that runs on: what it says is waited for, and signals can be sent to it.
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { execa, type Options } from "execa";
import { onTestFinished } from "vitest";

const bin = fileURLToPath(new URL("../../bin/misskey-hooks.js", import.meta.url));

export interface RunningProgram {
  /** The first line of stdout or stderr, also of those already there, that the pattern matches. */
  readonly line: (pattern: RegExp) => Promise<string>;
  readonly signal: (name: NodeJS.Signals) => void;
  readonly ended: Promise<{ exitCode: number | undefined; stdout: string; stderr: string }>;
}

/** Starts `misskey-hooks <args…>`, without the environment's own variables for it; killed when the test ends. */
export function startProgram(
  args: readonly string[],
  options: Pick<Options, "input"> & { readonly env?: Readonly<Record<string, string>> } = {},
): RunningProgram {
  const nobody = {
    MISSKEY_HOOKS_NO_CAPTURE: "1",
    MISSKEY_HOOKS_CONFIG_DIR: join(tmpdir(), "misskey-hooks-nobody-signed-in"),
  };
  const env = { NO_COLOR: "1", MISSKEY_HOOKS_SECRET: undefined, ...nobody, ...options.env };
  const child = execa("node", [bin, ...args], { ...options, env, reject: false, all: true });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  let rest = "";
  child.all.on("data", (chunk: Buffer) => {
    const parts = `${rest}${chunk.toString()}`.split("\n");
    rest = parts.pop() ?? "";
    lines.push(...parts);
    for (const look of waiting) look();
  });
  const ended = child.then(({ exitCode, stdout, stderr }) => ({ exitCode, stdout, stderr }));
  const line = (pattern: RegExp): Promise<string> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = lines.find((candidate) => pattern.test(candidate));
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      look();
      void ended.then(({ exitCode, stdout, stderr }) =>
        reject(new Error(`ended with ${exitCode} without a line like ${pattern}:\n${stdout}\n${stderr}`)),
      );
    });
  return { line, signal: (name) => void child.kill(name), ended };
}
