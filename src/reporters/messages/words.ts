// What a catalogue of messages is made of, in any language.

/** A fact in words. */
export interface Words {
  /** What happened, and why. */
  readonly message: string;
  /** What to do next: a command to run or a thing to change, as a sentence. */
  readonly hint?: string | undefined;
}
