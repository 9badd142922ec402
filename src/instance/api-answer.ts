// What came back from an instance, before anybody has made sense of it.

/** An answer as it came, read to its end. */
export interface ApiAnswer {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}
