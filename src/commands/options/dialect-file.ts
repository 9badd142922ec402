// A door of its own to the reading of dialect files: their schema needs zod, which only a run with such a file pays for.
export { parseDialectFile } from "../../protocol/index.js";
