// A handler that knows its sender by a key in the URL, and looks at the secret only where there is one.
import { expect, test } from "vitest";
import { checkHandler } from "./check-handler.js";
import { secret, startHandler } from "./handlers/handler.js";

test.each([
  ["may go by it", "?key=4f1a", false, "warn"],
  ["must tell the secret apart all the same, where that is asked for", "?key=4f1a", true, "fail"],
  ["lets anybody in where there is none", "", false, "fail"],
])("a handler with a key in its URL %s", async (_, query, requireRejection, verdict) => {
  const handler = await startHandler({
    isRight: (given, { url }) => url?.endsWith(query) === true && (given ?? secret) === secret,
  });
  try {
    const url = new URL(query, handler.url);
    const only = ["secret.wrong", "secret.missing"];
    const { results } = await checkHandler(url, { on: ["mention"], only, requireRejection });
    expect(results.map((result) => [result.check.id, result.verdict])).toEqual([
      ["secret.wrong", "pass"],
      ["secret.missing", verdict],
    ]);
  } finally {
    await handler.close();
  }
});
