// The HTTP server of the sandbox: the API, what identifies the instance, and the view on the queue.
import Fastify, { type FastifyInstance } from "fastify";
import { LocalError } from "../errors.js";
import type { Surroundings } from "./api/call-endpoint.js";
import type { Endpoint } from "./api/endpoint.js";
import { openApiOf } from "./api/openapi.js";
import { addApi } from "./api/routes.js";
import { packNodeinfo } from "./entities/instance-info.js";
import { fill } from "./entities/fill-template.js";
import { guard } from "./guard/guard.js";
import { addMiAuth } from "./miauth/routes.js";
import type { RequestEvent } from "./contract.js";
import type { DeliveryQueue } from "./queue/delivery-queue.js";
import { addQueueView } from "./queue/queue-view.js";

/** What the server is made of. */
export interface ServerParts {
  readonly endpoints: readonly Endpoint[];
  readonly surroundings: Surroundings;
  readonly queue: DeliveryQueue;
  /** Names that it answers to, besides addresses and those that are never public. */
  readonly allowedHosts: readonly string[];
  readonly beforeAnswer: () => Promise<void>;
  readonly onRequest: (request: RequestEvent) => void;
}

function addIdentity(app: FastifyInstance, { surroundings: { world } }: ServerParts): void {
  // An instance that doesn't federate hides its nodeinfo index and answers the documents themselves (2026.3.2).
  app.get("/.well-known/nodeinfo", (_request, reply) => {
    const index = world.templates?.wellKnown ?? null;
    return index === null ? reply.code(403).send() : reply.send(fill(world, index));
  });
  for (const schema of ["2.0", "2.1"] as const) {
    const profile = `http://nodeinfo.diaspora.software/ns/schema/${schema}#`;
    const type = world.templates?.nodeinfoType ?? `application/json; profile="${profile}"; charset=utf-8`;
    app.get(`/nodeinfo/${schema}`, (_request, reply) => {
      const document = packNodeinfo(world, schema);
      if (document === undefined) return reply.callNotFound();
      return reply
        .header("access-control-allow-origin", "*")
        .type(type.replace("schema/2.0", `schema/${schema}`))
        .send(document);
    });
  }
}

/** The server, not listening yet. */
export function createServer(parts: ServerParts): FastifyInstance {
  const { surroundings, endpoints, queue, allowedHosts, beforeAnswer, onRequest } = parts;
  const app = Fastify({ forceCloseConnections: true });
  app.addHook("onResponse", (request, reply, done) => {
    const [path = ""] = request.url.split("?");
    const at = surroundings.world.now();
    onRequest({ at, method: request.method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime) });
    done();
  });
  guard(app, allowedHosts);
  addApi(app, endpoints, surroundings, beforeAnswer);
  addMiAuth(app, surroundings.world, beforeAnswer);
  addIdentity(app, parts);
  app.get("/api.json", (_request, reply) =>
    reply.header("cache-control", "public, max-age=600").send(openApiOf(surroundings.world, endpoints)),
  );
  addQueueView(app, queue, beforeAnswer);
  return app;
}

/**
 * Opens the server and gives its origin.
 * @throws LocalError `port-in-use`, `port-not-allowed`, `address-not-available`
 */
export async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw listenError(error as NodeJS.ErrnoException, host, port);
  }
  const address = app.server.address();
  const opened = typeof address === "object" && address !== null ? address.port : port;
  return `http://${host.includes(":") ? `[${host}]` : host}:${opened}`;
}

function listenError(cause: NodeJS.ErrnoException, host: string, port: number): Error {
  if (cause.code === "EADDRINUSE") return new LocalError("port-in-use", { host, port, by: "sandbox" }, { cause });
  if (cause.code === "EACCES") return new LocalError("port-not-allowed", { host, port, by: "sandbox" }, { cause });
  if (cause.code === "EADDRNOTAVAIL" || cause.code === "ENOTFOUND")
    return new LocalError("address-not-available", { host }, { cause });
  return cause;
}
