// Where deliveries are handed on to.

/** A place that deliveries are handed on to. */
export interface Route {
  readonly url: URL;
  /** undefined for all. */
  readonly events?: readonly string[] | undefined;
}

/** Whether a delivery of this event goes there; null for one that names none. */
export function takesEvent({ events }: Route, event: string | null): boolean {
  return events === undefined || (event !== null && events.includes(event));
}

/** Where a delivery goes that came to `path`: a target without a path or query of its own keeps those that came. */
export function targetUrl(url: URL, path: string): URL {
  if (url.pathname !== "/" && url.search !== "") return url;
  const end = path.indexOf("?");
  const came = end === -1 ? { pathname: path, search: "" } : { pathname: path.slice(0, end), search: path.slice(end) };
  const target = new URL(url);
  // A request line may hold anything: only what begins with a slash is a path of the target's own host.
  if (url.pathname === "/" && came.pathname.startsWith("/")) target.pathname = came.pathname;
  if (url.search === "") target.search = came.search;
  return target;
}
