import { expect, test } from "vitest";
import { createIntake, type DeliveryEvent, type HandlerOptions } from "../../src/receiver/index.js";
import { recordedDelivery } from "../support/recorded-delivery.js";

const mention = recordedDelivery("misskey@2026.3.2/deliveries/mention", "right");

/** What the intake tells of deliveries, in order. */
function take(options: Partial<HandlerOptions>, ...bodies: string[]): DeliveryEvent[] {
  const told: DeliveryEvent[] = [];
  const intake = createIntake({ secrets: ["right"], now: () => 0, ...options }, (event) => told.push(event));
  for (const body of bodies)
    intake({ method: "POST", path: "/", headers: Object.entries(mention.headers), body: Buffer.from(body) });
  return told;
}

test("judges as the endpoint does, and says that it never was a request", () => {
  const [first, second] = take({}, mention.body, mention.body);
  expect(first).toMatchObject({
    at: "1970-01-01T00:00:00.000Z",
    status: 204,
    ok: true,
    event: "mention",
    synthesised: true,
    redelivery: false,
    bytes: Buffer.byteLength(mention.body),
  });
  expect(second?.redelivery).toBe(true);
});

test("refuses what the endpoint refuses", () => {
  const broken = mention.body.replace('"visibility"', '"visible"');
  expect(take({ secrets: ["other"] }, mention.body)[0]?.status).toBe(401);
  expect(take({}, "{")[0]?.status).toBe(400);
  expect(take({ strict: true }, broken)[0]?.status).toBe(422);
  expect(take({ expectedEvents: ["note"] }, mention.body)[0]).toMatchObject({ status: 204, ok: false });
});
