// A handler as a process: what its author forgot ends it, as an unhandled rejection does in Node.
// PORT, MISSKEY_HOOKS_SECRET; FAULT: null-text | after-answer | upstream-down | never-listens | ignores-sigterm
import { spawn } from "node:child_process";
import { createServer } from "node:http";

const { PORT, MISSKEY_HOOKS_SECRET: secret, FAULT } = process.env;

if (FAULT === "never-listens") {
  console.error("no database");
  process.exit(1);
}
if (FAULT === "ignores-sigterm") process.on("SIGTERM", () => {});
// A build tool's watcher, say: it must not outlive the checks.
if (process.env.CHILD_MARK) spawn("sleep", [process.env.CHILD_MARK], { stdio: "ignore" });

async function act(payload) {
  const { note } = payload.body;
  if (FAULT === "null-text" || FAULT === "after-answer") note?.text.toLowerCase();
}

/** What it calls after the answer isn't there, and nobody catches that. */
async function callOut() {
  await new Promise((resolve) => setTimeout(resolve, 60));
  throw new Error("connect ECONNREFUSED");
}

createServer((request, response) => {
  if (request.url === "/health") return response.writeHead(200).end();
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    if (request.headers["x-misskey-hook-secret"] !== secret) return response.writeHead(401).end();
    let payload;
    try {
      payload = JSON.parse(Buffer.concat(chunks));
      if (typeof payload?.type !== "string" || !payload.body) throw new Error("no envelope");
    } catch {
      return response.writeHead(400).end();
    }
    if (FAULT === "after-answer") response.writeHead(204).end();
    if (FAULT === "upstream-down") void callOut();
    await act(payload);
    if (FAULT !== "after-answer") response.writeHead(204).end();
  });
}).listen(Number(PORT), "127.0.0.1");
