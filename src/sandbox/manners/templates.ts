// What other servers answer to `meta`, `i` and nodeinfo: recorded answers, each loaded only when the sandbox is to be that
// server.
import type { Manners } from "./manners.js";
import type { Templates } from "./template.js";

const files: Readonly<Record<string, () => Promise<{ readonly templates: Templates }>>> = {
  "cherrypick@4.17.0": () => import("./templates/cherrypick-4-17-0.js"),
  "iceshrimp@2026.5.1": () => import("./templates/iceshrimp-2026-5-1.js"),
  "misskey@12.109.2": () => import("./templates/misskey-12-109-2.js"),
  "misskey@12.119.2": () => import("./templates/misskey-12-119-2.js"),
  "misskey@13.10.3": () => import("./templates/misskey-13-10-3.js"),
  "misskey@13.14.2": () => import("./templates/misskey-13-14-2.js"),
  "misskey@2023.11.1": () => import("./templates/misskey-2023-11-1.js"),
  "misskey@2023.12.2": () => import("./templates/misskey-2023-12-2.js"),
  "misskey@2024.9.0": () => import("./templates/misskey-2024-9-0.js"),
  "misskey@2024.10.1": () => import("./templates/misskey-2024-10-1.js"),
  "misskeyio@2025.4.1-mhq.13": () => import("./templates/misskeyio-2025-4-1-mhq-13.js"),
  "sharkey@2025.4.7": () => import("./templates/sharkey-2025-4-7.js"),
  "sharkey@2024.9.1-rc": () => import("./templates/sharkey-2024-9-1-rc.js"),
};

/** The templates of the server that the manners are of; undefined for the present Misskey, which needs none. */
export async function loadTemplates({ server }: Manners): Promise<Templates | undefined> {
  return (await files[server]?.())?.templates;
}
