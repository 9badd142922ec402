// Where `send` sends to: the kind of URL that a server delivers to.
import { UsageError } from "../../errors.js";

/**
 * The URL that an argument names. `localhost` is one too, though no server we tried delivers to it.
 * @throws UsageError `invalid-url`
 */
export function readTarget(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw new UsageError("invalid-url", `“${text}” is no URL that a server delivers to.`, {
      hint: `Write it in full: http://${text.replace(/^[a-z]*:?\/\/|\/$/g, "") || "127.0.0.1:4649"}/`,
    });
  }
  if (url.username !== "" || url.password !== "") {
    throw new UsageError("invalid-url", "The URL carries a user name or password; no server delivers to such a URL.", {
      hint: "Take it out; a header of your own goes with --header.",
    });
  }
  return url;
}

/** `--forward-to <url>`, any number of times. @throws UsageError `invalid-url` */
export function collectTargets(value: string, earlier: readonly URL[] | undefined): URL[] {
  return [...(earlier ?? []), readTarget(value)];
}
