// check, as it is shipped, against handlers that are processes: started, crashed, restarted, ended.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { execa, type Options } from "execa";
import { afterEach, describe, expect, test } from "vitest";
import type { CheckReport } from "../../src/reporters/index.js";
import { secret, type StartedHandler, startHandler } from "../conformance/handlers/handler.js";
import { freePort } from "../support/raw-server.js";

const bin = fileURLToPath(new URL("../../bin/misskey-hooks.js", import.meta.url));
const handlers = fileURLToPath(new URL("../conformance/handlers/", import.meta.url));

function misskeyHooks(args: readonly string[], options: Options & { env?: Record<string, string> } = {}) {
  return execa(process.execPath, [bin, ...args], {
    reject: false,
    ...options,
    env: { MISSKEY_HOOKS_SECRET: secret, ...options.env },
  });
}

async function check(args: readonly string[], env: Record<string, string> = {}) {
  const { stdout, stderr, exitCode } = await misskeyHooks(["check", ...args, "--json"], { env });
  if (typeof stdout !== "string" || !stdout.startsWith("{")) throw new Error(String(stderr));
  const report = JSON.parse(stdout) as CheckReport;
  const idsOf = (verdict: string): string[] =>
    report.checks.filter((row) => row.verdict === verdict).map(({ id }) => id);
  return { report, exitCode, failed: idsOf("fail"), warned: idsOf("warn"), skipped: idsOf("skip") };
}

function countProcesses(mark: string): number {
  const lines = execFileSync("ps", ["-eo", "args"], { encoding: "utf8" }).split("\n");
  return lines.filter((line) => line === `sleep ${mark}`).length;
}

describe("--start", { timeout: 120_000 }, () => {
  const start = `node ${handlers}crashing.mjs`;

  test("starts the handler, waits for it, and leaves nothing of it behind", async () => {
    const port = await freePort();
    const mark = String(100_000 + port);
    const url = `http://127.0.0.1:${port}`;
    const args = [`${url}/hook`, "--start", `${start} & wait`, "--wait-on", `${url}/health`];
    const { failed, exitCode } = await check(args, { PORT: String(port), CHILD_MARK: mark, FAULT: "ignores-sigterm" });
    expect(failed).toEqual([]);
    expect(exitCode).toBe(0);
    expect(countProcesses(mark)).toBe(0);
    await expect(fetch(`${url}/health`)).rejects.toThrow("fetch failed");
  });

  test("starts it again after each crash, so that one fault hides no other", async () => {
    const port = await freePort();
    const args = [`http://127.0.0.1:${port}/hook`, "--start", start, "--on", "note,mention"];
    const { report, failed } = await check(args, { PORT: String(port), FAULT: "null-text" });
    expect(failed).toEqual(["tolerates.null-text", "tolerates.files-only"]);
    expect(report.stoppedEarly).toBe(false);
    expect(report.checks.find(({ id }) => id === "tolerates.null-text")?.message).toContain("started again");
  });

  test("sees a crash that comes after the answer", async () => {
    const port = await freePort();
    const args = [`http://127.0.0.1:${port}/hook`, "--start", start, "--on", "note"];
    const { report, failed } = await check(args, { PORT: String(port), FAULT: "after-answer" });
    expect(failed).toEqual(["tolerates.null-text", "tolerates.files-only"]);
    expect(report.checks.find(({ id }) => id === "tolerates.null-text")?.hint).toContain("unhandled rejection");
  });

  test("says at once what a handler wrote that did not come up, however long it may take to: exit 5", async () => {
    const port = await freePort();
    const args = ["check", `http://127.0.0.1:${port}/hook`, "--start", start, "--start-timeout", "1h"];
    const { stderr, exitCode } = await misskeyHooks(args, { env: { PORT: String(port), FAULT: "never-listens" } });
    expect(exitCode).toBe(5);
    expect(stderr).toContain("ended with exit code 1 before it answered");
    expect(stderr).toContain("no database");
  });

  test("Ctrl-C ends the handler too", async () => {
    const port = await freePort();
    const mark = String(200_000 + port);
    const running = misskeyHooks(["check", `http://127.0.0.1:${port}/hook`, "--start", start, "--outbound", "0"], {
      env: { PORT: String(port), CHILD_MARK: mark },
    });
    await new Promise<void>((resolve) => running.stdout?.once("data", () => resolve()));
    expect(countProcesses(mark)).toBe(1);
    running.kill("SIGINT");
    expect((await running).exitCode).toBe(130);
    expect(countProcesses(mark)).toBe(0);
  });
});

test(
  "a process that crashes for good: what it crashed over fails, the rest is skipped",
  { timeout: 120_000 },
  async () => {
    const port = await freePort();
    const handler = execa(process.execPath, [`${handlers}crashing.mjs`], {
      reject: false,
      env: { PORT: String(port), FAULT: "null-text", MISSKEY_HOOKS_SECRET: secret },
    });
    await untilUp(port);
    const { report, failed, skipped, exitCode } = await check([`http://127.0.0.1:${port}/hook`, "--on", "mention"]);
    await handler;
    expect(failed).toEqual(["tolerates.null-text"]);
    expect(skipped).toContain("tolerates.null-name");
    expect(report).toMatchObject({ stoppedEarly: true, stopReason: expect.stringContaining("tolerates.null-text") });
    expect(exitCode).toBe(1);
  },
);

