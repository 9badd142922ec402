// config/: what outlives a run and what a project says of itself: profiles with their tokens, the project's file.
export { configFile, configFolder } from "./config-folder.js";
export { readPrivateFile, removePrivateFile, writePrivateFile } from "./private-file.js";
export type { Notice } from "./private-file.js";
export { Profiles } from "./profiles.js";
export type { Profile } from "./profiles.js";
