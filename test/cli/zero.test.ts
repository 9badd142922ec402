// Zero where something has to fit into a time, a size or a count: refused at once, by every command alike.
import { tmpdir } from "node:os";
import { expect, test } from "vitest";
import { runCli } from "../support/run-cli.js";

const somewhere = "http://127.0.0.1:1/";

test.each([
  ["send", "note", somewhere, "--timeout", "0s"],
  ["send", "note", somewhere, "--times", "0"],
  ["send", "note", somewhere, "--concurrency", "0"],
  ["send", "note", somewhere, "--time-scale", "0"],
  ["listen", "--port", "0", "--timeout", "0ms"],
  ["listen", "--port", "0", "--count", "0"],
  ["listen", "--port", "0", "--max-body", "0"],
  ["listen", "--port", "0", "--capture-size", "0B"],
  ["check", somewhere, "--max-time", "0s"],
  ["check", somewhere, "--start-timeout", "0s"],
  ["hooks", "list", "--timeout", "0s"],
  ["hooks", "watch", "--interval", "0s"],
  ["hooks", "watch", "--count", "0"],
  ["login", somewhere, "--timeout", "0s"],
  ["sandbox", "--users", "0"],
  ["sandbox", "--time-scale", "0"],
])("misskey-hooks %s %s … is refused", async (...args) => {
  const { exitCode, stderr } = await runCli([...args, "--json"], { cwd: tmpdir() });
  expect(exitCode).toBe(2);
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: "usage" } });
});
