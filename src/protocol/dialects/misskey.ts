// Misskey, from its first version with webhooks on. Each row says how it differs from the next newer one.
import type { ApiRules, DeliveryPolicy, Dialect } from "../dialect.js";
import { pickEvents } from "../events.js";
import type { ServerBehaviour } from "../server-behaviour.js";
import type { Writing } from "../writing.js";
import { headersOf, sevenKeys, sixKeys, textPlain } from "./headers-and-envelopes.js";
import { misskey12Order, misskeyOrder } from "./misskey-key-order.js";
import * as payloads from "./misskey-payloads.js";

/** What a user's hook can ask for, on every version. */
export const userEvents = ["note", "reply", "renote", "mention", "follow", "followed", "unfollow", "reaction"] as const;
/** What an administrator's can, from 2024.7.0 on (read in the tags' sources). */
export const reportEvents = ["abuseReport", "abuseReportResolved", "userCreated"] as const;
/** From 2024.10.1 on. */
export const moderatorEvents = ["inactiveModeratorsWarning", "inactiveModeratorsInvitationOnlyChanged"] as const;

/** Seen on 2024.9.0, 2024.10.1 and 2026.3.2: all four attempts, and which answers end them. */
const policy: DeliveryPolicy = {
  attempts: 4,
  baseDelayMs: 60_000,
  jitterRatio: 0.2,
  timeoutMs: 5_000,
  retried: { clientError: false, tooManyRequests: true, serverError: true, other: true, noResponse: true },
};

const api: ApiRules = {
  updateRequires: [],
  updateErasesSecret: false,
  updateTakesEffectLate: false,
  secretRequired: false,
  hookLimit: 3,
  limitIsOneShort: false,
  bearer: true,
  streamToken: "header",
  streamTellsSpecified: true,
  editsComeAsReplies: false,
  testEndpoint: true,
  systemWebhooks: true,
  systemSecretRequired: false,
  reportsNeedRecipient: false,
};

/** How Misskey writes at present, which is how the sample files are written. */
const writing: Writing = {
  order: misskeyOrder,
  sends: {},
  omits: {},
  detailedReplies: false,
  noteDetails: [],
  filesNameOwner: true,
  marksRenoted: false,
  testButton: { values: {}, omits: [] },
};

const behaviour: ServerBehaviour = {
  server: "misskey@2026.3.2",
  realm: "Misskey",
  badTokenStatus: 401,
  barelyWrapped: false,
  missingPermissionStatus: 403,
  accessDeniedStatus: 400,
  plainText: false,
  codeOfBadJson: true,
  getIsUnknown: false,
  refusesTwoTokens: false,
  accountIsOpen: false,
  mutesMentions: false,
  mergesSameNotes: false,
  countsAtOnce: false,
  blocksMentions: false,
  mentionsRecipientsOnly: false,
  packsForOwner: false,
  repliesShowPolls: false,
  refusesLongText: false,
  takesEmptyCw: false,
  takesSameReaction: false,
  hidesNotesOfBlockers: false,
  hidesInvisibleTargets: false,
  failsOnInvisibleRenote: false,
  ignoresIdleUpdates: false,
  countsQuotes: true,
  hooksHaveCreatedAt: false,
  omitsLatestSentAt: false,
};

export const misskey2025_4: Dialect = {
  family: "misskey",
  since: "2025.4",
  title: "Misskey",
  evidence: "recorded",
  source: "Misskey 2026.3.2",
  software: { name: "misskey" },
  headers: headersOf("Misskey", "x-misskey-"),
  envelope: sevenKeys,
  events: pickEvents(...userEvents, ...reportEvents, ...moderatorEvents),
  earlier: [],
  payload: {},
  testButton: {},
  testButtonForm: "wrapped",
  samplesOf: "misskey@2025.4",
  hidesNonPublicNotes: false,
  ids: "aidx",
  avatars: { identicon: "account", files: "proxy" },
  writing,
  policy,
  api,
  behaviour,
};

const noPoll = ["hasPoll"];

