// notes/* but for notes/create: showing, deleting, reacting.
import { deleteNote, isPureRenote } from "../../actions/post-note.js";
import { react, unreact } from "../../actions/react.js";
import { mayRead, packNote } from "../../entities/note.js";
import { pairKey } from "../../world/world.js";
import { ApiError } from "../api-error.js";
import { caller, type Endpoint, endpoint, idParam } from "../endpoint.js";
import { isBlockedBy, noSuchNote, requireNote } from "./find.js";
import { notesCreate } from "./notes-create.js";

const byId = { type: "object", properties: { noteId: idParam }, required: ["noteId"] } as const;
const contentRestricted = {
  message: "Content restricted by user. Please sign in to view.",
  code: "CONTENT_RESTRICTED_BY_USER",
  id: "fbcc002d-37d9-4944-a6b0-d9e29f2d33ab",
};
const notYours = { message: "Access denied.", code: "ACCESS_DENIED", id: "fe8d7103-0ea8-4ec3-814d-f8b401dc69e9" };
const alreadyReacted = {
  message: "You are already reacting to that note.",
  code: "ALREADY_REACTED",
  id: "71efcf98-86d6-4e2b-b2ad-9d032369366b",
};
const blockedFromReacting = {
  message: "You cannot react this note because you have been blocked by this user.",
  code: "YOU_HAVE_BEEN_BLOCKED",
  id: "20ef5475-9f38-4e4c-bd33-de6d979498ec",
};
const cannotReactToRenote = {
  message: "You cannot react to Renote.",
  code: "CANNOT_REACT_TO_RENOTE",
  id: "eaccdc08-ddef-43fe-908f-d108faad57f5",
};
const notReacted = {
  message: "You are not reacting to that note.",
  code: "NOT_REACTED",
  id: "92f4426d-4196-4125-aa5b-02943e2ec8fc",
};

type ById = { readonly noteId: string };

/** The endpoints of notes. */
export const noteEndpoints: readonly Endpoint[] = [
  notesCreate,

  endpoint<ById>({
    name: "notes/show",
    readOnly: true,
    answers: "Note",
    access: {},
    params: byId,
    handle(call, { noteId }) {
      const note = requireNote(call, noteId, noSuchNote("24fcbfc6-2e37-42b6-8388-c29b3861a08d"));
      const author = call.world.users.get(note.userId);
      if (call.user === null && author?.profile.requireSigninToViewContents) throw new ApiError(contentRestricted);
      return packNote(call.world, note, call.user?.id ?? null);
    },
  }),

  endpoint<ById>({
    name: "notes/delete",
    access: { credential: true, permission: "write:notes" },
    params: byId,
    handle(call, { noteId }) {
      const note = requireNote(call, noteId, noSuchNote("490be23f-8c1f-4796-819f-94cb4f9d1630"));
      const { id, isAdmin } = caller(call);
      if (note.userId !== id && !isAdmin) throw new ApiError(notYours);
      deleteNote(call.world, note);
    },
  }),

  endpoint<ById & { readonly reaction: string }>({
    name: "notes/reactions/create",
    access: { credential: true, permission: "write:reactions" },
    params: {
      type: "object",
      properties: { noteId: idParam, reaction: { type: "string" } },
      required: ["noteId", "reaction"],
    },
    handle(call, { noteId, reaction }) {
      const note = requireNote(call, noteId, noSuchNote("033d0620-5bfe-4027-965d-980b0c85a3ea"));
      if (isBlockedBy(call, note.userId)) throw new ApiError(blockedFromReacting);
      // A server has no error of its own for this: it fails.
      if (!mayRead(call.world, note, caller(call).id)) throw new Error("Note not accessible for you.");
      if (isPureRenote(note)) throw new ApiError(cannotReactToRenote);
      const isNew = react(call.world, caller(call), note, reaction);
      if (!isNew && !call.world.behaviour.takesSameReaction) throw new ApiError(alreadyReacted);
    },
  }),

  endpoint<ById>({
    name: "notes/reactions/delete",
    access: { credential: true, permission: "write:reactions" },
    params: byId,
    handle(call, { noteId }) {
      const note = requireNote(call, noteId, noSuchNote("764d9fce-f9f2-4a0e-92b1-6ceac9a7ad37"));
      if (!unreact(call.world, caller(call), note)) throw new ApiError(notReacted);
    },
  }),

  ...(["create", "delete"] as const).map((verb) =>
    endpoint<ById>({
      name: `notes/thread-muting/${verb}`,
      access: { credential: true, permission: "write:account" },
      params: byId,
      handle(call, { noteId }) {
        const errorId =
          verb === "create" ? "5ff67ada-ed3b-2e71-8e87-a1a421e177d2" : "bddd57ac-ceb3-b29d-4334-86ea5fae481a";
        const note = requireNote(call, noteId, noSuchNote(errorId));
        const key = pairKey(caller(call).id, note.threadId ?? note.id);
        if (verb === "create") call.world.mutedThreads.set(key, true);
        else call.world.mutedThreads.delete(key);
      },
    }),
  ),
];
