// What other servers answer to `meta`, `i` and nodeinfo: recorded answers, in fixtures/instances/.
import { readFixture } from "../../samples/index.js";
import { presentDialect, type ServerBehaviour } from "../../protocol/index.js";
import type { Templates } from "./templates.js";

/** The templates of the server that the behaviour is of; undefined for the present Misskey, which needs none. */
export function loadTemplates({ server }: ServerBehaviour): Templates | undefined {
  return server === presentDialect.behaviour.server
    ? undefined
    : (readFixture(`instances/${server}.json`) as Templates);
}
