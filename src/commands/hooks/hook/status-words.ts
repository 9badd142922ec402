// What `latestStatus` means, for people: what came of the latest attempt, and what the instance does next.

/**
 * A sentence for a hook's `latestStatus`: an HTTP status, 1 for no response, null for nothing sent (Misskey 2026.3.2).
 * How often a server tries again differs: the words are those of Misskey since 2024.
 */
export function statusInWords(status: number | null): string {
  if (status === null) return "Nothing was sent yet.";
  if (status === 1) {
    return "No response: refused, timed out (5 s), unknown host, bad certificate, or an address the instance won't call. An event is tried up to four times, a test delivery once.";
  }
  if (status >= 200 && status < 300) return "Delivered.";
  if (status === 401 || status === 403)
    return "Refused: the handler, or what stands before it, let nobody in (another secret, perhaps). It isn't tried again.";
  if (status === 404 || status === 410) return "Refused: there is no handler at this path. It isn't tried again.";
  if (status === 405) return "Refused: what is there takes no POST. It isn't tried again.";
  if (status === 413) return "Refused: the handler takes no body as large as that. It isn't tried again.";
  if (status === 429)
    return "The handler asks for fewer deliveries. An event is tried up to four times, a test delivery once.";
  if (status >= 400 && status < 500) return "Refused by the handler. It isn't tried again.";
  if (status >= 500) return "The handler failed. An event is tried up to four times, a test delivery once.";
  return "Neither delivered nor refused: an event is tried up to four times, a test delivery once.";
}
