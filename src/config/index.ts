// config/: what outlives a run and what a project says of itself: profiles with their tokens, the project's file.
export { captureFolder } from "./capture-folder.js";
export { configFolder } from "./config-folder.js";
export { hasRecords, RecordFolder } from "./record-folder.js";
export type { RecordKind } from "./record-folder.js";
export { noteListen, secretOfListen } from "./running-listen.js";
export { readPrivateFile, removePrivateFile, writePrivateFile } from "./private-file.js";
export type { Notice } from "./private-file.js";
export { checkProfileName, Profiles } from "./profiles.js";
export type { Profile } from "./profiles.js";
export { findProject, projectFileName, projectSchema } from "./project-file.js";
export type { Project } from "./project-file.js";
export type { ProjectSettings } from "./project-settings.js";
