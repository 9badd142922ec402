// What an endpoint is: a name, who may call it, which parameters it takes, and what it does.
import type { AppToken, HookTarget, User } from "../world/records.js";
import type { World } from "../world/world.js";

/** A JSON schema of parameters, in the words that the server's answers quote. */
export type ParamSchema = Readonly<Record<string, unknown>>;

/** A file that came with a call. */
export interface UploadedFile {
  readonly name: string;
  readonly type: string;
  readonly content: Buffer;
}

/** What the handler knows of the call besides its parameters. */
export interface Call {
  readonly world: World;
  /** Whom the token stands for; null without one. Endpoints that need a credential ask `caller`. */
  readonly user: User | null;
  /** null with a native token. */
  readonly app: AppToken | null;
  readonly file: UploadedFile | null;
  /** Fires a sample of an event at a hook once, the test button. */
  readonly testHook: TestHook;
}

export type TestHook = (target: HookTarget, type: string) => void;

/** Who may call. */
export interface Access {
  /** A token is needed. */
  readonly credential?: boolean;
  /** The permission that an app's token must hold, e.g. `read:account`. */
  readonly permission?: string;
  /** Apps are refused whatever they may: only a native token will do. */
  readonly nativeTokenOnly?: boolean;
  /** Administrators and moderators only. */
  readonly moderator?: boolean;
}

/** At most `max` calls by one user in any `durationMs`. */
export interface RateLimit {
  readonly durationMs: number;
  readonly max: number;
}

/** An object of a payload whose shape differs between dialects. */
export type AnsweredObject = "Note" | "UserLite" | "UserDetailedNotMe" | "AbuseReport";

/** `Params` is what the schema lets through. */
export interface Endpoint<Params = never> {
  /** As in the path after `/api/`. */
  readonly name: string;
  readonly access: Access;
  readonly limit?: RateLimit;
  readonly params: ParamSchema;
  /** Looks at the parameters before they are checked, where servers differ in what they take. May throw ApiError. */
  readonly prepare?: (world: World, params: Record<string, unknown>) => void;
  /** It changes nothing, so there is nothing to keep before it is answered. */
  readonly readOnly?: boolean;
  /** The call is multipart and has to bring a file. */
  readonly needsFile?: boolean;
  /** What the answer holds, for dialects to turn it into their shape: `UserLite`, or `createdNote` → `Note`. */
  readonly answers?: AnsweredObject | { readonly [key: string]: AnsweredObject };
  /** What it answers as JSON; undefined is an empty 204. May throw ApiError. */
  readonly handle: (call: Call, params: Params) => unknown;
}

/** Names the type of an endpoint's parameters inside a list of endpoints. */
export function endpoint<Params = unknown>(spec: Endpoint<Params>): Endpoint<Params> {
  return spec;
}

/** The calling user, where the endpoint's access has made sure that there is one. */
export function caller(call: Call): User {
  if (call.user === null) throw new Error("endpoint declares no credential and asks for its caller");
  return call.user;
}

/** A parameter that is an id. Ids look different from server to server; only the letters are checked. */
export const idParam = { type: "string", format: "misskey:id" } as const;
