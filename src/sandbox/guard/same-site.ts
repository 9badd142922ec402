// Whether a request comes from a page of another site, as browsers tell it. Programs send neither header.
import type { IncomingHttpHeaders } from "node:http";

/** True unless a browser says that the request is of another origin. A form of another site has `Origin: null` at best. */
export function isSameSite({ origin, host, ...headers }: IncomingHttpHeaders): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}
