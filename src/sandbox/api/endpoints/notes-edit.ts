// notes/edit: Sharkey's, as seen on 2025.4.7. It declares errors for a note that isn't there and for one of somebody
// else, and answers neither of them: both are its internal error.
import { editNote } from "../../actions/edit-note.js";
import { packNote } from "../../entities/note.js";
import type { Note } from "../../world/records.js";
import { ApiError, commonErrors } from "../api-error.js";
import { type Call, caller, type Endpoint, endpoint, idParam } from "../endpoint.js";
import { fileIdsParam, hasNothingElse, idsParam, optionalIdParam, pollParam } from "./note-params.js";
import { ownFiles, type PollParams, pollOf, renoteTarget } from "./notes-create.js";

const limits = { text: 3000, cw: 500 };

interface EditParams {
  readonly editId?: string;
  readonly text?: string | null;
  readonly cw?: string | null;
  readonly renoteId?: string | null;
  readonly fileIds?: readonly string[];
  readonly mediaIds?: readonly string[];
  readonly poll?: PollParams | null;
  readonly visibleUserIds?: readonly string[];
}

function failed(message: string, id: string): ApiError {
  return new ApiError(commonErrors.internal, { e: { message, code: "UnrecoverableError", id } });
}

function ownNote({ world, user }: Call, editId: string | undefined): Note {
  if (editId === undefined) throw failed("edit failed: missing editid", "6422afeb-8e41-4d0d-815f-cb669f784d6a");
  const note = world.notes.get(editId);
  if (note === undefined)
    throw failed(`edit failed for ${editId}: missing oldnote`, "da52904f-5f78-4421-9e1f-6b6469683f86");
  if (note.userId !== user?.id)
    throw failed(`edit failed for ${editId}: user is not the note author`, "d7dff6ee-57af-4f30-b862-60cdf97f2cc1");
  return note;
}

function checkLengths({ text, cw }: EditParams): void {
  if (text && text.length > limits.text) {
    const message = "You tried posting a note which is too long.";
    throw new ApiError({ message, code: "MAX_LENGTH", id: "3ac74a84-8fd5-4bb0-870f-01804f82ce16" });
  }
  if (cw && cw.length > limits.cw) {
    const message = "You tried posting a content warning which is too long.";
    throw new ApiError({ message, code: "MAX_CW_LENGTH", id: "7004c478-bda3-4b4f-acb2-4316398c9d52" });
  }
}

/** Also where both are left out. */
function refuseItself({ editId, renoteId }: EditParams): void {
  if (editId !== renoteId) return;
  const message = "Cannot quote the current note.";
  const id = "33510210-8452-094c-6227-4a6c05d99f02";
  throw new ApiError({ message, code: "CANNOT_QUOTE_THE_CURRENT_NOTE", id });
}

/** Editing an own note. What isn't said again is gone, but for its audience and what it replies to. */
export const notesEdit: Endpoint<EditParams> = endpoint<EditParams>({
  name: "notes/edit",
  access: { credential: true, permission: "write:notes" },
  answers: { createdNote: "Note" },
  params: {
    type: "object",
    properties: {
      editId: idParam,
      cw: { type: "string", nullable: true },
      renoteId: optionalIdParam,
      text: { type: "string", minLength: 1, nullable: true },
      fileIds: fileIdsParam,
      mediaIds: fileIdsParam,
      poll: pollParam,
      visibleUserIds: idsParam,
    },
    if: hasNothingElse,
    // oxlint-disable-next-line unicorn/no-thenable -- a keyword of JSON schema
    then: { properties: { text: { type: "string", minLength: 1, pattern: "[^\\s]+" } }, required: ["text"] },
  },
  handle(call, wanted) {
    const { world } = call;
    checkLengths(wanted);
    const files = ownFiles(call, wanted.fileIds ?? wanted.mediaIds ?? []);
    refuseItself(wanted);
    const renote = wanted.renoteId == null ? undefined : renoteTarget(call, wanted.renoteId, null);
    const newPoll = wanted.poll == null ? null : pollOf(wanted.poll, world.now());
    const note = ownNote(call, wanted.editId);
    const me = caller(call);
    const text = wanted.text?.trim() || null;
    const cw = wanted.cw?.trim() || null;
    const visibleUserIds = (wanted.visibleUserIds ?? []).filter((id) => world.users.has(id));
    editNote(world, me, note, { text, cw, fileIds: files, poll: newPoll, renote, visibleUserIds });
    return { createdNote: packNote(world, note, me.id) };
  },
});
