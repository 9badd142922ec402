// Whom the sandbox takes itself for. A page on the web can make a name of its own lead to this machine (DNS rebinding), and
// would then be of the same origin as the sandbox: a Host header that no such page can have is what keeps it out.
import { isIP } from "node:net";

/** Names that nobody on the public internet can own (RFC 6761, ICANN's .internal). */
const privateName = /^(localhost|[^.]+|.+\.(localhost|internal|test))$/;

/**
 * Whether a Host header is the sandbox's own: an address, a name that is never public, or one that it was told of.
 * @param allowed names without port, e.g. `sandbox.example`
 */
export function isOwnHost(header: string | undefined, allowed: readonly string[]): boolean {
  // Without one it is no browser.
  if (header === undefined) return true;
  const name = header.replace(/:\d*$/, "").toLowerCase();
  if (isIP(name.replace(/^\[|\]$/g, "")) !== 0) return true;
  return privateName.test(name) || allowed.some((own) => own.toLowerCase() === name);
}
