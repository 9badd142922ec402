// A capture in the forms of other tools.
import { hookSecretHeaderOf, type StoredCapture, writeCapture } from "../../captures/index.js";
import { forwardedHeaders } from "../../forward/index.js";
import { headerLookup } from "../../protocol/index.js";
import { requestAsCurl, requestAsHttp, type RequestText } from "../../reporters/index.js";
import type { CommandContext } from "../command.js";
import { harOf } from "./har.js";

/** Where it came to, as far as the request says. */
export function urlOf({ delivery }: StoredCapture): string {
  const host = headerLookup(delivery.headers).get("host") ?? "127.0.0.1:4649";
  const url = `http://${host}${delivery.path.startsWith("/") ? delivery.path : "/"}`;
  return URL.canParse(url) ? url : "http://127.0.0.1:4649/";
}

function requestText(capture: StoredCapture): RequestText {
  const { delivery } = capture;
  return {
    url: urlOf(capture),
    delivery: { ...delivery, headers: forwardedHeaders(delivery.headers) },
    secretHeader: hookSecretHeaderOf(delivery) ?? "",
  };
}

/** A body that isn't text can't stand in a command: it is decoded from base64 into a file first. */
function asCurl(capture: StoredCapture): string {
  const body = Buffer.from(capture.delivery.body);
  if (Buffer.from(body.toString("utf8")).equals(body)) return requestAsCurl(requestText(capture));
  const file = `${capture.id}.bin`;
  return `echo ${body.toString("base64")} | base64 -d > ${file} && \\\n${requestAsCurl(requestText(capture), file)}`;
}

/** The capture as text in that form. */
export function captureAs(
  capture: StoredCapture,
  format: "json" | "curl" | "http" | "har",
  context: CommandContext,
): string {
  switch (format) {
    case "json": {
      const line = writeCapture(capture);
      return context.json ? line : JSON.stringify(JSON.parse(line), null, 2);
    }
    case "curl":
      return asCurl(capture);
    case "http":
      return requestAsHttp(requestText(capture));
    case "har":
      return JSON.stringify(harOf(capture, urlOf(capture)), null, context.json ? undefined : 2);
  }
  return format satisfies never;
}
