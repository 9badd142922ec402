// The end of several things at once.

/**
 * Waits for what is ending at the same time, so that together it takes no longer than the slowest of it.
 * @throws the first error, once all have ended
 */
export async function allEnded(...ending: readonly Promise<void>[]): Promise<void> {
  const failed = (await Promise.allSettled(ending)).find(({ status }) => status === "rejected");
  if (failed?.status === "rejected") throw failed.reason;
}
