// The yardstick of receiver.ts: a node:http server that only compares the secret and parses the JSON.
import { timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

const expected = Buffer.from(process.argv[2] ?? "");
const server = createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    const given = Buffer.from(String(request.headers["x-misskey-hook-secret"]));
    const right = given.length === expected.length && timingSafeEqual(given, expected);
    JSON.parse(Buffer.concat(chunks).toString());
    response.writeHead(right ? 204 : 401).end();
  });
});
server.listen(0, "127.0.0.1", () => {
  console.log(JSON.stringify({ url: `http://127.0.0.1:${server.address().port}/` }));
});
