// Questions to the person at the terminal. Ctrl-C in one of them ends the run like anywhere else.
import type * as Prompts from "@inquirer/prompts";
import { InterruptedError } from "../errors.js";

/** Where questions are asked: keys come from `input`, and what is drawn goes to `output`, never to stdout. */
export interface PrompterPort {
  readonly input: NodeJS.ReadableStream;
  readonly output: NodeJS.WritableStream;
  readonly signal: AbortSignal;
}

/** A choice of a list. */
interface Choice<Value extends string> {
  readonly value: Value;
  /** How it is listed; the value itself when not given. */
  readonly name?: string;
  /** What it means, shown while the choice is the current one. */
  readonly description?: string;
}

/** True when the text is acceptable, else why it isn't, as a sentence. */
export type Check = (text: string) => true | string;

/** Asks one question at a time. Every method rejects with `InterruptedError` on Ctrl-C. */
export interface Prompter {
  /** A line of text. */
  text(question: string, options?: { initial?: string | undefined; check?: Check }): Promise<string>;
  /** A line of text that isn't shown. */
  hidden(question: string, check?: Check): Promise<string>;
  yesOrNo(question: string, initial: boolean): Promise<boolean>;
  one<Value extends string>(question: string, choices: readonly Choice<Value>[]): Promise<Value>;
  /** At least one of them. */
  some<Value extends string>(question: string, choices: readonly Choice<Value>[]): Promise<Value[]>;
}

function interrupted(error: unknown): unknown {
  const name = error instanceof Error ? error.name : "";
  return name === "ExitPromptError" || name === "AbortPromptError" ? new InterruptedError(error) : error;
}

type Place = { input: NodeJS.ReadableStream; output: NodeJS.WritableStream; signal: AbortSignal };

async function ask<Answer>(
  port: PrompterPort,
  question: (prompts: typeof Prompts, place: Place) => Promise<Answer>,
): Promise<Answer> {
  const prompts = await import("@inquirer/prompts");
  // Ctrl-D and a closed terminal stop the reading, and a prompt would then wait for ever.
  const closed = new AbortController();
  const onPause = (): void => closed.abort();
  port.input.once("pause", onPause);
  try {
    return await question(prompts, { ...port, signal: AbortSignal.any([port.signal, closed.signal]) });
  } catch (error) {
    throw interrupted(error);
  } finally {
    port.input.off("pause", onPause);
  }
}

/** A prompter; the prompts themselves (34 ms) are loaded with the first question. */
export function createPrompter(port: PrompterPort): Prompter {
  return {
    text: (message, { initial, check = () => true } = {}) =>
      ask(port, ({ input }, place) =>
        input({ message, validate: check, ...(initial === undefined ? {} : { default: initial }) }, place),
      ),
    hidden: (message, check = () => true) =>
      ask(port, ({ password }, place) => password({ message, mask: true, validate: check }, place)),
    yesOrNo: (message, initial) => ask(port, ({ confirm }, place) => confirm({ message, default: initial }, place)),
    one: (message, choices) => ask(port, ({ select }, place) => select({ message, choices }, place)),
    some: (message, choices) =>
      ask(port, ({ checkbox }, place) => checkbox({ message, required: true, choices }, place)),
  };
}
