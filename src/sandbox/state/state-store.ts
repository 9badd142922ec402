// Where the state is kept while a sandbox runs: in a file that it has for itself, or nowhere.
import type { State } from "./state-file.js";
import { holdState, readState, writeState } from "./state-file.js";

/** A state that is kept. */
export interface StateStore {
  /** What was there at first; undefined when nothing was. */
  readonly stored: State | undefined;
  /** @throws LocalError `state-not-writable` */
  readonly write: (state: Omit<State, "dialect">) => Promise<void>;
  /** Lets others have the file. Never throws. */
  readonly release: () => Promise<void>;
}

const nowhere: StateStore = { stored: undefined, write: async () => {}, release: async () => {} };

/**
 * Opens the file; without a path nothing is kept.
 * @throws LocalError `state-in-use`, `state-not-writable`, `corrupt-state`, `unreadable-state`
 * @throws UsageError `state-of-another-dialect`
 */
export async function openStore(path: string | undefined, dialect: string, now: number): Promise<StateStore> {
  if (path === undefined) return nowhere;
  const lock = await holdState(path);
  try {
    const stored = await readState(path, dialect, now);
    return {
      stored,
      write: (state) => writeState(path, { dialect, ...state }),
      release: lock.release,
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
