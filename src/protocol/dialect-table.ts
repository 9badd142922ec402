// The families and versions that we know, one row each. Adding a fork is adding a row and its recordings.
import type { ApiRules, DeliveryPolicy, Dialect, EnvelopeKey } from "./dialect.js";
import {
  cherrypickPayload,
  cherrypickTestButton,
  iceshrimpPayload,
  misskeyioPayload,
  misskeyioTestButton,
  payloadOf12_109,
  payloadOf12_110,
  payloadOf13_0,
  payloadOf13_11,
  payloadOf2023_10,
  payloadOf2023_12,
  payloadOf2023_9,
  payloadOf2024,
  payloadOf2024_10,
  sharkeyPayload,
  sharkeyPayloadOf2023_9,
  sharkeyTestButton,
  sharkeyTestButtonOf2023_9,
  testButtonOf2024,
  testButtonOf2024_10,
} from "./dialect-payloads.js";

const sevenKeys: readonly EnvelopeKey[] = ["server", "hookId", "userId", "eventId", "createdAt", "type", "body"];
const sixKeys: readonly EnvelopeKey[] = ["hookId", "userId", "eventId", "createdAt", "type", "body"];

/** Seen on 2024.9.0, 2024.10.1 and 2026.3.2: all four attempts, and which answers end them. */
const misskeyPolicy: DeliveryPolicy = {
  attempts: 4,
  baseDelayMs: 60_000,
  jitterRatio: 0.2,
  timeoutMs: 5_000,
  retried: { clientError: false, tooManyRequests: true, serverError: true, other: true, noResponse: true },
};
/** Up to 2023.x a 429 is final. */
const policyBefore2024: DeliveryPolicy = {
  ...misskeyPolicy,
  retried: { ...misskeyPolicy.retried, tooManyRequests: false },
};
/** On 12.x the time-out is a minute. */
const policyOf12: DeliveryPolicy = { ...policyBefore2024, timeoutMs: 60_000 };
/** The other way round: a 404 was tried four times, a 500 or 429 once. */
const iceshrimpPolicy: DeliveryPolicy = {
  ...misskeyPolicy,
  retried: { clientError: true, tooManyRequests: false, serverError: false, other: true, noResponse: true },
};

