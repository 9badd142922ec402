// Every finding code: what it means, and what to do about it. `explain`, the docs and the reporters read this table.

/** One code's meaning and advice, each a sentence or two. */
export interface FindingCodeInfo {
  readonly title: string;
  readonly meaning: string;
  readonly advice: string;
}

export type FindingCode =
  | "not-json"
  | "not-an-object"
  | "missing-key"
  | "wrong-type"
  | "wrong-value"
  | "wrong-format"
  | "unknown-event"
  | "never-sent"
  | "foreign-event"
  | "missing-header"
  | "wrong-header"
  | "wrong-content-type"
  | "header-mismatch"
  | "body-mismatch"
  | "mixed-dialects"
  | "unverified-dialect"
  | "test-button";

export const findingCodes: Readonly<Record<FindingCode, FindingCodeInfo>> = {
  "not-json": {
    title: "The body is not JSON",
    meaning: "Servers send a JSON object as the body; this one can't be parsed.",
    advice: "Look at the raw bytes: a proxy may have cut, compressed or re-encoded them.",
  },
  "not-an-object": {
    title: "The body is not an object",
    meaning: "The body is valid JSON, and servers only ever send an object.",
    advice: "Send the whole envelope, {…, type, body}, and not a part of it.",
  },
  "missing-key": {
    title: "A key is missing",
    meaning: "The dialect always sends this key; null and absent are different things to it.",
    advice: "Add the key (with null where the type allows it), or name the dialect that leaves it out with --as.",
  },
  "wrong-type": {
    title: "A value has another type",
    meaning: "The key is there, and its value is of a type that the dialect never sends.",
    advice: "Compare with a sample: misskey-hooks send <event> --dry-run.",
  },
  "wrong-value": {
    title: "A value is none of the known ones",
    meaning: "The key takes one of a few values, and this is another.",
    advice: "Use one of the values listed; if your server really sends this one, describe the fork in a file for --as.",
  },
  "wrong-format": {
    title: "A value has another format",
    meaning:
      "The type is right, and the text or number isn't of the form that servers send (UUIDv4, ISO 8601, milliseconds).",
    advice:
      "eventId is a UUIDv4; createdAt is an integer of milliseconds in the envelope and an ISO 8601 string inside notes and users.",
  },
  "unknown-event": {
    title: "The event is unknown",
    meaning: "No known server sends an event of this type, so its body can't be checked.",
    advice: "A receiver should accept and ignore it: servers add events. Check the spelling if you wrote it yourself.",
  },
  "never-sent": {
    title: "No known server sends the event",
    meaning: "It can be registered, and no server known here sends it; a fork may.",
    advice:
      "Don't build on it. Reactions, for instance, reach a bot through the streaming API. A fork that sends it is described in a file for --as.",
  },
  "foreign-event": {
    title: "The event belongs to another family",
    meaning: "Servers of this dialect don't have this event.",
    advice: "Name the family that sends it with --as, or leave the event out.",
  },
  "missing-header": {
    title: "A header is missing",
    meaning:
      "Every delivery of the dialect carries this header. An empty secret still sends its header, with an empty value.",
    advice: "If a proxy stands in between, let it pass the header on.",
  },
  "wrong-header": {
    title: "A header has another value",
    meaning: "The dialect always sends another value in this header.",
    advice: "Name the dialect that sends it with --as, or mend the sender.",
  },
  "wrong-content-type": {
    title: "The content type is another",
    meaning:
      "Misskey from 13.11 on and most forks send application/json; 12.109 to 13.10 send text/plain;charset=UTF-8.",
    advice: "Receivers that must serve old servers have to parse the body as JSON under both types.",
  },
  "header-mismatch": {
    title: "Header and body disagree",
    meaning:
      "The hook id in the header and hookId in the body are the same on all servers known here; so are the host header and the host of server.",
    advice: "One of the two was changed on the way, or the sample was put together by hand.",
  },
  "body-mismatch": {
    title: "The recording contradicts itself",
    meaning: "The recording's parsed body isn't what its raw body says.",
    advice: "Trust bodyRaw; the file was edited in one place only.",
  },
  "mixed-dialects": {
    title: "Fits no one server",
    meaning: "Each part of the payload is sent by some known server, but no known one sends this combination.",
    advice: "Name the server that you mean with --as to see what differs from it.",
  },
  "unverified-dialect": {
    title: "The dialect is not verified",
    meaning: "This dialect is known by its documentation or source alone; no delivery of such a server was recorded.",
    advice: "Take the verdict as a hint, and contribute a recording if you run such a server.",
  },
  "test-button": {
    title: "This is a test delivery",
    meaning:
      "The payload comes from the test button (i/webhooks/test), whose notes and users have other keys than real events.",
    advice: "Don't develop against it: misskey-hooks send fires what real events look like.",
  },
};
