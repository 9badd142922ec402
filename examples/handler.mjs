// A handler to begin with, on Node alone: HOOK_SECRET=… node handler.mjs. `misskey-hooks check` finds no fault with it.
import { timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const secret = Buffer.from(process.env.HOOK_SECRET ?? "");
const isRight = (given = "") => {
  const bytes = Buffer.from(given, "latin1");
  return bytes.length === secret.length && timingSafeEqual(bytes, secret);
};
const seen = new Set(); // a delivery may come again: act once

createServer(async (request, response) => {
  if (request.method !== "POST") return response.writeHead(405).end();
  if (!isRight(request.headers["x-misskey-hook-secret"])) return response.writeHead(401).end();
  let event;
  try {
    event = JSON.parse(Buffer.concat(await request.toArray()).toString());
  } catch {
    return response.writeHead(400).end();
  }
  if (typeof event?.type !== "string") return response.writeHead(400).end();
  response.writeHead(204).end(); // answer first: a server waits for 5 s
  if (seen.has(event.eventId)) return;
  seen.add(event.eventId);
  if (event.type === "mention") console.log(event.body?.note?.text ?? "(no text)");
}).listen(Number(process.env.PORT ?? 3000), "127.0.0.1");
