// What the system said when something failed, as far as it can be told to a user.

/** An error of the system: its code (`EACCES`), empty when there is none, and its own words. */
export interface Fault {
  readonly code: string;
  readonly message: string;
}
