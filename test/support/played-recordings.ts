// Plays recorded API calls against a sandbox and tells the differences: status, errors word for word, and the
// structure of what succeeds. Ids of the recording become those of the sandbox as they turn up in answers.
import { readFileSync } from "node:fs";
import type { Sandbox } from "../../src/sandbox/index.js";
import { callApi, type Json } from "./sandbox-api.js";
import { structureOf } from "./structure.js";

interface RecordedCall {
  readonly endpoint: string;
  readonly request: Json;
  readonly method: string;
  readonly bearer: boolean;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Json;
  readonly as: string | null | undefined;
}

/** Whose token goes where the recording has `<token>`; null sends none. */
export type TokenFor = string | null;

function readCall(server: string, path: string): RecordedCall {
  const file = new URL(`../../fixtures/recorded/${server}/${path}.json`, import.meta.url);
  const json: Json = JSON.parse(readFileSync(file, "utf8"));
  const args = json.request?.args;
  const wrapped = typeof json.request?.path === "string";
  return {
    ...json,
    method: json.request?.method ?? args?.[1]?.method ?? "POST",
    endpoint: json.endpoint ?? json.request?.path,
    request: wrapped ? (json.request.body ?? args?.[0]) : json.request,
    bearer: (json.requestHeaders ?? json.request?.headers)?.Authorization !== undefined,
    headers: json.responseHeaders ?? json.headers ?? {},
  };
}

export class Player {
  readonly #ids = new Map<string, string>();
  readonly #sandbox: Sandbox;
  readonly #server: string;

  constructor(sandbox: Sandbox, server: string, knownIds: Readonly<Record<string, string>>) {
    this.#sandbox = sandbox;
    this.#server = server;
    for (const [recorded, ours] of Object.entries(knownIds)) this.#ids.set(recorded, ours);
  }

  /** Tells what a recorded id is in the sandbox. */
  know(recorded: string, ours: string): void {
    this.#ids.set(recorded, ours);
  }

  /** Tells which hook of the sandbox stands for the one that a recorded call is about. */
  knowHookOf(path: string, ours: string): void {
    const { request } = readCall(this.#server, path);
    if (typeof request?.webhookId === "string") this.#ids.set(request.webhookId, ours);
  }

  /** What the sandbox answers differently, as lines; none when it is the same. */
  async play(path: string, token: TokenFor, more: { readonly other?: string } = {}): Promise<string[]> {
    const recorded = readCall(this.#server, path);
    const name = recorded.endpoint.replace(/^\/api\//, "");
    const request = this.#ours(recorded.request) as Json;
    if (request?.i !== undefined) request.i = token;
    if (request?.token !== undefined) request.token = more.other;
    const headers = recorded.bearer ? { authorization: `Bearer ${token}` } : {};
    const answer = await callApi(this.#sandbox, name, request, headers, recorded.method);
    const differences: string[] = [];
    const compare = (what: string, ours: unknown, theirs: unknown): void => {
      const [left, right] = [JSON.stringify(ours), JSON.stringify(theirs)];
      if (left !== right) differences.push(`${path}: ${what} is ${left}, recorded ${right}`);
    };
    compare("status", answer.status, recorded.status);
    compare("www-authenticate", answer.headers.get("www-authenticate"), recorded.headers["www-authenticate"] ?? null);
    if (recorded.status >= 400) {
      if (recorded.body?.statusCode !== undefined)
        compare("keys", Object.keys(answer.json), Object.keys(recorded.body));
      else if (recorded.status < 500) compare("body", answer.json ?? answer.text, recorded.body);
      else compare("code", answer.json?.error?.code, recorded.body.error.code);
      return differences;
    }
    this.#learn(recorded.body, answer.json);
    const [ours = [], theirs = []] = [answer.json ?? "", recorded.body].map((body) =>
      // Alice once had a note favourited, which the sandbox doesn't know of; and which of several hooks have been
      // delivered to is a matter of the day.
      structureOf(body).filter((line) => !/^achievements|^\[\]\.latest/.test(line)),
    );
    for (const line of theirs) if (!ours.includes(line)) differences.push(`${path}: lacks ${line}`);
    for (const line of ours) if (!theirs.includes(line)) differences.push(`${path}: has ${line}`);
    if (differences.length === 0) compare("order of keys", ours, theirs);
    return differences;
  }

  /** The same value with the ids of the sandbox. */
  #ours(value: unknown): unknown {
    if (typeof value === "string") return this.#ids.get(value) ?? value;
    if (Array.isArray(value)) return value.map((entry) => this.#ours(entry));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, this.#ours(entry)]));
  }

  #learn(recorded: Json, ours: Json): void {
    if (typeof recorded !== "object" || recorded === null || typeof ours !== "object" || ours === null) return;
    if (typeof recorded.id === "string" && typeof ours.id === "string") this.#ids.set(recorded.id, ours.id);
    for (const [key, entry] of Object.entries(recorded)) this.#learn(entry, ours[key]);
  }
}
