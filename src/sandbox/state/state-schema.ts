// What a state file has to hold before anything is made of it: it may come from anywhere. Keys that aren't known here are
// kept as they are, so that a newer file loses nothing.
import * as z from "zod/mini";
import type { Job } from "../queue/job.js";
import type { Records } from "../world/world.js";

const text = z.string();
const texts = z.array(text);
const flag = z.boolean();
const number = z.number();
const optionalText = z.nullable(text);
const optionalTime = z.nullable(number);

const job = z.looseObject({
  id: text,
  scope: z.enum(["user", "system"]),
  hookId: text,
  type: text,
  eventId: text,
  url: text,
  secret: text,
  body: text,
  once: flag,
  attempts: z.int().check(z.gte(0)),
  dueAt: number,
  lastStatus: z.optional(optionalTime),
});

const profile = z.looseObject({
  isLocked: flag,
  isBot: flag,
  isCat: flag,
  fields: z.array(z.looseObject({ name: text, value: text })),
  mutedWords: z.array(z.unknown()),
  mutedInstances: texts,
  emailNotificationTypes: texts,
});

const hookSettings = { name: text, on: texts, url: text, secret: text };
const attempts = { latestSentAt: optionalTime, latestStatus: optionalTime };
const relation = z.looseObject({ id: text, createdAt: number, from: text, to: text });

/** One record of each kind. */
const records = {
  users: z.looseObject({
    id: text,
    username: text,
    name: optionalText,
    token: text,
    isAdmin: flag,
    createdAt: number,
    updatedAt: optionalTime,
    lastActiveAt: optionalTime,
    notesCount: number,
    avatarId: optionalText,
    bannerId: optionalText,
    pinnedNoteIds: z.optional(texts),
    profile,
  }),
  appTokens: z.looseObject({
    token: text,
    userId: text,
    permission: texts,
    name: optionalText,
    session: optionalText,
    fetched: flag,
  }),
  notes: z.looseObject({
    id: text,
    createdAt: number,
    userId: text,
    text: optionalText,
    cw: optionalText,
    visibility: z.enum(["public", "home", "followers", "specified"]),
    visibleUserIds: texts,
    tags: texts,
    mentions: texts,
    fileIds: texts,
    replyId: optionalText,
    renoteId: optionalText,
    channelId: optionalText,
    poll: z.nullable(
      z.looseObject({
        multiple: flag,
        expiresAt: optionalTime,
        choices: z.array(z.looseObject({ text, votes: number })),
      }),
    ),
    renoteCount: number,
    repliesCount: number,
    reactions: z.array(z.looseObject({ userId: text, reaction: text })),
  }),
  hooks: z.looseObject({
    id: text,
    createdAt: number,
    userId: text,
    ...hookSettings,
    active: flag,
    ...attempts,
    inForce: z.optional(z.looseObject({ ...hookSettings, active: flag })),
  }),
  systemHooks: z.looseObject({ id: text, isActive: flag, updatedAt: number, ...hookSettings, ...attempts }),
  follows: relation,
  followRequests: relation,
  blocks: relation,
  mutes: relation,
  memos: text,
  mutedThreads: z.literal(true),
  channels: z.looseObject({ id: text, createdAt: number, userId: text, name: text, notesCount: number, noters: texts }),
  files: z.looseObject({
    id: text,
    createdAt: number,
    userId: text,
    name: text,
    type: text,
    md5: text,
    size: number,
    properties: z.looseObject({}),
  }),
  reports: z.looseObject({
    id: text,
    createdAt: number,
    reporterId: text,
    targetUserId: text,
    comment: text,
    assigneeId: optionalText,
    resolved: flag,
    forwarded: flag,
  }),
  reportRecipients: z.looseObject({ id: text, isActive: flag, updatedAt: number, name: text, systemWebhookId: text }),
} satisfies Record<keyof Records, z.ZodMiniType>;

const listed = Object.entries(records).map(([name, record]) => [
  name,
  // Kinds of records that came later are missing in older files.
  z.optional(z.array(z.tuple([text, record as z.ZodMiniType]))),
]);

/** What is in the file. */
export interface StoredState {
  readonly dialect: string;
  readonly records: Readonly<Partial<Record<keyof Records, readonly (readonly [string, unknown])[]>>>;
  readonly jobs: readonly Job[];
}

export const formatName = "misskey-hooks sandbox state";
export const formatVersion = 1;

const stored = z.looseObject({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  dialect: text,
  records: z.looseObject(Object.fromEntries(listed) as Record<string, z.ZodMiniType>),
  jobs: z.array(job),
});

/** Keys that name a user, in whatever record. */
const userKeys = ["userId", "from", "to", "reporterId", "targetUserId"];

/** Whether everything belongs to users that there are. */
function ownersExist({ records: kinds }: StoredState): boolean {
  const users = new Set(kinds.users?.map(([id]) => id));
  const owned = Object.values(kinds).flatMap((entries) => entries.map(([, record]) => record));
  return owned.every(
    (record) =>
      typeof record !== "object" ||
      record === null ||
      userKeys.every((key) => !(key in record) || users.has((record as Readonly<Record<string, string>>)[key] ?? "")),
  );
}

/** The state in a file's text; undefined when it is none, or a part of it isn't what it has to be. */
export function parseState(file: string): StoredState | undefined {
  let value: unknown;
  try {
    value = JSON.parse(file);
  } catch {
    return undefined;
  }
  const parsed = stored.safeParse(value);
  if (!parsed.success) return undefined;
  const state = parsed.data as unknown as StoredState;
  return ownersExist(state) ? state : undefined;
}
