// Which instance, as whom, and where each of the two came from: option, then environment, then the project's file, then
// the profile. A profile's token goes to its own instance only, and no token goes where a project's file alone points.
import type { Profile, Profiles, Project } from "../../config/index.js";
import { UsageError } from "../../errors.js";
import { type InstanceUrl, parseInstanceUrl } from "../../instance/index.js";

/** Where a setting came from, in words: `--instance`, `MISSKEY_HOOKS_INSTANCE`, a file's path, `profile alice@…`. */
export type Source = string;

/** What options and environment say. */
export interface AccountChoice {
  readonly instance?: string | undefined;
  readonly profile?: string | undefined;
  readonly tokenFile?: string | undefined;
}

/** Where the token is. */
export type TokenPlace =
  | { readonly kind: "file"; readonly path: string; readonly source: Source }
  | { readonly kind: "env"; readonly source: Source }
  | { readonly kind: "profile"; readonly profile: Profile; readonly source: Source };

/** The outcome; what is undefined nobody said. */
export interface ChosenAccount {
  readonly instance: { readonly url: InstanceUrl; readonly source: Source } | undefined;
  readonly token: TokenPlace | undefined;
}

/** The environment's names for it. */
export const accountVariables = {
  instance: "MISSKEY_HOOKS_INSTANCE",
  token: "MISSKEY_HOOKS_TOKEN",
  profile: "MISSKEY_HOOKS_PROFILE",
} as const;

type Env = Readonly<Record<string, string | undefined>>;

const profileSource = ({ name }: Profile): Source => `profile ${name}`;

/**
 * Chooses instance and token.
 * @throws UsageError `bad-instance-url`, `no-such-profile`, `profile-mismatch`, `ambiguous-profile`,
 * `token-without-instance`
 */
export function chooseAccount(
  flags: AccountChoice,
  env: Env,
  project: Project | undefined,
  profiles: Profiles,
): ChosenAccount {
  const named = flags.profile === undefined ? undefined : profiles.get(flags.profile);
  const instance = chooseInstance({ flags, env, project, profiles, named });
  if (named !== undefined && instance !== undefined && instance.url.origin !== named.instance) {
    const { name, instance: own } = named;
    throw new UsageError("profile-mismatch", { name, own, asked: instance.url.origin });
  }
  const token = chooseToken({ flags, env, project, profiles, named }, instance?.url.origin);
  if (token !== undefined && token.kind !== "profile" && instance?.source === project?.path && project !== undefined) {
    const about = { path: project.path, source: token.source, variable: accountVariables.instance };
    throw new UsageError("token-without-instance", about);
  }
  return { instance, token };
}

interface Voices {
  readonly flags: AccountChoice;
  readonly env: Env;
  readonly project: Project | undefined;
  readonly profiles: Profiles;
  /** The profile of `--profile`. */
  readonly named: Profile | undefined;
}

function chooseInstance(voices: Voices): ChosenAccount["instance"] {
  const { flags, env, project, named } = voices;
  const said: readonly (readonly [address: string | undefined, source: Source])[] = [
    [flags.instance, "--instance"],
    [named?.instance, `profile ${named?.name}`],
    [env[accountVariables.instance] || undefined, accountVariables.instance],
  ];
  const [address, source = ""] = said.find(([text]) => text !== undefined) ?? [];
  if (address !== undefined) return { url: parseInstanceUrl(address), source };
  const preferred = env[accountVariables.profile];
  if (preferred) {
    const profile = voices.profiles.get(preferred);
    return { url: parseInstanceUrl(profile.instance), source: profileSource(profile) };
  }
  if (project?.settings.instance !== undefined) {
    return { url: parseInstanceUrl(project.settings.instance), source: project.path };
  }
  const profile = preferredProfile(voices);
  return profile && { url: parseInstanceUrl(profile.instance), source: profileSource(profile) };
}

/** The profile that counts when none is asked for on the command line. */
function preferredProfile({ env, project, profiles }: Voices): Profile | undefined {
  const name = env[accountVariables.profile] || project?.settings.profile;
  return name === undefined ? profiles.current : profiles.get(name);
}

function chooseToken(voices: Voices, origin: string | undefined): TokenPlace | undefined {
  const { flags, env, named } = voices;
  if (flags.tokenFile !== undefined) return { kind: "file", path: flags.tokenFile, source: "--token-file" };
  if (named !== undefined) return { kind: "profile", profile: named, source: profileSource(named) };
  if (env[accountVariables.token] !== undefined) return { kind: "env", source: accountVariables.token };
  const profile = origin === undefined ? undefined : profileOn(origin, voices);
  return profile && { kind: "profile", profile, source: profileSource(profile) };
}

/** The profile for an instance: the preferred one if it is there, else the only one there. */
function profileOn(origin: string, voices: Voices): Profile | undefined {
  const preferred = preferredProfile(voices);
  if (preferred?.instance === origin) return preferred;
  const [only, ...others] = voices.profiles.all.filter(({ instance }) => instance === origin);
  if (others.length === 0 || only === undefined) return only;
  throw new UsageError("ambiguous-profile", { origin, names: [only, ...others].map(({ name }) => name) });
}
