// What other servers answer to `meta`, `i` and nodeinfo: recorded answers, in fixtures/instances/.
import { readFixture } from "../../samples/index.js";
import { type Manners, presentManners } from "./manners.js";
import type { Templates } from "./template.js";

/** The templates of the server that the manners are of; undefined for the present Misskey, which needs none. */
export function loadTemplates({ server }: Manners): Templates | undefined {
  return server === presentManners.server ? undefined : (readFixture(`instances/${server}.json`) as Templates);
}
