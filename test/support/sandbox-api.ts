// Calls the API of a running sandbox as a bot would, over HTTP.
import type { Sandbox } from "../../src/sandbox/index.js";

/** Parsed JSON of any shape: a test that reaches for what isn't there fails in its expectation. */
// oxlint-disable-next-line typescript/no-explicit-any
export type Json = any;

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed text; undefined when it is empty or no JSON. */
  readonly json: Json;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** POSTs to `/api/<name>` with a JSON body. */
export async function callApi(
  sandbox: Pick<Sandbox, "url">,
  name: string,
  params: unknown = {},
  headers: Record<string, string> = {},
  method = "POST",
): Promise<ApiAnswer> {
  const response = await fetch(`${sandbox.url}/api/${name}`, {
    method,
    ...(method === "GET"
      ? { headers }
      : {
          headers: { "content-type": "application/json", ...headers },
          body: typeof params === "string" ? params : JSON.stringify(params),
        }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: parsed(text) };
}

/** The token of one of the sandbox's users. */
export function tokenOf(sandbox: Pick<Sandbox, "users">, username: string): string {
  const user = sandbox.users.find((candidate) => candidate.username === username);
  if (user === undefined) throw new Error(`the sandbox has no user ${username}`);
  return user.token;
}
