// Keeps pages of other sites away from what isn't the API, which is open to all of them as Misskey's is: there a token is
// asked for, and none can be had without a person's approval on the sandbox's own page.
import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import { isOwnHost } from "./own-host.js";
import { isSameSite } from "./same-site.js";

/** Adds the checks to the app. @param allowed names that it answers to, besides its own */
export function guard(app: FastifyInstance, allowed: readonly string[]): void {
  app.addHook("onRequest", (request, reply, next) => {
    const { headers, url, method } = request;
    if (!isOwnHost(headers.host, allowed)) {
      const name = headers.host?.replace(/:\d*$/, "") ?? "";
      void reply
        .code(403)
        .type("text/plain; charset=utf-8")
        .send(`This sandbox doesn't answer to the name ${name}. Start it with --allow-host ${name} if it should.\n`);
    } else if (method !== "GET" && method !== "HEAD" && !isApi(url) && !isSameSite(headers)) {
      void reply.code(403).type("text/plain; charset=utf-8").send("A page of another site may not do this.\n");
    } else next();
  });
}

function isApi(url: string): boolean {
  return url.startsWith("/api/");
}

/** Whether a stream may be opened: the same of its Host. Its token is asked for elsewhere. */
export function mayUpgrade({ headers }: Pick<IncomingMessage, "headers">, allowed: readonly string[]): boolean {
  return isOwnHost(headers.host, allowed);
}
