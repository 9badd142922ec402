// Whether a stream gets colours, by the conventions of NO_COLOR and FORCE_COLOR. Apart from the theme, so that
// asking costs nothing at start-up.

/**
 * True when the stream is a terminal, unless `NO_COLOR` (not empty) or `TERM=dumb` says no; `FORCE_COLOR` makes it
 * true for a pipe too, and `FORCE_COLOR=0` false. `NO_COLOR` wins.
 */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  const { NO_COLOR, FORCE_COLOR, TERM } = env;
  if (NO_COLOR !== undefined && NO_COLOR !== "") return false;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  return stream.isTTY === true && TERM !== "dumb";
}
