// What is told in words: a code, and what there is to say of it.

/** A code with its parameters. */
export interface Fact {
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
}
