// The API on Fastify, the framework that Misskey itself runs on, so that its own 400s, 404s and 413s come out alike.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { errorAnswer } from "./error-answer.js";
import { ApiError, commonErrors } from "./api-error.js";
import { callEndpoint, type Surroundings } from "./call-endpoint.js";
import { maxFileBytes } from "./endpoints/drive.js";
import type { World } from "../world/world.js";
import type { Endpoint } from "./endpoint.js";
import { answerTrouble, refuseMethod, refuseUnknown } from "./trouble.js";
import { acceptMultipart, readMultipart } from "./multipart.js";
import { retryAfterOf } from "./rate-limiter.js";

/**
 * The token of a call: the header where servers take it, `i` in the body otherwise.
 * @throws ApiError where a server refuses to be given both
 */
function tokenOf(request: FastifyRequest, body: unknown, { dialect, behaviour }: World): unknown {
  const { authorization } = request.headers;
  const inBody = (body as { readonly i?: unknown } | null | undefined)?.i;
  if (!dialect.api.bearer || !authorization?.startsWith("Bearer ")) return inBody;
  if (behaviour.refusesTwoTokens && inBody != null) throw new ApiError(commonErrors.authenticationFailed);
  return authorization.slice("Bearer ".length);
}

function sendError(reply: FastifyReply, error: ApiError, { behaviour, now }: World): FastifyReply {
  const { status, challenge, body } = errorAnswer(error, behaviour);
  if (challenge !== undefined) reply.header("www-authenticate", challenge);
  const retryAfter = retryAfterOf(error, now());
  if (retryAfter !== undefined) reply.header("retry-after", retryAfter);
  return reply.code(status).send(body);
}

/** A fault of ours, told as a server tells its own. */
function internalError(error: unknown): ApiError {
  const { message, name } = error instanceof Error ? error : new Error(String(error));
  return new ApiError(commonErrors.internal, { e: { message, code: name, id: crypto.randomUUID() } });
}

/** The answer to a browser that asks whether a page of another origin may call: it may. */
function allowCrossOrigin(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const headers = request.headers["access-control-request-headers"];
  if (headers !== undefined) reply.header("access-control-allow-headers", headers);
  return reply.header("access-control-allow-methods", "GET,HEAD,PUT,PATCH,POST,DELETE").code(204).send();
}

/** Adds `/api/*` to the app. `beforeAnswer` is waited for when a call changed something: what is answered must last. */
export function addApi(
  app: FastifyInstance,
  endpoints: readonly Endpoint[],
  surroundings: Surroundings,
  beforeAnswer: () => Promise<void>,
): void {
  const { world } = surroundings;

  async function answer(endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    if (request.method === "GET" || request.method === "HEAD") return refuseMethod(reply, world.behaviour);
    const { params, file } = endpoint.needsFile ? await readMultipart(request) : { params: request.body, file: null };
    // Whoever calls: what brings no file isn't looked at (Misskey 2025.10; servers on Koa look, and have words for it).
    if (endpoint.needsFile && file === null && !world.behaviour.plainText) return reply.code(400).send();
    try {
      const token = tokenOf(request, params, world);
      if (token != null && typeof token !== "string") return await reply.code(400).send();
      const incoming = { token: token ?? undefined, params, file, address: request.ip };
      const result = await callEndpoint(endpoint, incoming, surroundings);
      if (!endpoint.readOnly) await beforeAnswer();
      return result == null ? reply.code(204).send() : reply.send(result);
    } catch (error) {
      return sendError(reply, error instanceof ApiError ? error : internalError(error), world);
    }
  }

  void app.register(
    async (api) => {
      await acceptMultipart(api, maxFileBytes);
      api.addHook("onRequest", (request, reply, next) => {
        reply.header("access-control-allow-origin", "*");
        if (request.method === "OPTIONS") {
          allowCrossOrigin(request, reply);
        } else {
          reply.header("cache-control", "private, max-age=0, must-revalidate");
          next();
        }
      });
      answerTrouble(api, world.behaviour);
      for (const endpoint of endpoints) {
        api.all(`/${endpoint.name}`, (request, reply) => answer(endpoint, request, reply));
      }
      if (!world.behaviour.plainText) api.get("/*", (_request, reply) => refuseUnknown(reply));
    },
    { prefix: "/api" },
  );
}
