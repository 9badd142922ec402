// `send --dry-run`: shows what would be sent, and sends nothing.
import type { Outcome } from "../../errors.js";
import { maskHeaders, requestAsCurl, requestAsHttp } from "../../reporters/index.js";
import { printableLines } from "../../terminal/index.js";
import type { CommandContext } from "../command.js";
import type { RequestPlan } from "./request.js";

/**
 * Prints the request as HTTP or as a curl command; `--json` gives the object of a delivery with `outcome: "not-sent"`
 * and the body, and the curl command if that was asked for.
 * @param dataFile where a body of the user's own came from; curl then reads it from there too
 */
export function showRequest(
  plan: RequestPlan,
  format: "http" | "curl",
  dataFile: string | undefined,
  context: CommandContext,
): Outcome {
  const { variant, eventId, delivery } = plan.next();
  const { event, url, dialectName, secretHeader } = plan;
  const text = { url, delivery, secretHeader };
  const curl = format === "curl" ? requestAsCurl(text, dataFile) : undefined;
  if (context.json) {
    const shownHeaders = Object.fromEntries(maskHeaders(delivery.headers));
    const request = {
      headers: shownHeaders,
      bytes: delivery.body.length,
      body: Buffer.from(delivery.body).toString("utf8"),
    };
    const shown = { ok: true, event, variant, dialect: dialectName, eventId, url, request };
    const nothing = { attempts: [], outcome: "not-sent" };
    context.result(JSON.stringify({ ...shown, ...nothing, ...(curl === undefined ? {} : { curl }) }));
    return "done";
  }
  const http = requestAsHttp(text);
  context.result(printableLines(curl ?? (context.columns === undefined ? http : readable(http))));
  if (curl?.includes("$MISSKEY_HOOKS_SECRET") === true)
    context.note("The command reads the secret from the environment: export MISSKEY_HOOKS_SECRET=… before it.");
  return "done";
}

/** For a person: the body over many lines, where it is JSON. The length above it stays that of what is sent. */
function readable(http: string): string {
  const end = http.indexOf("\n\n") + 2;
  try {
    return `${http.slice(0, end)}${JSON.stringify(JSON.parse(http.slice(end)), undefined, 2)}`;
  } catch {
    return http;
  }
}
