// Handlers as people publish them, against all checks: what is wrong with each is found, and what is right isn't blamed.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { resolveDialect } from "../../src/protocol/index.js";
import { createVirtualTime } from "../support/virtual-time.js";
import { checkHandler } from "./check-handler.js";
import { type PublishedHandler, publishedHandlers } from "./handlers/published.js";
import { idsOf } from "./verdicts-on.js";

/** Starts it, checks it as its server, and ends it. */
async function runPublished({ answer, as = "misskey", on, observed }: PublishedHandler) {
  let acted = 0;
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "", headers } = request;
    const body = await text(request);
    try {
      response.writeHead(answer({ method, headers, body }, () => void acted++)).end();
    } catch {
      response.writeHead(500).end();
    }
  };
  const server = createServer((...exchange) => void receive(...exchange));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const time = createVirtualTime();
  try {
    return await checkHandler(new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`), {
      dialect: resolveDialect(as),
      server: "https://pond.example",
      ...(on && { on }),
      ...(observed && { effectCounter: async () => acted }),
      time,
    });
  } finally {
    time.end();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}

test.concurrent.each(Object.entries(publishedHandlers))("%s", { timeout: 120_000 }, async (_, handler) => {
  const outcome = await runPublished(handler);
  const { fails = [], warns = [], unproved = [] } = handler;
  expect(idsOf(outcome, "fail").toSorted()).toEqual([...fails].toSorted());
  expect(idsOf(outcome, "warn").toSorted()).toEqual([...warns].toSorted());
  expect(idsOf(outcome, "unproved").toSorted()).toEqual([...unproved].toSorted());
  // What is blamed for everything is praised for nothing.
  if (fails.includes("accepts.note"))
    expect(idsOf(outcome, "pass").filter((id) => id.startsWith("accepts."))).toEqual([]);
});
