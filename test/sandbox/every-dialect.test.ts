// Every dialect that `--as` knows starts, answers and delivers what its own checks find nothing wrong with.
import { expect, test } from "vitest";
import { checkDelivery, dialectName, dialects, headerPairs } from "../../src/protocol/index.js";
import { createSandbox } from "../../src/sandbox/index.js";
import { startRecordingReceiver } from "../support/recording-receiver.js";

test.each(dialects.map((dialect) => [dialectName(dialect), dialect] as const))("%s", async (_name, dialect) => {
  await using receiver = await startRecordingReceiver();
  const sandbox = await createSandbox({ dialect });
  const [alice, bob] = [sandbox.as("alice"), sandbox.as("bob")];
  await alice.hook(`${receiver.url}/`, { secret: "s" });
  const note = await alice.note("hello #tag", { poll: { choices: ["a", "b"] }, cw: "w" });
  await bob.reply(note, "@alice hi");
  await bob.quote(note, "so true");
  await bob.direct(["alice"], "psst");
  await alice.note("for followers", { visibility: "followers" });
  await bob.follow("alice");
  await alice.follow("bob");
  await alice.unfollow("bob");
  await sandbox.settled();
  expect(receiver.requests).toHaveLength(9);
  for (const { rawHeaders, json } of receiver.requests) {
    const { findings } = checkDelivery({ headers: headerPairs(rawHeaders), body: json }, { as: dialect });
    expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
  }
  for (const path of ["/nodeinfo/2.0", "/api.json"]) expect((await fetch(`${sandbox.url}${path}`)).status).toBe(200);
  await sandbox.close();
});
