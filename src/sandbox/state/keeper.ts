// Saves the state so that whatever was answered is on disk. Many calls share one write: it begins when the one before
// has ended, and everything that had changed by then is in it.

/** Saves, and resolves once a write that began after the call has ended. Rejects when that write failed. */
export type Keep = () => Promise<void>;

/** @param write writes the state as it is at that moment */
export function createKeeper(write: () => Promise<void>): Keep {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function start(): Promise<void> {
    const current = write();
    running = current;
    const forget = (): void => {
      if (running === current) running = undefined;
    };
    // Whoever called is told of a failure; this only notes that the write has ended.
    void current.catch(() => {}).then(forget);
    return current;
  }

  return () => {
    if (running === undefined) return start();
    // Its failure is told to those who waited for it, not to us.
    next ??= running
      .catch(() => {})
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
}
