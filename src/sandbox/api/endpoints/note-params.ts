// The parameters that posting a note and editing one have in common.
import { idParam, type ParamSchema } from "../endpoint.js";

/** Ids, each once. */
export const idsParam: ParamSchema = { type: "array", uniqueItems: true, items: idParam };
/** An id, or null as if it were left out. */
export const optionalIdParam: ParamSchema = { ...idParam, nullable: true };
/** The files of a note. */
export const fileIdsParam: ParamSchema = { ...idsParam, minItems: 1, maxItems: 16 };

/** A poll, with its end as a time or as a span. */
export const pollParam: ParamSchema = {
  type: "object",
  nullable: true,
  properties: {
    choices: {
      type: "array",
      uniqueItems: true,
      minItems: 2,
      maxItems: 10,
      items: { type: "string", minLength: 1, maxLength: 50 },
    },
    multiple: { type: "boolean" },
    expiresAt: { type: "integer", nullable: true },
    expiredAfter: { type: "integer", nullable: true, minimum: 1 },
  },
  required: ["choices"],
};

const nothing = { type: "null" } as const;

/** A note with nothing else needs a text. */
export const hasNothingElse: ParamSchema = {
  properties: { renoteId: nothing, fileIds: nothing, mediaIds: nothing, poll: nothing },
};
