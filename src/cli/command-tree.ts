// The command tree: names and summaries, each command's code behind an import, so that start-up stays instant.
// It mirrors the folders of src/commands/.
import type { CommandEntry } from "../commands/command.js";

export const commandTree: readonly CommandEntry[] = [
  {
    name: "send",
    summary: "Fire a sample event at a URL, as an instance would",
    load: () => import("../commands/send/index.js"),
  },
  {
    name: "listen",
    summary: "Receive webhooks here, and say what is right and wrong with them",
    load: () => import("../commands/listen/index.js"),
  },
  {
    name: "validate",
    summary: "Check payloads against what servers really send",
    load: () => import("../commands/validate.js"),
  },
  {
    name: "drift",
    summary: "Show what changed between captures and what is known",
    load: () => import("../commands/drift/index.js"),
  },
  {
    name: "check",
    summary: "Play an instance against a handler, and say what would go wrong",
    load: () => import("../commands/check/index.js"),
  },
  {
    name: "captures",
    summary: "See and use the deliveries that listen has kept",
    children: [
      { name: "list", summary: "List them, the newest last", load: () => import("../commands/captures/list.js") },
      { name: "tail", summary: "Show them as they come", load: () => import("../commands/captures/tail.js") },
      {
        name: "show",
        summary: "Show one, also as curl, HTTP or HAR",
        load: () => import("../commands/captures/show.js"),
      },
      {
        name: "export",
        summary: "Write them to a file, as NDJSON",
        load: () => import("../commands/captures/export.js"),
      },
      { name: "import", summary: "Take in recordings", load: () => import("../commands/captures/import.js") },
      { name: "save", summary: "Write one as a fixture for tests", load: () => import("../commands/captures/save.js") },
      { name: "path", summary: "Show where they lie", load: () => import("../commands/captures/path.js") },
      { name: "clear", summary: "Delete them", load: () => import("../commands/captures/clear.js") },
    ],
  },
  {
    name: "replay",
    summary: "Send kept deliveries again, byte for byte",
    load: () => import("../commands/replay/index.js"),
  },
  {
    name: "redact",
    summary: "Put invented names into recordings, so that they can be shown",
    load: () => import("../commands/redact/index.js"),
  },
  {
    name: "hooks",
    summary: "See, make and change the hooks of an account on an instance",
    children: [
      { name: "list", summary: "List the hooks", load: () => import("../commands/hooks/list.js") },
      { name: "show", summary: "Show one hook", load: () => import("../commands/hooks/show.js") },
      { name: "create", summary: "Make a hook", load: () => import("../commands/hooks/create.js") },
      { name: "update", summary: "Change a hook", load: () => import("../commands/hooks/update.js") },
      { name: "enable", summary: "Make a hook active", load: () => import("../commands/hooks/enable.js") },
      {
        name: "disable",
        summary: "Stop a hook, without forgetting it",
        load: () => import("../commands/hooks/disable.js"),
      },
      {
        name: "toggle",
        summary: "Enable a hook that is off, disable one that is on",
        load: () => import("../commands/hooks/toggle.js"),
      },
      {
        name: "ensure",
        summary: "Make a hook be as described, whether it exists or not",
        load: () => import("../commands/hooks/ensure.js"),
      },
      {
        name: "rotate-secret",
        summary: "Give a hook a new secret",
        load: () => import("../commands/hooks/rotate-secret.js"),
      },
      {
        name: "copy",
        summary: "Make the same hook for another account",
        load: () => import("../commands/hooks/copy.js"),
      },
      { name: "export", summary: "Write the hooks to a file", load: () => import("../commands/hooks/export.js") },
      { name: "import", summary: "Make the hooks of a file", load: () => import("../commands/hooks/import.js") },
      {
        name: "watch",
        summary: "Tell what becomes of deliveries, as it happens",
        load: () => import("../commands/hooks/watch.js"),
      },
      { name: "delete", summary: "Delete a hook for good", load: () => import("../commands/hooks/delete.js") },
      {
        name: "test",
        summary: "Have the instance send a test delivery",
        load: () => import("../commands/hooks/test.js"),
      },
    ],
  },
  {
    name: "login",
    summary: "Sign in to an instance, in the browser or with a token",
    load: () => import("../commands/login/index.js"),
  },
  {
    name: "logout",
    summary: "Forget an account and its token",
    load: () => import("../commands/logout.js"),
  },
  {
    name: "whoami",
    summary: "Ask the instance whose token it is",
    load: () => import("../commands/whoami.js"),
  },
  {
    name: "profiles",
    summary: "See and change which accounts are signed in",
    children: [
      { name: "list", summary: "List the profiles", load: () => import("../commands/profiles/list.js") },
      { name: "use", summary: "Make a profile the current one", load: () => import("../commands/profiles/use.js") },
      { name: "rename", summary: "Rename a profile", load: () => import("../commands/profiles/rename.js") },
      {
        name: "remove",
        summary: "Forget a profile and its token",
        load: () => import("../commands/profiles/remove.js"),
      },
    ],
  },
  {
    name: "instance",
    summary: "Show which server an instance runs, and what its webhooks can do",
    load: () => import("../commands/instance.js"),
  },
  {
    name: "config",
    summary: "Show which settings apply here, and where they come from",
    load: () => import("../commands/config.js"),
  },
  {
    name: "doctor",
    summary: "Look for what keeps webhooks from arriving, and say what to do",
    load: () => import("../commands/doctor/index.js"),
  },
  {
    name: "sandbox",
    summary: "Run an instance in a box, to make webhooks fire without one",
    load: () => import("../commands/sandbox/index.js"),
  },
  {
    name: "demo",
    summary: "Watch the whole journey: an instance, a receiver, every event",
    load: () => import("../commands/demo/index.js"),
  },
];
