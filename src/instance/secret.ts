// A hook's secret, wrapped so that it can't slip into output: printed, logged, inspected or turned into JSON it is
// `***` or nothing, and only `reveal()` gives it away.
import { mask } from "../mask.js";

/** A secret. One that is empty shows as empty, because that is worth seeing and gives nothing away. */
export class Secret {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  /** The secret itself: for the server, and for a user who asked for it. */
  reveal(): string {
    return this.#text;
  }

  get isEmpty(): boolean {
    return this.#text === "";
  }

  toString(): string {
    return this.isEmpty ? "" : mask;
  }

  toJSON(): string {
    return this.toString();
  }
}
