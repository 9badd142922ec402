// Where `send` sends to: the kind of URL that a server delivers to.
import { UsageError } from "../../errors.js";

/**
 * The URL that an argument names. `localhost` is one too, though no server we tried delivers to it.
 * @throws UsageError `invalid-url`
 */
export function readTarget(text: string): URL {
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
