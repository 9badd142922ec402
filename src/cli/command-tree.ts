// The command tree: names and summaries, each command's code behind an import, so that start-up stays instant.
// It mirrors the folders of src/commands/.
import type { CommandEntry } from "../commands/command.js";

export const commandTree: readonly CommandEntry[] = [
  {
    name: "send",
    summary: "Fire a sample event at a URL, as an instance would",
    load: () => import("../commands/send.js"),
  },
  {
    name: "validate",
    summary: "Check payloads against what servers really send",
    load: () => import("../commands/validate.js"),
  },
  {
    name: "sandbox",
    summary: "Run an instance in a box, to make webhooks fire without one",
    load: () => import("../commands/sandbox.js"),
  },
];
