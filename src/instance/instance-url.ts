// From what people write for an instance (`misskey.example`, `https://misskey.example/`, `127.0.0.1:3939`) to its origin.
import { UsageError } from "../errors.js";
import { addressKind } from "../network/index.js";

/** An instance's address. */
export interface InstanceUrl {
  /** Without a slash at the end: `https://misskey.example`. */
  readonly origin: string;
  /** `misskey.example`, with the port where there is one: what a person calls it. */
  readonly host: string;
  /** It is on this machine, as a sandbox or a development server is. */
  readonly loopback: boolean;
  /** The token would cross a network unencrypted. */
  readonly plainText: boolean;
}

/**
 * Reads an instance's address. Without a scheme it is https, on this machine http. A path is dropped, since the API
 * is always at the root.
 * @throws UsageError `bad-instance-url`
 */
export function parseInstanceUrl(text: string): InstanceUrl {
  const trimmed = text.trim();
  const withScheme = /^[a-z][a-z\d+.-]*:\/\//i.test(trimmed) ? trimmed : withGuessedScheme(trimmed);
  const url = URL.canParse(withScheme) ? new URL(withScheme) : undefined;
  if (url === undefined || url.hostname === "")
    throw new UsageError("bad-instance-url", { trouble: "no-address", text: trimmed });
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new UsageError("bad-instance-url", { trouble: "other-scheme", scheme: url.protocol.slice(0, -1) });
  }
  if (url.username !== "" || url.password !== "") {
    throw new UsageError("bad-instance-url", { trouble: "credentials" });
  }
  const loopback = isLoopback(url.hostname);
  return { origin: url.origin, host: url.host, loopback, plainText: url.protocol === "http:" && !loopback };
}

function withGuessedScheme(text: string): string {
  const plain = `http://${text}`;
  return URL.canParse(plain) && isLoopback(new URL(plain).hostname) ? plain : `https://${text}`;
}

function isLoopback(hostname: string): boolean {
  const kind = addressKind(hostname);
  return kind === "localhost" || kind === "loopback";
}
