// Whether an answer looks like that to an accepted delivery. A handler may answer 200 to a wrong secret and do
// nothing; from outside only a difference between the answers shows it.
import type { Answer } from "../probe/answer.js";

/** Answers to plain deliveries with the right secret. */
export interface Accepted {
  readonly answers: readonly Answer[];
}

// What differs between any two answers: ids, hashes, numbers, times.
const volatile = /[0-9a-f]{8}-[0-9a-f-]{27}|\b[0-9a-f]{16,}\b|\b(?=[a-z]*\d)[0-9a-z]{10,}\b|\d+(\.\d+)?/gi;
const volatileHeaders =
  /^(date|connection|keep-alive|content-length|transfer-encoding|etag|age|server-timing|set-cookie|traceparent|x-.*(id|time|ms|duration|runtime|remaining|reset|trace|ray))$/;

const steady = (text: string): string => text.replace(volatile, "#").trim();

function headerNames(answer: Answer): string {
  return Object.keys(answer.headers)
    .filter((name) => !volatileHeaders.test(name))
    .toSorted()
    .join(" ");
}

/** Answering at once, where accepted deliveries take this long, tells them apart. */
const slowWorkMs = 200;

/**
 * True when nothing in the answer (status, kind and text of its body, names of its headers, a marked difference in
 * time) tells it from the accepted ones. Ids, numbers and times in the text count only if accepted answers share them.
 */
export function looksAccepted(answer: Answer, { answers }: Accepted): boolean {
  const isConstant = new Set(answers.map(({ body }) => body)).size === 1;
  const read = isConstant ? (text: string): string => text : steady;
  const fastest = Math.min(...answers.map(({ ms }) => ms));
  if (fastest >= slowWorkMs && answer.ms * 5 < fastest) return false;
  return answers.some(
    (accepted) =>
      accepted.status === answer.status &&
      (accepted.headers["content-type"] ?? "") === (answer.headers["content-type"] ?? "") &&
      headerNames(accepted) === headerNames(answer) &&
      read(accepted.body) === read(answer.body),
  );
}
