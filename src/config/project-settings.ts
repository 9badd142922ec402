// The shape of a project's file; its JSON Schema for editors is generated from it.
// Loaded only where there is such a file.
import * as z from "zod/mini";
import { UsageError } from "../errors.js";
import { parseJson } from "../parse-json.js";

/** Where deliveries are handed on to. */
export interface ProjectRoute {
  readonly url: string;
  readonly events?: readonly string[] | undefined;
  /** As `--where` takes it. */
  readonly where?: string | undefined;
}

/** A project's settings. */
export interface ProjectSettings {
  readonly $schema?: string | undefined;
  readonly instance?: string | undefined;
  readonly profile?: string | undefined;
  readonly url?: string | undefined;
  readonly events?: readonly string[] | undefined;
  readonly dialect?: string | undefined;
  readonly secret?: { readonly env: string } | { readonly file: string } | undefined;
  /** Where `listen` keeps deliveries, as a path within the project. */
  readonly captures?: string | undefined;
  /** Where `listen` hands deliveries on to. Without `events`, all of them. */
  readonly routes?: readonly ProjectRoute[] | undefined;
}

const words = (message: string): z.ZodMiniString => z.string(message).check(z.minLength(1, message));

// A stranger's project could otherwise have any secret of this machine sent to the URL that it names.
const ownVariable = z.regex(
  /hook|misskey/i,
  "a variable with HOOK or MISSKEY in its name, so that it can't be another secret",
);
const ownFile = z.regex(
  /^(?!\/|[a-z]:|.*\\|(.*\/)?\.\.(\/|$))/i,
  "a path within the project, without .. and not from the root",
);

const secretSource = z.union(
  [
    z.strictObject({
      env: words("the name of an environment variable").check(
        ownVariable,
        z.describe("The environment variable that holds it, with HOOK or MISSKEY in its name."),
      ),
    }),
    z.strictObject({
      file: words("the path of a file").check(
        ownFile,
        z.describe("A file of the project that holds it, ignored by git."),
      ),
    }),
  ],
  {
    error: ({ input }) =>
      typeof input === "object"
        ? undefined
        : 'write {"env": "NAME"} or {"file": "path"}; the secret itself never stands in this file',
  },
);

// Real deliveries, direct messages among them, don't go from here to a place that a stranger names.
const route = z.strictObject({
  url: z
    .url("a URL in full, such as http://127.0.0.1:3000/hook")
    .check(
      z.regex(
        /^https?:\/\/(127(\.\d+){3}|localhost|\[::1\])(:\d+)?(\/|$)/,
        "a URL on this machine; others go with --forward-to",
      ),
      z.describe("A handler on this machine."),
    ),
  events: z.optional(
    z.array(words("an event's name"), "a list of events").check(z.describe("These alone; all without it.")),
  ),
  where: z.optional(
    words('an expression such as body.note.visibility == "public"').check(
      z.describe('Deliveries that this holds for, as --where takes it: body.note.visibility == "public".'),
    ),
  ),
});

/** The file's content. */
const projectSettings: z.ZodMiniType<ProjectSettings> = z.strictObject({
  $schema: z.optional(z.string()),
  instance: z.optional(
    words("an instance's address").check(
      z.describe("The instance that hooks are on. Tokens go there only from a profile that belongs to it."),
    ),
  ),
  profile: z.optional(words("a profile's name").check(z.describe("The profile to use, where it exists."))),
  url: z.optional(
    z
      .url("a URL in full, such as http://127.0.0.1:3000/hook")
      .check(z.describe("Where the handler is: `send` delivers there.")),
  ),
  events: z.optional(
    z
      .array(words("an event's name"), "a list of events")
      .check(z.describe("The events that the handler is for: `listen` and `hooks ensure` use them.")),
  ),
  dialect: z.optional(
    words("a dialect").check(z.describe("As which server to send and judge: misskey, misskey@12.119, ./my-fork.json.")),
  ),
  routes: z.optional(
    z.array(route, "a list of routes").check(z.describe("Where `listen` hands deliveries on to, with their secret.")),
  ),
  captures: z.optional(
    words("a folder's path").check(
      ownFile,
      z.describe("The folder where `listen` keeps deliveries, ignored by git. Without it, one outside the project."),
    ),
  ),
  secret: z.optional(secretSource.check(z.describe("Where the hook's secret is found."))),
});

/** The JSON Schema of the file (draft 2020-12), for editors. */
export function schemaOfSettings(): Record<string, unknown> {
  return {
    title: "misskey-hooks.config.json",
    ...z.toJSONSchema(projectSettings),
  };
}

/**
 * Reads a project file's text.
 * @param path for the error's text
 * @throws UsageError `bad-project-file`
 */
export function parseProject(text: string, path: string): ProjectSettings {
  let json: unknown;
  try {
    json = parseJson(text);
  } catch (cause) {
    throw new UsageError("bad-project-file", { path, problem: "not-json", why: (cause as Error).message });
  }
  const parsed = projectSettings.safeParse(json);
  if (parsed.success) return parsed.data;
  const settings = parsed.error.issues.map((issue) => ({
    at: issue.path.join("."),
    why: issue.message,
    ...(issue.code === "unrecognized_keys" ? { unknown: issue.keys } : {}),
  }));
  throw new UsageError("bad-project-file", { path, problem: "unusable", settings });
}
