// What becomes of a secret on the wire.
import { expect, it } from "vitest";
import { createSender } from "../../src/delivery/index.js";
import { deliveryTo, requestHeaders, resolveDialect } from "../../src/protocol/index.js";
import { answerWith, startRawServer } from "../support/raw-server.js";

it("a secret goes out in Latin-1, and an empty one as an empty value", async () => {
  const receiver = await startRawServer(() => answerWith(204));
  const sender = createSender();
  const dialect = resolveDialect("misskey");
  for (const secret of ["clé-ÿ", ""]) {
    const headers = requestHeaders(dialect, { host: "misskey.example", hookId: "9hook", secret });
    const delivery = deliveryTo(new URL(receiver.url), { headers, body: Buffer.from("{}") });
    await sender.deliver(delivery, receiver.url, { policy: dialect.policy, retry: false });
    expect(receiver.requests.at(-1)?.headers).toContainEqual(["x-misskey-hook-secret", secret]);
  }
  await sender.close();
  await receiver.close();
});
