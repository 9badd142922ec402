// What actions publish: one list of everything that anybody outside may hear of, in the order in which it happened.
import type { EventName } from "../../protocol/index.js";

/** A packed entity, in the present shape of Misskey. A dialect bends it later. */
export type Payload = Readonly<Record<string, unknown>>;

/** Something that happened: hooks, streams and the terminal each pick what concerns them. */
export type Occurrence =
  /** An event for a user's hooks; all but `note` go to the user's `main` stream too. */
  | {
      readonly kind: "user-event";
      readonly type: EventName;
      /** As streams call it, where they do otherwise than hooks. */
      readonly streamType?: EventName;
      readonly userId: string;
      readonly body: Payload;
    }
  /** An event for the administrators' hooks. */
  | { readonly kind: "system-event"; readonly type: EventName; readonly body: Payload }
  /** A new note, for timelines. */
  | { readonly kind: "timeline-note"; readonly noteId: string; readonly note: Payload }
  /** For one user's `main` stream alone. */
  | { readonly kind: "notification"; readonly userId: string; readonly notification: Payload }
  /** For whoever subscribed to the note. */
  | { readonly kind: "note-updated"; readonly noteId: string; readonly type: string; readonly body: Payload };
