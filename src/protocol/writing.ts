// How the servers of a dialect write what the payload tables leave open. Read off recordings of each server; rows
// without recordings have it from their sources.

/** The objects whose keys have an order of their own. */
export type OrderedObject = "UserLite" | "UserDetailedNotMe" | "Note";

type Keys = readonly string[];

/** Keys in the order sent. Keys that a list lacks come behind those that it has. */
export type KeyOrder = Readonly<Record<OrderedObject, Keys>>;

/** What samples and the sandbox need to know besides the payload's tables. */
export interface Writing {
  readonly order: KeyOrder;
  /** Optional keys of the tables that are sent all the same, by object. */
  readonly sends: Readonly<Record<string, Keys>>;
  /** Optional keys of the tables that are not sent, by object. */
  readonly omits: Readonly<Record<string, Keys>>;
  /** The reply inside a note is as detailed as the note: with `clippedCount`, its poll, and the reply inside it. */
  readonly detailedReplies: boolean;
  /** Keys of a note that come with its details, as `clippedCount` does: a nested reply lacks them. */
  readonly noteDetails: Keys;
  /** The files of a note say whose they are; up to 2023.x their `userId` is null (read in the servers' source). */
  readonly filesNameOwner: boolean;
  /** A note that the hook's owner has renoted says so (`isRenoted`). */
  readonly marksRenoted: boolean;
  /** What the test button sends otherwise than Misskey at present, by key, wherever it stands. */
  readonly testButton: {
    /** Keys that have this value. */
    readonly values: Readonly<Record<string, unknown>>;
    /** Keys that are left out. */
    readonly omits: Keys;
  };
}
