// Finding what a parameter names, or refusing with the error that the endpoint has for it.
import { pairKey } from "../../world/world.js";
import type { Note, User } from "../../world/records.js";
import { ApiError, type ApiErrorSpec } from "../api-error.js";
import type { Call } from "../endpoint.js";

/** The errors of an endpoint that concerns another user; each endpoint has its own ids. */
export function noSuchUser(id: string): ApiErrorSpec {
  return { message: "No such user.", code: "NO_SUCH_USER", id };
}

/** As above, for notes. */
export function noSuchNote(id: string): ApiErrorSpec {
  return { message: "No such note.", code: "NO_SUCH_NOTE", id };
}

/** @throws ApiError `error` when there is no such user */
export function requireUser(call: Call, userId: string, error: ApiErrorSpec): User {
  const user = call.world.users.get(userId);
  if (user === undefined) throw new ApiError(error);
  return user;
}

/** @throws ApiError `error` when there is no such note */
export function requireNote(call: Call, noteId: string, error: ApiErrorSpec): Note {
  const note = call.world.notes.get(noteId);
  if (note === undefined) throw new ApiError(error);
  return note;
}

/** Whether `userId` blocks the caller. */
export function isBlockedBy(call: Call, userId: string): boolean {
  return call.user !== null && call.world.blocks.has(pairKey(userId, call.user.id));
}
