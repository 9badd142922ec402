// The shape of what is kept of a recorded server's answers about itself.
import type { Payload } from "./occurrence.js";

/** The recorded answers of one server; `{origin}` and `{host}` stand where its own were. */
export interface Templates {
  readonly meta: Payload;
  /** What `detail` adds. */
  readonly metaDetail: Payload;
  readonly nodeinfo: Payload;
  readonly nodeinfoType: string;
  /** null where the document of that version doesn't exist. */
  readonly nodeinfo21: Payload | null;
  /** null where the index is refused. */
  readonly wellKnown: Payload | null;
  readonly i: Payload;
}