const misskeyApi: ApiRules = {
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
/** An administrators' hook can do without a secret from 2025.8.0 on: seen on 2026.3.2, on Sharkey 2025.4.7 not yet. */
const apiOf2025_1: ApiRules = { ...misskeyApi, systemSecretRequired: true };
const apiOf2024: ApiRules = { ...apiOf2025_1, reportsNeedRecipient: true };
const apiOf2023: ApiRules = {
  ...misskeyApi,
  updateRequires: ["name", "url", "on", "active"],
  updateErasesSecret: true,
  hookLimit: 4,
  limitIsOneShort: true,
  testEndpoint: false,
  systemWebhooks: false,
};
const apiOf13: ApiRules = {
  ...apiOf2023,
  updateRequires: ["name", "url", "secret", "on", "active"],
  updateErasesSecret: false,
  secretRequired: true,
};
const apiOf12: ApiRules = {
  ...apiOf13,
  updateTakesEffectLate: true,
  hookLimit: null,
  limitIsOneShort: false,
  bearer: false,
  streamToken: "url",
};
/** A stream that was opened with a Bearer header was refused with 403. */
const iceshrimpApi: ApiRules = { ...apiOf12, bearer: true, streamToken: "protocol" };

function headers(name: string, prefix = `X-${name}-`): Dialect["headers"] {
  return {
    userAgent: `${name}-Hooks`,
    prefix,
    contentType: "application/json",
    acceptEncoding: "gzip, deflate, br",
    capitalised: false,
  };
}
const misskeyHeaders = headers("Misskey", "x-misskey-");
const textPlain = "text/plain;charset=UTF-8";

const misskeyRow = {
  family: "misskey",
  title: "Misskey",
  evidence: "recorded",
  headers: misskeyHeaders,
  envelope: sevenKeys,
  testButton: null,
  testButtonForm: "wrapped",
  hidesNonPublicNotes: false,
  policy: misskeyPolicy,
  api: misskeyApi,
} as const satisfies Partial<Dialect>;

/** Firefish's relatives: headers and envelope read in their source, payloads never seen. */
function fromSource(family: string, title: string, more: Partial<Dialect> = {}): Dialect {
  return {
    family,
    since: "0",
    title,
    evidence: "source",
    source: `${title}, its source`,
    headers: headers(title),
    envelope: sixKeys,
    payload: null,
    testButton: null,
    testButtonForm: "wrapped",
    hidesNonPublicNotes: true,
    policy: policyOf12,
    api: apiOf12,
    ...more,
  };
}
const noContentType = (title: string): Partial<Dialect> => ({ headers: { ...headers(title), contentType: null } });

/** Every row; within a family the newest first, and the first row of a family is what its bare name means. */
export const dialects: readonly Dialect[] = [
  { ...misskeyRow, since: "2025.4", source: "Misskey 2026.3.2", payload: {}, testButton: {} },
  {
    ...misskeyRow,
    since: "2025.1",
    evidence: "source",
    source: "Misskey 2025.3's source",
    payload: payloadOf2024_10,
    testButton: testButtonOf2024_10,
    api: apiOf2025_1,
  },
  {
    ...misskeyRow,
    since: "2024.11",
    evidence: "source",
    source: "Misskey 2024.11's history",
    payload: payloadOf2024_10,
    testButton: testButtonOf2024_10,
    api: apiOf2024,
  },
  {
    ...misskeyRow,
    since: "2024.10",
    source: "Misskey 2024.10.1",
    payload: payloadOf2024_10,
    testButton: testButtonOf2024_10,
    testButtonForm: "direct",
    api: apiOf2024,
  },
  {
    ...misskeyRow,
    since: "2024",
    source: "Misskey 2024.9.0",
    payload: payloadOf2024,
    testButton: testButtonOf2024,
    testButtonForm: "direct",
    api: apiOf2024,
  },
  {
    ...misskeyRow,
    since: "2023.12",
    source: "Misskey 2023.12.2",
    payload: payloadOf2023_12,
    policy: policyBefore2024,
    api: apiOf2023,
  },
  {
    ...misskeyRow,
    since: "2023.10.2",
    source: "Misskey 2023.11.1",
    payload: payloadOf2023_10,
    policy: policyBefore2024,
    api: apiOf2023,
  },
  {
    ...misskeyRow,
    since: "2023.9",
    evidence: "source",
    source: "Misskey 2023.9's source",
    payload: payloadOf2023_9,
    hidesNonPublicNotes: true,
    policy: policyBefore2024,
    api: apiOf2023,
  },
  {
    ...misskeyRow,
    since: "13.11",
    source: "Misskey 13.14.2",
    envelope: sixKeys,
    payload: payloadOf13_11,
    hidesNonPublicNotes: true,
    policy: policyBefore2024,
    api: apiOf13,
  },
  {
    ...misskeyRow,
    since: "13.0",
    source: "Misskey 13.10.3",
    headers: { ...misskeyHeaders, contentType: textPlain },
    envelope: sixKeys,
    payload: payloadOf13_0,
    hidesNonPublicNotes: true,
    policy: policyBefore2024,
    api: { ...apiOf13, bearer: false, streamToken: "url" },
  },
  {
    ...misskeyRow,
    since: "12.110",
    source: "Misskey 12.119.2",
    headers: { ...misskeyHeaders, contentType: textPlain },
    envelope: sixKeys,
    payload: payloadOf12_110,
    hidesNonPublicNotes: true,
    policy: policyOf12,
    api: apiOf12,
  },
  {
    ...misskeyRow,
    since: "12.109",
    source: "Misskey 12.109.2",
    headers: { ...misskeyHeaders, contentType: textPlain, acceptEncoding: "gzip,deflate,br" },
    envelope: "flat",
    payload: payloadOf12_109,
    hidesNonPublicNotes: true,
    policy: policyOf12,
    api: apiOf12,
  },
  {
    ...misskeyRow,
    family: "sharkey",
    since: "2025.4",
    title: "Sharkey",
    source: "Sharkey 2025.4.7",
    payload: sharkeyPayload,
    testButton: sharkeyTestButton,
    api: { ...apiOf2025_1, streamTellsSpecified: false, editsComeAsReplies: true },
  },
  {
    ...misskeyRow,
    family: "sharkey",
    since: "2023.9",
    title: "Sharkey",
    source: "Sharkey 2024.9.1-rc",
    payload: sharkeyPayloadOf2023_9,
    testButton: sharkeyTestButtonOf2023_9,
    testButtonForm: "direct",
    // Its reports: read in its source; its stream: as on 2025.4.7.
    api: { ...apiOf2024, streamTellsSpecified: false },
  },
  {
    ...misskeyRow,
    family: "cherrypick",
    since: "0",
    title: "CherryPick",
    source: "CherryPick 4.17.0",
    payload: cherrypickPayload,
    testButton: cherrypickTestButton,
  },
  {
    ...misskeyRow,
    family: "misskeyio",
    since: "0",
    title: "MisskeyIO",
    source: "MisskeyIO 2025.4.1-mhq.13",
    payload: misskeyioPayload,
    testButton: misskeyioTestButton,
    api: apiOf2025_1,
  },
  {
    ...misskeyRow,
    family: "nexkey",
    since: "0",
    title: "Nexkey",
    evidence: "source",
    source: "Nexkey, its source",
    envelope: sixKeys,
    payload: null,
    testButton: null,
    testButtonForm: "wrapped",
    hidesNonPublicNotes: true,
    policy: policyBefore2024,
    api: apiOf13,
  },
  {
    family: "iceshrimp",
    since: "0",
    title: "Iceshrimp",
    evidence: "recorded",
    source: "Iceshrimp 2026.5.1 on Node",
    headers: headers("Iceshrimp", "x-iceshrimp-"),
    envelope: sixKeys,
    payload: iceshrimpPayload,
    testButton: null,
    testButtonForm: "wrapped",
    hidesNonPublicNotes: false,
    policy: iceshrimpPolicy,
    api: iceshrimpApi,
  },
  {
    family: "iceshrimp-bun",
    since: "0",
    title: "Iceshrimp on Bun",
    evidence: "recorded",
    source: "Iceshrimp 2026.5.1 on Bun",
    headers: { ...headers("Iceshrimp"), acceptEncoding: "gzip, deflate, br, zstd", capitalised: true },
    envelope: sixKeys,
    payload: iceshrimpPayload,
    testButton: null,
    testButtonForm: "wrapped",
    hidesNonPublicNotes: false,
    policy: iceshrimpPolicy,
    api: iceshrimpApi,
  },
  fromSource("firefish", "Firefish"),
  fromSource("calckey", "Calckey"),
  fromSource("catodon", "Catodon"),
  fromSource("fedired", "Fedired"),
  fromSource("groundpolis", "Groundpolis", noContentType("Groundpolis")),
  fromSource("barkle", "Barkle", noContentType("Barkle")),
  fromSource("campra", "Campra", noContentType("Campra")),
  {
    family: "ocean",
    since: "0",
    title: "Ocean",
    evidence: "documented",
    source: "Ocean's public documentation: six envelope keys, X-Ocean-Hook-Secret, seven events; the rest is assumed",
    headers: headers("Ocean"),
    envelope: sixKeys,
    payload: null,
    testButton: null,
    testButtonForm: "wrapped",
    hidesNonPublicNotes: false,
    policy: misskeyPolicy,
    api: misskeyApi,
  },
];
