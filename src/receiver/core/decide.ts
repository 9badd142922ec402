// The receiver's decisions, in their order: 404, 405, 415, 413, then with the body 401, 400, and at last the findings.
// Pure: what it is given is a request's head and body, what it gives back is a status and the reason in words.
import {
  checkDelivery,
  type Dialect,
  dialects,
  type HeaderLookup,
  mediaTypeOf,
  shorten,
  type Verdict,
} from "../../protocol/index.js";
import { parseBody } from "./parse-body.js";
import { type SecretPlace, type SecretSet, wrongSecret } from "./check-secret.js";

/** What a receiver decides by. */
export interface Policy {
  readonly secrets: SecretSet;
  /** Where it has to be; undefined takes the header of the request's own prefix. */
  readonly secretPlace: SecretPlace | undefined;
  /** The one path that is served, without a query; undefined serves every path. */
  readonly path: string | undefined;
  /** The one dialect that is spoken; undefined detects it by the headers. */
  readonly as: Dialect | undefined;
  readonly maxBodyBytes: number;
  /** Findings of severity error are answered with 422. */
  readonly strict: boolean;
  /** The events that are expected; undefined expects all. Others are accepted and reported. */
  readonly expectedEvents: ReadonlySet<string> | undefined;
}

/** What the decisions need of a request's head. */
export interface RequestHead {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: HeaderLookup;
}

/** A request that is turned away without a look at its payload. */
export interface Refusal {
  readonly status: number;
  readonly reason: string;
}

/** What became of a request. `verdict` is there once the payload was looked at. */
export interface Decision {
  readonly status: number;
  readonly reason?: string;
  readonly verdict?: Verdict;
  /** The body's JSON value, where it has one. */
  readonly payload?: unknown;
}

/** What the head alone decides; undefined when the body is worth reading. */
export function decideByHead(head: RequestHead, policy: Policy): Refusal | undefined {
  return (
    otherPath(head, policy) ?? // 404
    otherMethod(head) ?? // 405
    otherContentType(head, policy) ?? // 415
    announcedTooLarge(head, policy) // 413; a body without a length is measured while it is read
  );
}

/** What becomes of a request whose body has arrived whole. */
export function decide(head: RequestHead, body: Uint8Array, policy: Policy): Decision {
  const unauthorized = wrongSecret(head.headers, policy.secrets, policy.secretPlace);
  if (unauthorized !== undefined) return { status: 401, reason: unauthorized };
  const parsed = parseBody(body, head.headers.get("content-encoding"));
  if ("reason" in parsed) return { status: 400, reason: parsed.reason };

  const payload = parsed.value;
  const verdict = checkDelivery({ headers: head.headers, body: payload }, { as: policy.as });
  if (policy.strict && !verdict.ok) {
    return { status: 422, reason: "the payload has findings, and --strict refuses it", verdict, payload };
  }
  const unexpected = policy.expectedEvents !== undefined && !policy.expectedEvents.has(verdict.event ?? "");
  if (!unexpected) return { status: 204, verdict, payload };
  const expected = [...(policy.expectedEvents ?? [])].join(", ");
  return { status: 204, reason: `unexpected event: only ${expected} should come`, verdict, payload };
}

/** The refusal of a body over the limit. */
export function tooLarge(policy: Policy): Refusal {
  return { status: 413, reason: `the body is larger than ${policy.maxBodyBytes} bytes` };
}

function otherPath(head: RequestHead, { path }: Policy): Refusal | undefined {
  if (path === undefined) return undefined;
  const end = head.path.indexOf("?");
  const requested = end === -1 ? head.path : head.path.slice(0, end);
  if (requested === path) return undefined;
  return { status: 404, reason: `the path is ${shorten(requested)}, not ${path}` };
}

function otherMethod({ method }: RequestHead): Refusal | undefined {
  if (method === "POST") return undefined;
  return { status: 405, reason: `the method is ${shorten(method)}, and deliveries are POSTs` };
}

/** Media types that some server sends. */
const knownMediaTypes = new Set(
  dialects.flatMap(({ headers: { contentType } }) => (contentType === null ? [] : [mediaTypeOf(contentType)])),
);

function otherContentType({ headers }: RequestHead, { as }: Policy): Refusal | undefined {
  const contentType = headers.get("content-type");
  if (contentType === "application/json") return undefined;
  const expected = "servers send application/json, or text/plain before Misskey 13.11";
  if (contentType === undefined) {
    // No known server sends none; a fork that a user describes may.
    return as?.headers.contentType === null
      ? undefined
      : { status: 415, reason: `there is no Content-Type; ${expected}` };
  }
  const mediaType = mediaTypeOf(contentType);
  if (knownMediaTypes.has(mediaType) || mediaType.endsWith("+json")) return undefined;
  if (as?.headers.contentType != null && mediaType === mediaTypeOf(as.headers.contentType)) return undefined;
  return { status: 415, reason: `the Content-Type is ${shorten(contentType)}; ${expected}` };
}

function announcedTooLarge({ headers }: RequestHead, policy: Policy): Refusal | undefined {
  return Number(headers.get("content-length") ?? 0) > policy.maxBodyBytes ? tooLarge(policy) : undefined;
}
