// Gives the errors their words. The library's entries do it at once, the program when there is an error to show.
import { useWords } from "../../errors.js";
import type { Messages } from "./en.js";
import { say } from "./say.js";

/** From now on the messages and hints of errors are those of this catalogue. */
export function speak({ errors }: Messages): void {
  useWords((code, params) => say(errors, code, params) ?? { message: code });
}

/** Loads the words of errors and uses them. Apart from a run's start, because most runs end without an error. */
export async function loadWords(): Promise<void> {
  speak((await import("./en.js")).en);
}
