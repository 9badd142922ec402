// The types that programs build on, as they are written against each entry.
import { expectTypeOf, test } from "vitest";
import * as main from "../../src/entry/index.js";
import type { Sandbox, SandboxOptions } from "../../src/entry/sandbox.js";
import { createSandbox } from "../../src/entry/sandbox.js";
import { buildDelivery } from "../../src/entry/testing.js";
import { verifyDelivery } from "../../src/entry/verify.js";
import { createWebHandler, type ReceivedDelivery } from "../../src/entry/receiver.js";

test("a verified delivery has a payload, and any other a status and a reason", () => {
  const verified = verifyDelivery({ headers: new Headers(), body: "" }, "secret");
  if (verified.ok) expectTypeOf(verified.payload).toBeUnknown();
  else expectTypeOf(verified.status).toEqualTypeOf<401 | 400>();
  // @ts-expect-error a reason stands only where it isn't ok
  void verified.reason;
});

test("headers are taken as Node, the web and the wire have them", () => {
  type Headers_ = Parameters<typeof verifyDelivery>[0]["headers"];
  expectTypeOf<Headers>().toExtend<Headers_>();
  expectTypeOf<NodeJS.Dict<string | string[]>>().toExtend<Headers_>();
  expectTypeOf<readonly (readonly [string, string])[]>().toExtend<Headers_>();
});

test("a web handler is a fetch handler", () => {
  expectTypeOf(createWebHandler).returns.toEqualTypeOf<(request: Request) => Promise<Response>>();
  createWebHandler({ secrets: ["s"] }, (_, delivery) => expectTypeOf(delivery).toEqualTypeOf<ReceivedDelivery>());
  // @ts-expect-error secrets are needed
  createWebHandler({});
});

test("the main entry's sandbox is that of its own entry", () => {
  expectTypeOf(main.createSandbox).toEqualTypeOf<(options?: SandboxOptions) => Promise<Sandbox>>();
  expectTypeOf(createSandbox).returns.resolves.toEqualTypeOf<Sandbox>();
});

test("a delivery to test with is one as it goes over the wire", () => {
  expectTypeOf(buildDelivery({ event: "mention" }).delivery).toEqualTypeOf<main.WireDelivery>();
  // @ts-expect-error which event has to be said
  buildDelivery({});
});