/** An administrators' hook can do without a secret from 2025.8.0 on: seen on 2026.3.2, on Sharkey 2025.4.7 not yet. */
export const misskey2025_1: Dialect = {
  ...misskey2025_4,
  since: "2025.1",
  evidence: "source",
  source: "Misskey 2025.3's source",
  payload: payloads.payloadOf2024_10,
  testButton: payloads.testButtonOf2024_10,
  samplesOf: "misskey@2025.1",
  writing: {
    ...writing,
    omits: { Note: noPoll },
    testButton: { values: { avatarUrl: null, emojis: [] }, omits: ["chatScope", "canChat"] },
  },
  api: { ...api, systemSecretRequired: true },
  behaviour: { ...behaviour, server: "misskey@2024.10.1", codeOfBadJson: false, countsAtOnce: true },
};

const misskey2024_11: Dialect = {
  ...misskey2025_1,
  since: "2024.11",
  source: "Misskey 2024.11's history",
  samplesOf: "misskey@2024.11",
  api: { ...misskey2025_1.api, reportsNeedRecipient: true },
};

export const misskey2024_10: Dialect = {
  ...misskey2024_11,
  since: "2024.10",
  evidence: "recorded",
  source: "Misskey 2024.10.1",
  earlier: [{ before: "2024.10.1", events: pickEvents(...userEvents, ...reportEvents) }],
  testButtonForm: "direct",
  samplesOf: "misskey@2024.10",
};

export const misskey2024: Dialect = {
  ...misskey2024_10,
  since: "2024",
  source: "Misskey 2024.9.0",
  events: pickEvents(...userEvents, ...reportEvents),
  // When an update could leave keys out: read in the source, as which events there are.
  earlier: [
    { before: "2024.9", api: { testEndpoint: false } },
    {
      before: "2024.7",
      events: pickEvents(...userEvents),
      api: { systemWebhooks: false, updateRequires: ["name", "url", "on", "active"], updateErasesSecret: true },
    },
  ],
  payload: payloads.payloadOf2024,
  testButton: payloads.testButtonOf2024,
  samplesOf: "misskey@2024",
  behaviour: { ...misskey2024_10.behaviour, server: "misskey@2024.9.0" },
};

/** Up to 2023.x the secrets of hooks were lost on updates, and a 429 was final. */
const misskey2023_12: Dialect = {
  ...misskey2024,
  since: "2023.12",
  source: "Misskey 2023.12.2",
  events: pickEvents(...userEvents),
  earlier: [],
  payload: payloads.payloadOf2023_12,
  testButton: null,
  testButtonForm: "wrapped",
  samplesOf: "misskey@2023.12",
  writing: {
    ...writing,
    filesNameOwner: false,
    sends: { UserDetailedNotMe: ["twoFactorEnabled", "usePasswordLessLogin", "securityKeys"] },
    omits: { UserDetailedNotMe: ["followedMessage"], Note: noPoll, Channel: ["userId"] },
  },
  policy: { ...policy, retried: { ...policy.retried, tooManyRequests: false } },
  api: {
    ...api,
    updateRequires: ["name", "url", "on", "active"],
    updateErasesSecret: true,
    hookLimit: 4,
    limitIsOneShort: true,
    testEndpoint: false,
    systemWebhooks: false,
  },
  behaviour: { ...misskey2024.behaviour, server: "misskey@2023.12.2", omitsLatestSentAt: true },
};

const misskey2023_10_2: Dialect = {
  ...misskey2023_12,
  since: "2023.10.2",
  source: "Misskey 2023.11.1",
  payload: payloads.payloadOf2023_10,
  samplesOf: "misskey@2023.10.2",
  writing: { ...misskey2023_12.writing, sends: {} },
  behaviour: {
    ...misskey2023_12.behaviour,
    server: "misskey@2023.11.1",
    accountIsOpen: true,
    omitsLatestSentAt: false,
  },
};

