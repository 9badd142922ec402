// notes/edit: Sharkey's.
import { editNote } from "../../actions/edit-note.js";
import { packNote } from "../../entities/note.js";
import { ApiError } from "../api-error.js";
import { caller, type Endpoint, endpoint, idParam } from "../endpoint.js";
import { noSuchNote, requireNote } from "./find.js";

const notTheAuthor = {
  message: "You are not the author of this note.",
  code: "YOU_ARE_NOT_THE_AUTHOR",
  id: "c6e61685-411d-43d0-b90a-a448d2539001",
};

interface EditParams {
  readonly editId: string;
  readonly text?: string | null;
  readonly cw?: string | null;
}

/** Editing an own note. */
export const notesEdit: Endpoint<EditParams> = endpoint<EditParams>({
  name: "notes/edit",
  access: { credential: true, permission: "write:notes" },
  answers: { createdNote: "Note" },
  params: {
    type: "object",
    properties: {
      editId: idParam,
      text: { type: "string", nullable: true, minLength: 1, maxLength: 3000 },
      cw: { type: "string", nullable: true, minLength: 1, maxLength: 500 },
    },
    required: ["editId"],
  },
  handle(call, { editId, text = null, cw = null }) {
    const note = requireNote(call, editId, noSuchNote("eef6c173-3010-4a23-8674-7c4fcaeba719"));
    const me = caller(call);
    if (note.userId !== me.id) throw new ApiError(notTheAuthor);
    editNote(call.world, note, { text, cw });
    return { createdNote: packNote(call.world, note, me.id) };
  },
});
