// Accounts: making them, finding them by token.
import type { AppToken, Profile, User } from "./records.js";
import type { World } from "./world.js";

const freshProfile: Profile = {
  isLocked: false,
  isBot: false,
  isCat: false,
  description: null,
  followedMessage: null,
  location: null,
  birthday: null,
  lang: null,
  fields: [],
  publicReactions: true,
  followersVisibility: "public",
  followingVisibility: "public",
  chatScope: "mutual",
  injectFeaturedNote: true,
  receiveAnnouncementEmail: true,
  alwaysMarkNsfw: false,
  autoSensitive: false,
  carefulBot: false,
  autoAcceptFollowed: true,
  noCrawle: false,
  preventAiLearning: true,
  isExplorable: true,
  hideOnlineStatus: false,
  requireSigninToViewContents: false,
  makeNotesFollowersOnlyBefore: null,
  makeNotesHiddenBefore: null,
  mutedWords: [],
  hardMutedWords: [],
  mutedInstances: [],
  notificationRecieveConfig: {},
  emailNotificationTypes: ["follow", "receiveFollowRequest"],
  alsoKnownAs: null,
};

const tokenAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** Length of a native token: how servers tell it from an app's. */
const nativeTokenLength = 16;

/** Length of an app's token. */
export const appTokenLength = 32;

/** A token of `length` characters. */
export function newToken(world: World, length: number): string {
  const letters = Array.from({ length }, () => tokenAlphabet[Math.floor(world.random() * tokenAlphabet.length)]);
  return letters.join("");
}

/** Makes an account; announces nothing. */
export function addUser(world: World, username: string, more: { readonly isAdmin?: boolean } = {}): User {
  const user: User = {
    id: world.newId(),
    username,
    name: null,
    token: newToken(world, nativeTokenLength),
    isAdmin: more.isAdmin ?? false,
    createdAt: world.now(),
    updatedAt: null,
    lastActiveAt: null,
    notesCount: 0,
    avatarId: null,
    bannerId: null,
    profile: structuredClone(freshProfile),
  };
  world.users.set(user.id, user);
  return user;
}

/** Who calls: a user by the native token, or an app in a user's name. */
export interface Caller {
  readonly user: User;
  /** null with the native token. */
  readonly app: AppToken | null;
}

/** The caller that a token stands for; undefined when it stands for nobody. */
export function findCaller(world: World, token: string): Caller | undefined {
  if (token.length === nativeTokenLength) {
    for (const user of world.users.values()) if (user.token === token) return { user, app: null };
    return undefined;
  }
  const app = world.appTokens.get(token);
  const user = app && world.users.get(app.userId);
  return app && user ? { user, app } : undefined;
}

const names = ["admin", "alice", "bob", "carol", "dave", "erin", "frank", "grace", "heidi", "ivan", "judy"];

/** The first `count` accounts, as far as they aren't there yet: admin, alice and bob always, then carol, dave and so on. */
export function seedUsers(world: World, count: number): void {
  const present = new Set([...world.users.values()].map(({ username }) => username.toLowerCase()));
  for (let index = 0; index < Math.max(3, count); index++) {
    const name = names[index] ?? `user${index + 1}`;
    if (!present.has(name)) addUser(world, name, { isAdmin: index === 0 });
  }
}