const misskey2023_9: Dialect = {
  ...misskey2023_10_2,
  since: "2023.9",
  evidence: "source",
  source: "Misskey 2023.9's source",
  payload: payloads.payloadOf2023_9,
  samplesOf: "misskey@2023.9",
  hidesNonPublicNotes: true,
  writing: {
    ...misskey2023_10_2.writing,
    omits: { ...misskey2023_10_2.writing.omits, UserLite: ["avatarDecorations"] },
  },
};

export const misskey13_11: Dialect = {
  ...misskey2023_9,
  since: "13.11",
  evidence: "recorded",
  source: "Misskey 13.14.2",
  envelope: sixKeys,
  payload: payloads.payloadOf13_11,
  samplesOf: "misskey@13.11",
  ids: "aid",
  writing: {
    ...misskey2023_10_2.writing,
    omits: { ...misskey2023_10_2.writing.omits, Channel: ["allowRenoteToExternal", "userId"] },
  },
  api: {
    ...misskey2023_9.api,
    updateRequires: ["name", "url", "secret", "on", "active"],
    updateErasesSecret: false,
    secretRequired: true,
  },
  behaviour: {
    ...misskey2023_9.behaviour,
    server: "misskey@13.14.2",
    hooksHaveCreatedAt: true,
    failsOnInvisibleRenote: true,
  },
};

const bareChannel = ["color", "isSensitive", "allowRenoteToExternal", "userId"];

export const misskey13_0: Dialect = {
  ...misskey13_11,
  since: "13.0",
  source: "Misskey 13.10.3",
  headers: { ...misskey13_11.headers, contentType: textPlain },
  payload: payloads.payloadOf13_0,
  samplesOf: "misskey@13.0",
  writing: {
    ...misskey13_11.writing,
    sends: { UserDetailedNotMe: ["isRenoteMuted"], Note: ["reactionAcceptance", "reactionEmojis"] },
    omits: {
      Channel: bareChannel,
      Note: noPoll,
      UserDetailedNotMe: ["followedMessage", "movedTo", "alsoKnownAs", "memo"],
    },
  },
  api: { ...misskey13_11.api, bearer: false, streamToken: "url" },
  behaviour: {
    ...misskey13_11.behaviour,
    server: "misskey@13.10.3",
    realm: null,
    badTokenStatus: 403,
    missingPermissionStatus: 400,
    countsAtOnce: false,
  },
};

export const misskey12_110: Dialect = {
  ...misskey13_0,
  since: "12.110",
  source: "Misskey 12.119.2",
  payload: payloads.payloadOf12_110,
  samplesOf: "misskey@12.110",
  avatars: { identicon: "id", files: "thumbnail" },
  writing: {
    ...writing,
    order: misskey12Order,
    sends: { UserLite: ["driveCapacityOverrideMb"], UserDetailedNotMe: ["driveCapacityOverrideMb"] },
    omits: { UserDetailedNotMe: ["followedMessage"], Note: noPoll, Channel: bareChannel },
    filesNameOwner: false,
  },
  policy: { ...misskey13_0.policy, timeoutMs: 60_000 },
  api: { ...misskey13_0.api, updateTakesEffectLate: true, hookLimit: null, limitIsOneShort: false },
  behaviour: { ...misskey13_0.behaviour, server: "misskey@12.119.2", plainText: true },
};

const misskey12_109: Dialect = {
  ...misskey12_110,
  since: "12.109",
  source: "Misskey 12.109.2",
  headers: { ...misskey12_110.headers, acceptEncoding: "gzip,deflate,br" },
  envelope: "flat",
  payload: payloads.payloadOf12_109,
  samplesOf: "misskey@12.109",
  writing: { ...misskey12_110.writing, sends: {} },
  behaviour: { ...misskey12_110.behaviour, server: "misskey@12.109.2", getIsUnknown: true },
};

/** The newest first. */
export const misskey: readonly Dialect[] = [
  misskey2025_4,
  misskey2025_1,
  misskey2024_11,
  misskey2024_10,
  misskey2024,
  misskey2023_12,
  misskey2023_10_2,
  misskey2023_9,
  misskey13_11,
  misskey13_0,
  misskey12_110,
  misskey12_109,
];
