// Saves the state so that whatever was answered is on disk. Many calls share one write: it begins when the one before
// has ended, and everything that had changed by then is in it.

/** Saves, and resolves once a write that began after the call has ended. Rejects when that write failed. */
export type Keep = () => Promise<void>;

/**
 * @param write writes the state as it is at that moment
 * @param onFailure is told of the first of failures in a row, besides whoever waited
 */
export function createKeeper(write: () => Promise<void>, onFailure: (error: unknown) => void): Keep {
  let isFailing = false;
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  function start(): Promise<void> {
    const current = write();
    running = current;
    void watch(current).finally(() => {
      if (running === current) running = undefined;
    });
    return current;
  }

  async function watch(current: Promise<void>): Promise<void> {
    try {
      await current;
      isFailing = false;
    } catch (error) {
      // Whoever called is told as well.
      if (!isFailing) onFailure(error);
      isFailing = true;
    }
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
