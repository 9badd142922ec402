// One of the sandbox's users, for tests in the same process: `sandbox.as("bob").note("hi @alice")`.
// Everything goes through the API's own checks, with the user's token.
import { RefusedError, UsageError } from "../errors.js";
import { ApiError } from "./api/api-error.js";

/** An account of the sandbox, with the token that a test needs. */
export interface SandboxUser {
  readonly username: string;
  readonly id: string;
  /** Native: it may do everything that the user may. */
  readonly token: string;
  readonly admin: boolean;
}

type Json = Readonly<Record<string, unknown>>;

/** A note as `notes/create` answers it. */
export interface ActorNote extends Json {
  readonly id: string;
  readonly text: string | null;
  readonly userId: string;
}

/** A hook as `i/webhooks/create` answers it. */
export interface ActorHook extends Json {
  readonly id: string;
  readonly url: string;
  readonly secret: string;
}

/** A note, or its id. */
export type NoteRef = string | { readonly id: string };

/** What one user can do. Users are named; everything else is as the API of a server has it. */
export interface Actor {
  readonly username: string;
  readonly id: string;
  readonly token: string;
  /**
   * Any endpoint, e.g. `call("channels/create", { name: "dev" })`. undefined for an empty answer.
   * @throws RefusedError with the code of the API in lower case, e.g. `no-such-note`
   */
  call(endpoint: string, params?: Json): Promise<unknown>;
  /** Registers a hook for all events unless `on` says which. */
  hook(
    url: string,
    options?: { readonly secret?: string; readonly on?: readonly string[]; readonly name?: string },
  ): Promise<ActorHook>;
  note(text: string, options?: Json): Promise<ActorNote>;
  reply(note: NoteRef, text: string, options?: Json): Promise<ActorNote>;
  renote(note: NoteRef): Promise<ActorNote>;
  quote(note: NoteRef, text: string, options?: Json): Promise<ActorNote>;
  /** A direct note to users, by name. */
  direct(usernames: readonly string[], text: string, options?: Json): Promise<ActorNote>;
  react(note: NoteRef, reaction: string): Promise<void>;
  deleteNote(note: NoteRef): Promise<void>;
  follow(username: string): Promise<void>;
  unfollow(username: string): Promise<void>;
  /** Removes a follower. */
  removeFollower(username: string): Promise<void>;
  acceptFollow(username: string): Promise<void>;
  rejectFollow(username: string): Promise<void>;
  block(username: string): Promise<void>;
  unblock(username: string): Promise<void>;
  mute(username: string): Promise<void>;
  unmute(username: string): Promise<void>;
  report(username: string, comment: string): Promise<void>;
  /** `i/update`: `{ isLocked: true }`, `{ name: "Bob" }` … */
  update(profile: Json): Promise<void>;
}

/** Calls an endpoint with a token. Rejects with ApiError. */
export type CallWithToken = (endpoint: string, token: string, params: Json) => Promise<unknown>;

const idOf = (note: NoteRef): string => (typeof note === "string" ? note : note.id);

function refusalOf(endpoint: string, error: ApiError): RefusedError {
  const { code, message: text } = error.spec;
  const info = error.info === undefined ? "" : JSON.stringify(error.info);
  const knownAs = code.toLowerCase().replaceAll("_", "-");
  return new RefusedError("refused-by-sandbox", { endpoint, text, info }, { cause: error, knownAs });
}

/**
 * The user of that name.
 * @throws UsageError `no-such-user`
 */
export function createActor(users: readonly SandboxUser[], username: string, callWithToken: CallWithToken): Actor {
  const find = (name: string): SandboxUser => {
    const found = users.find((candidate) => candidate.username === name.toLowerCase());
    if (found) return found;
    throw new UsageError("no-such-user", { name, known: users.map((candidate) => candidate.username) });
  };
  const { id, token, username: ownName } = find(username);

  async function call(endpoint: string, params: Json = {}): Promise<unknown> {
    try {
      return await callWithToken(endpoint, token, params);
    } catch (error) {
      throw error instanceof ApiError ? refusalOf(endpoint, error) : error;
    }
  }
  async function post(params: Json): Promise<ActorNote> {
    const { createdNote } = (await call("notes/create", params)) as { readonly createdNote: ActorNote };
    return createdNote;
  }
  /** For endpoints about one other user whose answer nobody needs. */
  const toward = (endpoint: string) => async (name: string) => void (await call(endpoint, { userId: find(name).id }));

  return {
    username: ownName,
    id,
    token,
    call,
    async hook(
      url,
      {
        secret = "",
        on = ["mention", "unfollow", "follow", "followed", "note", "reply", "renote"],
        name = "hook",
      } = {},
    ) {
      return (await call("i/webhooks/create", { name, url, secret, on })) as ActorHook;
    },
    note: (text, options = {}) => post({ text, ...options }),
    reply: (note, text, options = {}) => post({ text, replyId: idOf(note), ...options }),
    renote: (note) => post({ renoteId: idOf(note) }),
    quote: (note, text, options = {}) => post({ text, renoteId: idOf(note), ...options }),
    direct: (usernames, text, options = {}) =>
      post({ text, visibility: "specified", visibleUserIds: usernames.map((name) => find(name).id), ...options }),
    react: async (note, reaction) => void (await call("notes/reactions/create", { noteId: idOf(note), reaction })),
    deleteNote: async (note) => void (await call("notes/delete", { noteId: idOf(note) })),
    follow: toward("following/create"),
    unfollow: toward("following/delete"),
    removeFollower: toward("following/invalidate"),
    acceptFollow: toward("following/requests/accept"),
    rejectFollow: toward("following/requests/reject"),
    block: toward("blocking/create"),
    unblock: toward("blocking/delete"),
    mute: toward("mute/create"),
    unmute: toward("mute/delete"),
    report: async (name, comment) => void (await call("users/report-abuse", { userId: find(name).id, comment })),
    update: async (profile) => void (await call("i/update", profile)),
  };
}
