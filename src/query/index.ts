// query/: the one language for choosing deliveries, wherever that is done: `--where`, routes.
export { compileQuery } from "./compile-query.js";
export type { QuerySubject } from "./query-subject.js";
export type { Query } from "./compile-query.js";
