// files/: how files are written, so that each is whole or not there, and by one run at a time.
export { type FileLock, holdFile } from "./hold-file.js";
export { isRunning } from "./is-running.js";
export { putAside } from "./put-aside.js";
export { isThere, type RunIdentity, thisRun } from "./run-identity.js";
export { withFileLock } from "./file-lock.js";
export { createFile, removeDrafts, replaceFile } from "./write-file.js";
