// /api.json: what the sandbox offers, as OpenAPI. Clients read three things off a server's: which endpoints exist, which
// events a hook can ask for, and which fields an update insists on.
import type { World } from "../world/world.js";
import type { Endpoint, ParamSchema } from "./endpoint.js";

/** A parameter's schema as OpenAPI 3.1 writes it: null is a type like the others. */
function schemaOf(schema: ParamSchema): unknown {
  const entries = Object.entries(schema).flatMap(([key, value]): [string, unknown][] => {
    if (key === "nullable") return [];
    if (key === "type" && schema["nullable"] === true) return [[key, [value, "null"]]];
    return [[key, nested(value)]];
  });
  return Object.fromEntries(entries);
}

function nested(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(nested);
  return typeof value === "object" && value !== null ? schemaOf(value as ParamSchema) : value;
}

function describe({ access }: Endpoint): string {
  const { credential, moderator, permission, nativeTokenOnly } = access;
  const needed = credential === true || moderator === true ? "Yes" : "No";
  const kind = permission === undefined ? "" : ` / **Permission**: *${permission}*`;
  const internal = nativeTokenOnly === true ? "**Internal Endpoint**: apps are refused.\n" : "";
  return `${internal}**Credential required**: *${needed}*${kind}`;
}

function pathOf(endpoint: Endpoint): [string, unknown] {
  const { name, params, needsFile, readOnly, limit } = endpoint;
  const contentType = needsFile === true ? "multipart/form-data" : "application/json";
  const post = {
    operationId: `post___${name.replaceAll("/", "___")}`,
    summary: name,
    description: describe(endpoint),
    ...(endpoint.access.credential === true ? { security: [{ bearerAuth: [] }] } : {}),
    requestBody: { required: true, content: { [contentType]: { schema: schemaOf(params) } } },
    responses: {
      [readOnly === true ? "200" : "default"]: { description: "OK" },
      "400": { description: "Client error" },
      ...(limit === undefined ? {} : { "429": { description: "Too many requests" } }),
    },
  };
  return [`/${name}`, { post }];
}

/** The document. */
export function openApiOf(world: World, endpoints: readonly Endpoint[]): object {
  const [, version] = world.behaviour.server.split("@");
  return {
    openapi: "3.1.0",
    info: { version, title: "Misskey API" },
    servers: [{ url: `${world.origin}/api` }],
    paths: Object.fromEntries(endpoints.map(pathOf)),
    components: { securitySchemes: { bearerAuth: { type: "http", scheme: "bearer" } } },
  };
}
