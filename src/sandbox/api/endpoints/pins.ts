// i/pin and i/unpin: notes of one's own at the top of the profile, so that `pinnedNotes` isn't always empty.
import { packMe } from "../../entities/user.js";
import { ApiError } from "../api-error.js";
import { caller, type Endpoint, endpoint, idParam } from "../endpoint.js";
import { noSuchNote } from "./find.js";

/** How many, by the role that everybody has. */
const maxPins = 5;

const errors = {
  tooMany: {
    message: "You can not pin notes any more.",
    code: "PIN_LIMIT_EXCEEDED",
    id: "72dab508-c64d-498f-8740-a8eec1ba385a",
  },
  already: {
    message: "That note has already been pinned.",
    code: "ALREADY_PINNED",
    id: "8b18c2b7-68fe-4edb-9892-c0cbaeb6c913",
  },
};

const byId = { type: "object", properties: { noteId: idParam }, required: ["noteId"] } as const;
const access = { credential: true, permission: "write:account" } as const;

/** As read in servers' sources; the answer is the account. */
export const pinEndpoints: readonly Endpoint[] = [
  endpoint<{ readonly noteId: string }>({
    name: "i/pin",
    access,
    params: byId,
    handle(call, { noteId }) {
      const me = caller(call);
      const { pinnedNoteIds = [] } = me;
      if (call.world.notes.get(noteId)?.userId !== me.id)
        throw new ApiError(noSuchNote("56734f8b-3928-431e-bf80-6ff87df40cb3"));
      const pinned = pinnedNoteIds.filter((id) => call.world.notes.has(id));
      if (pinned.length >= maxPins) throw new ApiError(errors.tooMany);
      if (pinned.includes(noteId)) throw new ApiError(errors.already);
      me.pinnedNoteIds = [noteId, ...pinned];
      return packMe(call.world, me, call.app === null);
    },
  }),

  endpoint<{ readonly noteId: string }>({
    name: "i/unpin",
    access,
    params: byId,
    handle(call, { noteId }) {
      const me = caller(call);
      if (call.world.notes.get(noteId)?.userId !== me.id)
        throw new ApiError(noSuchNote("454170ce-9d63-4a43-9da1-ea10afe81e21"));
      me.pinnedNoteIds = (me.pinnedNoteIds ?? []).filter((id) => id !== noteId);
      return packMe(call.world, me, call.app === null);
    },
  }),
];
