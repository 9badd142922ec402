// MiAuth: an app sends a person to /miauth/{session}, they approve, and the app fetches its token once.
import type { FastifyInstance } from "fastify";
import { packUserDetailed } from "../entities/user.js";
import { appTokenLength, newToken } from "../world/users.js";
import type { World } from "../world/world.js";
import { createFormTokens } from "./form-token.js";
import { approvalPage, type AuthRequest, messagePage } from "./page.js";

/** Schemes that a browser would run or open instead of going there. */
const refusedSchemes = new Set(["javascript:", "file:", "data:", "mailto:", "tel:", "vbscript:"]);

/** Reads the page's query; undefined when its callback can't be used. */
function readRequest(session: string, query: URLSearchParams): AuthRequest | undefined {
  const permission = (query.get("permission") ?? "").split(",").filter(Boolean);
  const name = query.get("name");
  const callback = query.get("callback");
  if (callback === null) return { session, name, permission, callback: null };
  if (!URL.canParse(callback) || refusedSchemes.has(new URL(callback).protocol)) return undefined;
  return { session, name, permission, callback: new URL(callback) };
}

function queryOf(url: string): URLSearchParams {
  return new URLSearchParams(url.split("?").slice(1).join("?"));
}

/** Adds the page, its form and the check to the app. `beforeAnswer` is waited for once something has changed. */
export function addMiAuth(app: FastifyInstance, world: World, beforeAnswer: () => Promise<void>): void {
  type BySession = { Params: { session: string } };

  app.post<BySession>("/api/miauth/:session/check", async (request, reply) => {
    reply.header("access-control-allow-origin", "*");
    reply.header("cache-control", "private, max-age=0, must-revalidate");
    const { session } = request.params;
    const token = [...world.appTokens.values()].find((candidate) => candidate.session === session);
    const user = token && world.users.get(token.userId);
    if (token === undefined || user === undefined || token.fetched) return { ok: false };
    token.fetched = true;
    await beforeAnswer();
    return {
      ok: true,
      token: token.token,
      user: world.writer.object("UserDetailedNotMe", packUserDetailed(world, user, null)),
    };
  });

  void app.register(
    (pages, _options, done) => {
      const formTokens = createFormTokens();
      pages.addHook("onRequest", (_request, reply, next) => {
        // Nobody else's page may show it, keep it, or learn its address.
        reply.headers(pageHeaders);
        next();
      });
      pages.removeAllContentTypeParsers();
      pages.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, parsed) =>
        parsed(null, new URLSearchParams(body as string)),
      );

      pages.get<BySession>("/:session", (request, reply) => {
        const asked = readRequest(request.params.session, queryOf(request.url));
        reply.type("text/html; charset=utf-8");
        if (asked === undefined) return reply.code(400).send(messagePage("This callback can't be used", callbackHint));
        return reply.send(approvalPage(asked, [...world.users.values()], formTokens.for(request.url)));
      });

      pages.post<BySession & { Body: URLSearchParams | null }>("/:session", async (request, reply) => {
        const body = request.body ?? new URLSearchParams();
        const asked = readRequest(request.params.session, queryOf(request.url));
        const user = world.users.get(body.get("user") ?? "");
        reply.type("text/html; charset=utf-8");
        if (!formTokens.check(request.url, body.get("token")))
          return reply.code(403).send(messagePage("That can't be done", formTokenHint));
        if (asked === undefined || user === undefined)
          return reply.code(400).send(messagePage("That can't be done", ""));
        if (body.get("answer") !== "approve") return reply.send(messagePage("Denied", "The app got no token."));
        const { session, permission, name, callback } = asked;
        const token = newToken(world, appTokenLength);
        world.appTokens.set(token, { token, userId: user.id, permission, name, session, fetched: false });
        await beforeAnswer();
        if (callback === null) return reply.send(messagePage("Approved", "You can go back to the app now."));
        callback.searchParams.set("session", session);
        return reply.redirect(callback.href);
      });
      done();
    },
    { prefix: "/miauth" },
  );
}

const callbackHint = "The app named an address that a browser would run or open instead of going there.";
const formTokenHint = "It wasn't asked on the page of this sandbox. Open the app's link again.";

const pageHeaders = {
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
