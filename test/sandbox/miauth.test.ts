// MiAuth with a person in a real browser: open the page, approve or deny, and the app fetches its token once.
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "playwright-core";
import { afterEach, beforeEach, expect, type TestContext, test } from "vitest";
import { createSandbox, type Sandbox } from "../../src/sandbox/index.js";
import { openBrowser } from "../support/browser.js";
import { callApi } from "../support/sandbox-api.js";

let sandbox: Sandbox;
let session: string;

beforeEach(async () => {
  sandbox = await createSandbox();
  session = randomUUID();
});
afterEach(() => sandbox.close());

async function open(context: TestContext, query: Record<string, string>): Promise<Page> {
  const browser = await openBrowser(context);
  context.onTestFinished(() => browser.close());
  const page = await browser.newPage();
  page.on("pageerror", (error) => expect.fail(error.message));
  await page.goto(`${sandbox.url}/miauth/${session}?${new URLSearchParams(query).toString()}`);
  return page;
}

const check = () => callApi(sandbox, `miauth/${session}/check`);

test("approve: the check gives the token once, with the permissions that were asked for", async (context) => {
  const page = await open(context, { name: "My bot", permission: "read:account,write:account" });
  expect((await check()).json).toEqual({ ok: false });
  expect(await page.getByRole("heading").textContent()).toBe("My bot asks for access");
  expect(await page.getByRole("listitem").allTextContents()).toEqual(["read:account", "write:account"]);
  await page.getByLabel("Account").selectOption({ label: "bob" });
  await page.getByRole("button", { name: "Approve" }).click();
  expect(await page.getByRole("heading").textContent()).toBe("Approved");
  const { json } = await check();
  expect(json).toMatchObject({ ok: true, user: { username: "bob" } });
  expect((await callApi(sandbox, "i/webhooks/list", { i: json.token })).status).toBe(200);
  expect((await callApi(sandbox, "notes/create", { i: json.token, text: "x" })).status).toBe(403);
  expect((await check()).json).toEqual({ ok: false });
});

test("deny: there is no token", async (context) => {
  const page = await open(context, { name: "My bot", permission: "read:account" });
  await page.getByRole("button", { name: "Deny" }).click();
  expect(await page.getByRole("heading").textContent()).toBe("Denied");
  expect((await check()).json).toEqual({ ok: false });
});

test("a callback is gone to with the session", async (context) => {
  const visits: string[] = [];
  const app = createServer((request, response) => {
    if (request.url?.startsWith("/back")) visits.push(request.url);
    response.writeHead(200, { "content-type": "text/plain" }).end("thanks");
  }).listen(0, "127.0.0.1");
  await new Promise((resolve) => app.once("listening", resolve));
  context.onTestFinished(() => void app.close());
  const { port } = app.address() as AddressInfo;
  const page = await open(context, {
    name: "x",
    permission: "",
    callback: `http://127.0.0.1:${port}/back?from=miauth`,
  });
  await page.getByRole("button", { name: "Approve" }).click();
  await page.waitForURL(/\/back/);
  expect(visits).toEqual([`/back?from=miauth&session=${session}`]);
  expect((await check()).json.ok).toBe(true);
});

test("what an app says of itself is text, whatever it holds", async (context) => {
  const name = '<img src=x onerror="document.title=1"><script>document.title=2</script>';
  const page = await open(context, { name, permission: "<b>x</b>" });
  expect(await page.getByRole("heading").textContent()).toBe(`${name} asks for access`);
  expect(await page.getByRole("listitem").allTextContents()).toEqual(["<b>x</b>"]);
  expect(await page.locator("img, script").count()).toBe(0);
});

/** The form's token on the page of this query. */
async function formTokenOf(query: string): Promise<string> {
  const page = await (await fetch(`${sandbox.url}/miauth/${session}?${query}`)).text();
  return /name="token" value="([^"]+)"/.exec(page)?.[1] ?? "";
}

/** Approves without a browser: what `change` leaves of a right form. */
async function approve(
  query: string,
  fields: Readonly<Record<string, string>> = {},
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  const form = { token: await formTokenOf(query), user: sandbox.as("alice").id, answer: "approve", ...fields };
  const body = new URLSearchParams(form);
  return fetch(`${sandbox.url}/miauth/${session}?${query}`, { method: "POST", body, headers, redirect: "manual" });
}

test.each(["javascript:alert(1)", "data:text/html,x", "no url"])("the callback %s is refused", async (callback) => {
  const query = new URLSearchParams({ callback }).toString();
  const response = await fetch(`${sandbox.url}/miauth/${session}?${query}`);
  expect(response.status).toBe(400);
  expect((await approve(query, { token: "" })).status).toBe(403);
  expect((await check()).json).toEqual({ ok: false });
});

test("the form is only taken with the token of its own page", async () => {
  const query = "name=x&permission=read:account";
  for (const token of ["", "x", await formTokenOf("name=x&permission=write:account")]) {
    expect((await approve(query, { token })).status).toBe(403);
  }
  expect((await check()).json).toEqual({ ok: false });
  expect((await approve(query)).status).toBe(200);
  expect((await check()).json).toMatchObject({ ok: true });
});

test.each([
  { origin: "https://evil.example" },
  { origin: "null" },
  { "sec-fetch-site": "cross-site" },
  { "sec-fetch-site": "same-site" },
])("the form isn't taken from another site's page: %o", async (headers) => {
  expect((await approve("name=x", {}, headers)).status).toBe(403);
  expect((await check()).json).toEqual({ ok: false });
});

test("the form is taken from the sandbox's own page", async () => {
  const headers = { origin: sandbox.url, "sec-fetch-site": "same-origin" };
  expect((await approve("name=x", {}, headers)).status).toBe(200);
});

test("no other page may frame it", async () => {
  const { headers } = await fetch(`${sandbox.url}/miauth/${session}`);
  expect(headers.get("x-frame-options")).toBe("DENY");
  expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
});

test.each([
  ["application/json", "{}", 415],
  ["application/json", "{", 415],
  ["text/plain", "x", 415],
  [undefined, undefined, 403],
  ["application/x-www-form-urlencoded", "", 403],
] as const)("a body of %s isn't taken for the form", async (type, body, status) => {
  const response = await fetch(`${sandbox.url}/miauth/${session}`, {
    method: "POST",
    ...(type === undefined ? {} : { headers: { "content-type": type }, body }),
  });
  expect(response.status).toBe(status);
});
