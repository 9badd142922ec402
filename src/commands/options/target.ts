// Where deliveries go to: the kind of URL that a server delivers to, however it is written.
import { UsageError } from "../../errors.js";

const localAddress = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])?(?::\d{1,5})?(?:[/?].*)?$/i;

/** Whether the text is an address of this machine without its scheme: `localhost:3000/hook`, `:4649`. */
export function isLocalAddress(text: string): boolean {
  return localAddress.test(text) && /^(?:localhost|127\.|\[::1\]|:\d)/i.test(text);
}

/** The text with what is left out of an address of this machine: `:3000/hook` is http://127.0.0.1:3000/hook. */
export function completeAddress(text: string): string {
  if (!isLocalAddress(text)) return text;
  return `http://${text.startsWith(":") ? "127.0.0.1" : ""}${text}`;
}

/**
 * The URL that an argument names. `localhost` is one too, though no server we tried delivers to it.
 * @throws UsageError `invalid-url`
 */
export function readTarget(given: string): URL {
  const text = completeAddress(given);
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new UsageError("invalid-url", { trouble: "unusable", text });
  }
  if (url.username !== "" || url.password !== "") {
    throw new UsageError("invalid-url", { trouble: "credentials" });
  }
  return url;
}

/** `--forward-to <url>`, any number of times. @throws UsageError `invalid-url` */
export function collectTargets(value: string, earlier: readonly URL[] | undefined): URL[] {
  return [...(earlier ?? []), readTarget(value)];
}
