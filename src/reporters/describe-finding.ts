// Findings turned into words, in this one place.
import type { Finding } from "../protocol/index.js";

/** One sentence for a person: `body.note.text is missing: expected string|null`. Not yet safe for a terminal. */
export function describeFinding(finding: Finding): string {
  const { code, path, expected, received } = finding;
  const subject = path === "" ? "The delivery" : path;
  switch (code) {
    case "missing-key":
    case "missing-header":
      return `${subject} is missing: expected ${expected}`;
    case "wrong-type":
    case "wrong-value":
    case "wrong-format":
    case "wrong-header":
    case "wrong-content-type":
    case "header-mismatch":
      return `${subject}: expected ${expected}, received ${received}`;
    case "unknown-event":
      return `No known server sends an event of type ${received}`;
    case "never-sent":
      return `No server known here sends ${received}, though it can be registered`;
    case "foreign-event":
      return `${received} is not ${expected}`;
    case "not-json":
      return `The body is not JSON: ${received}`;
    case "not-an-object":
      return `The body is not an object but ${received}`;
    case "body-mismatch":
      return `${subject}: the recording's body isn't what its raw body says`;
    case "mixed-dialects":
      return `No one server sends this combination; ${path} of ${received} would have to be ${expected}`;
    case "unverified-dialect":
      return `Not verified against a recording: ${received}`;
    case "test-button":
      return "A test delivery, as the test button sends it: real events have other keys";
    default:
      return code satisfies never;
  }
}
