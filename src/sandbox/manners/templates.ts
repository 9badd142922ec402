// What other servers answer to `meta`, `i` and nodeinfo: recorded answers, into which the sandbox puts its own values.
import type { Payload } from "../world/occurrence.js";
import type { Manners } from "./manners.js";

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

const json = { with: { type: "json" } } as const;

const files: Readonly<Record<string, () => Promise<{ readonly default: Templates }>>> = {
  "cherrypick@4.17.0": () => import("./templates/cherrypick@4.17.0.json", json),
  "iceshrimp@2026.5.1": () => import("./templates/iceshrimp@2026.5.1.json", json),
  "misskey@12.109.2": () => import("./templates/misskey@12.109.2.json", json),
  "misskey@12.119.2": () => import("./templates/misskey@12.119.2.json", json),
  "misskey@13.10.3": () => import("./templates/misskey@13.10.3.json", json),
  "misskey@13.14.2": () => import("./templates/misskey@13.14.2.json", json),
  "misskey@2023.11.1": () => import("./templates/misskey@2023.11.1.json", json),
  "misskey@2023.12.2": () => import("./templates/misskey@2023.12.2.json", json),
  "misskeyio@2025.4.1-mhq.13": () => import("./templates/misskeyio@2025.4.1-mhq.13.json", json),
  "sharkey@2024.9.1-rc": () => import("./templates/sharkey@2024.9.1-rc.json", json),
};

/** The templates of the server that the manners are of; undefined for the present Misskey, which needs none. */
export async function loadTemplates({ server }: Manners): Promise<Templates | undefined> {
  return (await files[server]?.())?.default;
}
