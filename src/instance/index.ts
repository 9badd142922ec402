// instance/: a real instance: its API, its errors in words, an account's hooks.
export { whoAmI } from "./account.js";
export type { Account } from "./account.js";
export { createApiClient, userAgent } from "./api-client.js";
export type { ApiClient, Patience } from "./api-client.js";
export { ApiError } from "./api-error.js";
export { addressKind } from "./address-kind.js";
export { checkHook, userEventNames } from "./check-hook.js";
export type { CheckContext } from "./check-hook.js";
export type { Hook, HookFields } from "./hook.js";
export { parseInstanceUrl } from "./instance-url.js";
export type { InstanceUrl } from "./instance-url.js";
export { createHook, deleteHook, findHook, listHooks, testHook, updateHook } from "./manage-hooks.js";
export { approvalUrl, awaitApproval, hookPermissions } from "./miauth.js";
export type { Approval } from "./miauth.js";
export { createDispatcher, networkOfEnv, proxyFor } from "./network.js";
export type { Network } from "./network.js";
export { Secret } from "./secret.js";
