// listen --forward-to: what is accepted is handed on. Apart, because its client takes as long to load as all the rest.
import { Forwarding } from "../../pipeline/index.js";
import { createTheme, shorten } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import type { Setup } from "./setup.js";

/** The sink that hands on. A redirect to somewhere else takes the secret along, as servers do, and is warned of. */
export function openForwarding({ routes, rules }: Setup, context: CommandContext): Forwarding {
  const warned = new Set<string>();
  return new Forwarding({
    routes,
    as: rules.as,
    onRedirect: ({ status, from, to }) => {
      const route = `${new URL(from).host} ${new URL(to).host}`;
      if (new URL(from).host === new URL(to).host || warned.has(route)) return;
      warned.add(route);
      const target = shorten(to, 120);
      // Said with --quiet too: somebody else has the secret now.
      context.note(
        createTheme(context.colour.note).warning(
          `! ${new URL(from).host} answered ${status}: goes on to ${target}, AND THE SECRET GOES ALONG. Servers do the same.`,
        ),
      );
    },
  });
}
