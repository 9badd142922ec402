// The public API: everything that a program may import from "misskey-hooks".
export { MisskeyHooksError } from "./errors.js";