test("a process that ends some time after its answer: the event fails, in each run", { timeout: 120_000 }, async () => {
  const run = async (): Promise<void> => {
    const port = await freePort();
    const handler = execa(process.execPath, [`${handlers}crashing.mjs`], {
      reject: false,
      env: { PORT: String(port), FAULT: "upstream-down", MISSKEY_HOOKS_SECRET: secret },
    });
    await untilUp(port);
    const { failed, report } = await check([`http://127.0.0.1:${port}/hook`, "--on", "mention"]);
    await handler;
    expect(failed).toEqual(["accepts.mention"]);
    expect(report.stoppedEarly).toBe(true);
  };
  await Promise.all([run(), run(), run()]);
});

function isUp(port: number): Promise<boolean> {
  return fetch(`http://127.0.0.1:${port}/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function untilUp(port: number): Promise<void> {
  await expect.poll(() => isUp(port), { timeout: 120_000 }).toBe(true);
}

function hasPython(): boolean {
  try {
    execFileSync("python3", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

describe.runIf(hasPython())("handlers on Python's http.server", { timeout: 240_000 }, () => {
  test.each([
    ["good", [], []],
    ["threads", [], []],
    ["no-catch", [], ["input.malformed-json", "input.not-an-object", "input.empty-body"]],
    ["unread-body", ["delivery.keep-alive"], []],
  ])("%s: the same verdicts in three runs", async (variant, fails, warns) => {
    const run = async (): Promise<void> => {
      const port = await freePort();
      const start = `python3 ${handlers}http_server.py ${port} ${variant}`;
      const { failed, warned } = await check([`http://127.0.0.1:${port}/hook`, "--start", start]);
      expect({ failed, warned }).toEqual({ failed: fails, warned: warns });
    };
    await Promise.all([run(), run(), run()]);
  });
});

describe("--outbound and --observe", { timeout: 120_000 }, () => {
  let handler: StartedHandler | undefined;
  afterEach(() => handler?.close());

  function callingOut(port: number) {
    return async (): Promise<void> => {
      const { ok } = await fetch(`http://127.0.0.1:${port}/`, { method: "POST" });
      if (!ok) throw new Error("it did not work");
    };
  }
  const only = ["--only", "secret.wrong,delivery.redelivery,delivery.after-failure", "--on", "mention"];

  test.each([
    ["done after the work", true, []],
    ["done before the work", "early", ["delivery.after-failure"]],
    ["nothing remembered", false, ["delivery.redelivery"]],
  ] as const)("a sink shows what is done: %s", async (_, remembers, fails) => {
    const port = await freePort();
    handler = await startHandler({ remembers, handle: callingOut(port) });
    const { failed, report } = await check([handler.url.href, "--outbound", String(port), ...only]);
    expect(failed).toEqual(fails);
    expect(report.counts.skip).toBe(0);
  });

  test("a handler that wants more of an answer than the sink gives is told so", async () => {
    const port = await freePort();
    handler = await startHandler({
      handle: async () => {
        const { id } = (await (await fetch(`http://127.0.0.1:${port}/`)).json()) as { id: string };
        id.trim();
      },
    });
    const args = [handler.url.href, "--outbound", String(port), "--on", "mention", "--only", "accepts"];
    const { report, failed } = await check(args);
    expect(failed).toEqual(["accepts.mention"]);
    expect(report.checks[0]?.hint).toContain("200 and {}");
  });

  test("a failure that is hidden behind a 2xx loses the event: a warning", async () => {
    const port = await freePort();
    const call = callingOut(port);
    handler = await startHandler({ handle: () => void call().catch(() => {}) });
    const { warned } = await check([handler.url.href, "--outbound", String(port), "--only", "delivery.after-failure"]);
    expect(warned).toEqual(["delivery.after-failure"]);
  });

  test.each([
    ["ignores a wrong secret in silence", false, []],
    ["acts on a wrong secret", true, ["secret.wrong"]],
  ])("a counter proves that it %s", async (_, acts, fails) => {
    const started = await startHandler({
      onWrong: (response, act) => {
        if (acts) act();
        response.writeHead(200, { "content-type": "text/plain" }).end("ok");
      },
    });
    handler = started;
    const counter = createServer((_request, response) => response.end(JSON.stringify({ count: started.acted() })));
    await new Promise<void>((resolve) => counter.listen(0, "127.0.0.1", resolve));
    const { port } = counter.address() as { port: number };
    const { failed, warned } = await check([started.url.href, "--observe", `http://127.0.0.1:${port}/`, ...only]);
    counter.close();
    expect({ failed, warned }).toEqual({ failed: fails, warned: [] });
  });
});
