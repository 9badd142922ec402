// messages/: facts in words. A door of its own, because an error is shown without any other reporter.
export type { Messages } from "./en.js";
export { loadWords, speak } from "./speak.js";
