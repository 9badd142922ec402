// The accounts that the user signed in with: one file, tokens included. A profile itself never holds its token, so that
// whatever shows profiles can't show one.
import { UsageError } from "../errors.js";
import { configFile } from "./config-folder.js";
import type { Credentials, StoredProfile } from "./credentials.js";
import { type Notice, readPrivateFile, removePrivateFile, writePrivateFile } from "./private-file.js";

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

/** The profiles as they are in the file; every change is written before it resolves. */
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
    const text = await readPrivateFile(path, notice);
    if (text === undefined) return new Profiles(path, notice, { version: 1, current: null, profiles: {} });
    const { parseCredentials } = await import("./credentials.js");
    return new Profiles(path, notice, parseCredentials(text, path));
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
    const entry = this.#entry(name);
    return toProfile(name, entry);
  }

  /** The profile's token, for its instance alone. @throws UsageError `no-such-profile` */
  tokenOf({ name }: Pick<Profile, "name">): string {
    return this.#entry(name).token;
  }

  /**
   * The name that a new profile of an account gets: `wanted` if it is free or already this account's, else with a
   * number behind it.
   */
  freeName(wanted: string, { instance, userId }: Pick<Profile, "instance" | "userId">): string {
    const taken = (name: string): boolean => {
      const entry = Object.hasOwn(this.#content.profiles, name) ? this.#content.profiles[name] : undefined;
      return entry !== undefined && (entry.instance !== instance || entry.userId !== userId);
    };
    let name = wanted;
    for (let number = 2; taken(name); number++) name = `${wanted}-${number}`;
    return name;
  }

  /** Adds or replaces it, and makes it the current one. @throws UsageError `bad-profile-name` */
  async save(profile: Profile, token: string): Promise<void> {
    const { name, permissions, ...rest } = profile;
    checkProfileName(name);
    const profiles = { ...this.#content.profiles, [name]: { ...rest, permissions: [...permissions], token } };
    await this.#write({ ...this.#content, current: name, profiles });
  }

  /** @throws UsageError `no-such-profile` */
  async use(name: string): Promise<void> {
    this.#entry(name);
    await this.#write({ ...this.#content, current: name });
  }

  /** @throws UsageError `no-such-profile`, `bad-profile-name`, `profile-exists` */
  async rename(from: string, to: string): Promise<void> {
    this.#entry(from);
    checkProfileName(to);
    if (from === to) return;
    if (Object.hasOwn(this.#content.profiles, to)) {
      throw new UsageError("profile-exists", `There already is a profile called “${to}”.`, {
        hint: "Choose another name, or take that one away with `misskey-hooks profiles remove`.",
      });
    }
    const entries = Object.entries(this.#content.profiles).map(([name, entry]) => [name === from ? to : name, entry]);
    const current = this.#content.current === from ? to : this.#content.current;
    await this.#write({ ...this.#content, current, profiles: Object.fromEntries(entries) as Credentials["profiles"] });
  }

  /** Takes it away. The current one is then another of the remaining, if only one is left. @throws as `get` */
  async remove(name: string): Promise<void> {
    this.#entry(name);
    const { [name]: _gone, ...profiles } = this.#content.profiles;
    const [only, ...others] = Object.keys(profiles);
    const next = only === undefined || others.length > 0 ? null : only;
    if (only === undefined) {
      await removePrivateFile(this.#path);
      this.#content = { version: 1, current: null, profiles: {} };
      return;
    }
    await this.#write({ version: 1, current: this.#content.current === name ? next : this.#content.current, profiles });
  }

  #entry(name: string): StoredProfile {
    const entry = Object.hasOwn(this.#content.profiles, name) ? this.#content.profiles[name] : undefined;
    if (entry !== undefined) return entry;
    const names = Object.keys(this.#content.profiles);
    throw new UsageError("no-such-profile", `There is no profile called “${name}”.`, {
      hint: names.length === 0 ? "Sign in with `misskey-hooks login <instance>`." : `There are: ${names.join(", ")}.`,
    });
  }

  async #write(content: Credentials): Promise<void> {
    await writePrivateFile(this.#path, `${JSON.stringify(content, undefined, 2)}\n`, this.#notice);
    this.#content = content;
  }
}

function toProfile(name: string, { token: _kept, ...rest }: StoredProfile): Profile {
  return { name, ...rest };
}

/** @throws UsageError `bad-profile-name` */
export function checkProfileName(name: string): void {
  if (namePattern.test(name)) return;
  throw new UsageError("bad-profile-name", `“${name}” can't be the name of a profile.`, {
    hint: "Use letters, digits, dots, dashes, underscores and @.",
  });
}
