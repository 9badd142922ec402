import { expect, test } from "vitest";
import { events, familiesAlone } from "../../src/protocol/index.js";
import { runCli } from "../support/run-cli.js";

const presentEvents = events.filter(({ sent, name }) => sent && familiesAlone(name).length === 0);

test("the demo shows every event, a refusal, and a hook that is off, and ends with 0", async () => {
  const { exitCode, stdout, stderr } = await runCli(["demo", "--json"]);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as { kind: string; event?: string; status?: number; ok?: boolean });
  const delivered = lines.filter(({ kind, ok }) => kind === "delivery" && ok === true).map(({ event }) => event);
  expect(new Set(delivered)).toEqual(new Set(presentEvents.map(({ name }) => name)));
  expect(lines.filter(({ status }) => status === 401)).toHaveLength(1);
  expect(lines.filter(({ kind }) => kind === "nothing")).toHaveLength(1);
  expect(lines.at(-1)).toEqual({ kind: "end", ok: true });
  expect(stderr).toBe("");
  expect(exitCode).toBe(0);
});

test("a person reads it as a story", async () => {
  const { exitCode, stdout } = await runCli(["demo"]);
  expect(stdout).toContain("bob mentions alice");
  expect(stdout).toContain("✓ mention → 204");
  expect(stdout).not.toContain("demo-secret");
  expect(exitCode).toBe(0);
});
