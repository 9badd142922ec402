// profiles remove: the same as logout, for whoever looks for it here.
export { define } from "../logout.js";
