// A capture as HAR 1.2, which browsers' developer tools and proxies read.
import type { StoredCapture } from "../../captures/index.js";
import { headerLookup } from "../../protocol/index.js";

interface NamedValue {
  readonly name: string;
  readonly value: string;
}

function postData({ delivery }: StoredCapture): Readonly<Record<string, unknown>> {
  const body = Buffer.from(delivery.body);
  const text = body.toString("utf8");
  const mimeType = headerLookup(delivery.headers).get("content-type") ?? "";
  // HAR has an encoding for answers alone; a comment is where it allows more.
  return Buffer.from(text).equals(body)
    ? { mimeType, text }
    : { mimeType, text: body.toString("base64"), comment: "base64: the body is no UTF-8" };
}

/** The log of one entry; what we answered is its response. */
export function harOf(capture: StoredCapture, url: string): object {
  const { delivery, facts, at, httpVersion } = capture;
  const headers = delivery.headers.map(([name, value]): NamedValue => ({ name, value }));
  const queryString = [...new URL(url).searchParams].map(([name, value]): NamedValue => ({ name, value }));
  const request = {
    method: delivery.method,
    url,
    httpVersion: `HTTP/${httpVersion}`,
    cookies: [],
    headers,
    queryString,
    headersSize: -1,
    bodySize: delivery.body.length,
    postData: postData(capture),
  };
  const content = { size: 0, mimeType: "", text: "" };
  const response = {
    status: facts.status ?? 0,
    statusText: "",
    httpVersion: `HTTP/${httpVersion}`,
    cookies: [],
    headers: [],
    content,
    redirectURL: "",
    headersSize: -1,
    bodySize: -1,
  };
  const timings = { send: 0, wait: 0, receive: 0 };
  const entry = { startedDateTime: at, time: 0, request, response, cache: {}, timings };
  return { log: { version: "1.2", creator: { name: "misskey-hooks", version: "1" }, entries: [entry] } };
}
