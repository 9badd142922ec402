// What never reaches an endpoint: unknown paths, other methods, bodies that are no JSON.
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import type { ServerBehaviour } from "../../protocol/index.js";

const reasons: Readonly<Record<number, string>> = {
  400: "Bad Request",
  404: "Not Found",
  405: "Method Not Allowed",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
};

function plain(reply: FastifyReply, status: number): FastifyReply {
  return reply
    .code(status)
    .type("text/plain; charset=utf-8")
    .send(reasons[status] ?? "Bad Request");
}

/** GET on an endpoint. */
export function refuseMethod(reply: FastifyReply, { plainText, getIsUnknown }: ServerBehaviour): FastifyReply {
  if (plainText) return plain(reply, getIsUnknown ? 404 : 405);
  return reply.code(405).send();
}

/** GET on what is no endpoint; other methods get Fastify's own words. As in the source of Misskey 13 and later. */
export function refuseUnknown(reply: FastifyReply): FastifyReply {
  const id = "2ca3b769-540a-4f08-9dd5-b5a825b6d0f1";
  const error = { message: "Unknown API endpoint.", code: "UNKNOWN_API_ENDPOINT", id, kind: "client" };
  return reply.code(404).send({ error });
}

/** Makes the API answer trouble as servers of this behaviour do; Fastify's own answers are the present Misskey's. */
export function answerTrouble(api: FastifyInstance, { plainText, codeOfBadJson }: ServerBehaviour): void {
  if (plainText) {
    api.setNotFoundHandler((_request, reply) => void plain(reply, 404));
    api.setErrorHandler((error: FastifyError, _request, reply) => void plain(reply, error.statusCode ?? 500));
  } else if (!codeOfBadJson) {
    api.setErrorHandler((error: FastifyError, _request, reply) => {
      const { statusCode = 500, message } = error;
      // Before version 5 of Fastify broken JSON was the parser's error; all others had their code (seen on Sharkey 2025.4.5).
      const code = error.code === "FST_ERR_CTP_INVALID_JSON_BODY" ? {} : { code: error.code };
      void reply.code(statusCode).send({ statusCode, ...code, error: reasons[statusCode] ?? "Bad Request", message });
    });
  }
}
