// The accounts that the user signed in with: one file, tokens included. A profile itself never holds its token, so that
// whatever shows profiles can't show one.
import { UsageError } from "../errors.js";
import { configFile } from "./config-folder.js";
import type { Credentials, StoredProfile } from "./credentials.js";
import { changePrivateFile, type Notice, readPrivateFile } from "./private-file.js";

/** An account on an instance, signed in to. */
export interface Profile {
  /** What the user calls it. */
  readonly name: string;
  /** The instance's origin, without a slash at the end. The profile's token goes nowhere else. */
  readonly instance: string;
  /** Without host. */
  readonly username: string;
  readonly userId: string;
  /** What was asked for at sign-in; empty for a token that the user brought along. */
  readonly permissions: readonly string[];
  /** ISO 8601. */
  readonly signedInAt: string;
}

/** Letters, digits, dot, dash, underscore and @: what needs no quotes in a shell. */
const namePattern = /^[\p{L}\p{N}][\p{L}\p{N}._@:-]{0,99}$/u;

const none: Credentials = { version: 1, current: null, profiles: {} };

/**
 * The profiles as they were in the file when it was read. A change is made to the file as it is by then, so that two runs
 * at once lose nothing, and is written before it resolves.
 */
export class Profiles {
  readonly #path: string;
  readonly #notice: Notice;
  #content: Credentials;

  private constructor(path: string, notice: Notice, content: Credentials) {
    this.#path = path;
    this.#notice = notice;
    this.#content = content;
  }

  /**
   * Reads the profiles; none when there is no file yet.
   * @throws LocalError `config-damaged`, `config-is-link`, `config-unreadable`
   */
  static async load(env: Readonly<Record<string, string | undefined>>, notice: Notice): Promise<Profiles> {
    const path = configFile(env, "credentials.json");
    return new Profiles(path, notice, await parse(await readPrivateFile(path, notice), path));
  }

  /** Where they are kept. */
  get path(): string {
    return this.#path;
  }

  /** In the order of signing in. */
  get all(): Profile[] {
    return Object.entries(this.#content.profiles).map(([name, entry]) => toProfile(name, entry));
  }

  /** The one that is used when nothing else is said; undefined when nobody is signed in. */
  get current(): Profile | undefined {
    const { current } = this.#content;
    return current === null ? undefined : this.all.find(({ name }) => name === current);
  }

  /** @throws UsageError `no-such-profile` */
  get(name: string): Profile {
    return toProfile(name, entryOf(this.#content, name));
  }

  /** The profile's token, for its instance alone. @throws UsageError `no-such-profile` */
  tokenOf({ name }: Pick<Profile, "name">): string {
    return entryOf(this.#content, name).token;
  }

  /**
   * Adds it, and makes it the current one. One of the same name is replaced if it is the same account's; else the new
   * one's name gets a number behind it.
   * @returns it as it is kept
   * @throws UsageError `bad-profile-name`
   */
  async save(profile: Profile, token: string): Promise<Profile> {
    const { name: wanted, permissions, ...rest } = profile;
    checkProfileName(wanted);
    let name = wanted;
    await this.#change((content) => {
      name = freeName(content, profile);
      const profiles = { ...content.profiles, [name]: { ...rest, permissions: [...permissions], token } };
      return { ...content, current: name, profiles };
    });
    return { ...profile, name };
  }

  /** @throws UsageError `no-such-profile` */
  async use(name: string): Promise<void> {
    await this.#change((content) => {
      entryOf(content, name);
      return { ...content, current: name };
    });
  }

  /** @throws UsageError `no-such-profile`, `bad-profile-name`, `profile-exists` */
  async rename(from: string, to: string): Promise<void> {
    checkProfileName(to);
    await this.#change((content) => {
      entryOf(content, from);
      if (from !== to && Object.hasOwn(content.profiles, to)) {
        throw new UsageError("profile-exists", { name: to });
      }
      const entries = Object.entries(content.profiles).map(([name, entry]) => [name === from ? to : name, entry]);
      const current = content.current === from ? to : content.current;
      return { ...content, current, profiles: Object.fromEntries(entries) as Credentials["profiles"] };
    });
  }

  /** Takes it away. The current one is then another of the remaining, if only one is left. @throws as `get` */
  async remove(name: string): Promise<void> {
    await this.#change((content) => {
      entryOf(content, name);
      const { [name]: _gone, ...profiles } = content.profiles;
      const [only, ...others] = Object.keys(profiles);
      const next = only === undefined || others.length > 0 ? null : only;
      return { ...content, current: content.current === name ? next : content.current, profiles };
    });
  }

  /** Without a profile there is no file. */
  async #change(change: (content: Credentials) => Credentials): Promise<void> {
    let content = none;
    const changed = async (text: string | undefined): Promise<string | undefined> => {
      content = change(await parse(text, this.#path));
      return Object.keys(content.profiles).length === 0 ? undefined : `${JSON.stringify(content, undefined, 2)}\n`;
    };
    await changePrivateFile(this.#path, changed, this.#notice);
    this.#content = content;
  }
}

async function parse(text: string | undefined, path: string): Promise<Credentials> {
  if (text === undefined) return none;
  const { parseCredentials } = await import("./credentials.js");
  return parseCredentials(text, path);
}

function entryOf({ profiles }: Credentials, name: string): StoredProfile {
  const entry = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  if (entry !== undefined) return entry;
  throw new UsageError("no-such-profile", { name, known: Object.keys(profiles) });
}

function freeName({ profiles }: Credentials, { name: wanted, instance, userId }: Profile): string {
  const taken = (name: string): boolean => {
    const entry = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
    return entry !== undefined && (entry.instance !== instance || entry.userId !== userId);
  };
  let name = wanted;
  for (let number = 2; taken(name); number++) name = `${wanted}-${number}`;
  return name;
}

function toProfile(name: string, { token: _kept, ...rest }: StoredProfile): Profile {
  return { name, ...rest };
}

/** @throws UsageError `bad-profile-name` */
export function checkProfileName(name: string): void {
  if (namePattern.test(name)) return;
  throw new UsageError("bad-profile-name", { name });
}
