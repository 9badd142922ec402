// How servers of other families and versions answer where Misskey at present answers otherwise: one row each, read off
// the recordings of the server named. Payloads and delivery differ too; those rules are the dialect's own.
import { type Dialect, dialectName } from "../../protocol/index.js";

/** What differs in answers, besides the rules of `Dialect.api`. */
export interface Manners {
  /** The server that was recorded, which the sandbox claims to be: `misskey@12.119.2`. */
  readonly server: string;
  /** The realm of `www-authenticate`; null where that header isn't sent. */
  readonly realm: string | null;
  /** Of an unknown token. */
  readonly badTokenStatus: 401 | 403;
  /** An unknown token is answered with the error itself, not `{error}` around it, and other words. */
  readonly barelyWrapped: boolean;
  /** Of a permission that an app lacks; with 400 it counts as the client's fault (`kind`). */
  readonly missingPermissionStatus: 400 | 403;
  /** Of an endpoint that no app may call. */
  readonly accessDeniedStatus: 400 | 403;
  /** 404, 405 and broken JSON are answered in plain text (servers on Koa). */
  readonly plainText: boolean;
  /** Broken JSON is answered with Fastify's error code, as version 5 of it does. */
  readonly codeOfBadJson: boolean;
  /** GET on an endpoint is unknown (404), not forbidden (405). */
  readonly getIsUnknown: boolean;
  /** A token in both places, header and body, is refused. */
  readonly refusesTwoTokens: boolean;
  /** `i` answers every app, whatever it may. */
  readonly accountIsOpen: boolean;
  /** Mentions and replies by somebody whom the user mutes reach no hook of theirs. */
  readonly mutesMentions: boolean;
  /** A note posted again within a minute, word for word, is answered with the first, and nothing happens. */
  readonly mergesSameNotes: boolean;
  /** What a delivery says of counts includes its note; otherwise they are those from before. */
  readonly countsAtOnce: boolean;
  /** A quote counts as a renote. */
  readonly countsQuotes: boolean;
  /** The reply inside a note is as detailed as the note: with its poll, and the reply inside it. */
  readonly detailedReplies: boolean;
  /** Where avatars are fetched from: a media proxy, that proxy in MisskeyIO's way, or the file's own thumbnail. */
  readonly avatars: "proxy" | "proxy-path" | "thumbnail";
  /** System webhooks can ask for the events of moderators who are away. */
  readonly watchesModerators: boolean;
  /** Hooks have `createdAt`. */
  readonly hooksHaveCreatedAt: boolean;
  /** `latestSentAt` is absent until something was sent, not null. */
  readonly omitsLatestSentAt: boolean;
}

/** Misskey 2026.3.2, the present one. */
export const presentManners: Manners = {
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
  countsQuotes: true,
  detailedReplies: false,
  avatars: "proxy",
  watchesModerators: true,
  hooksHaveCreatedAt: false,
  omitsLatestSentAt: false,
};

const of2024: Manners = {
  ...presentManners,
  server: "misskey@2024.10.1",
  codeOfBadJson: false,
  countsAtOnce: true,
};
const of2023: Manners = { ...of2024, server: "misskey@2023.11.1", accountIsOpen: true };
const of13_14: Manners = { ...of2023, server: "misskey@13.14.2", hooksHaveCreatedAt: true };
const of13_10: Manners = {
  ...of13_14,
  server: "misskey@13.10.3",
  realm: null,
  badTokenStatus: 403,
  missingPermissionStatus: 400,
  countsAtOnce: false,
};
const of12_119: Manners = { ...of13_10, server: "misskey@12.119.2", plainText: true, avatars: "thumbnail" };
const iceshrimp: Manners = {
  ...of12_119,
  server: "iceshrimp@2026.5.1",
  barelyWrapped: true,
  refusesTwoTokens: true,
  countsAtOnce: true,
};

const rows: Readonly<Record<string, Manners>> = {
  "misskey@2025.1": of2024,
  "misskey@2024.11": of2024,
  "misskey@2024.10": of2024,
  "misskey@2024": { ...of2024, server: "misskey@2024.9.0", watchesModerators: false },
  "misskey@2023.12": { ...of2023, server: "misskey@2023.12.2", accountIsOpen: false, omitsLatestSentAt: true },
  "misskey@2023.10.2": of2023,
  "misskey@2023.9": of2023,
  "misskey@13.11": of13_14,
  "misskey@13.0": of13_10,
  "misskey@12.110": of12_119,
  "misskey@12.109": { ...of12_119, server: "misskey@12.109.2", getIsUnknown: true },
  "sharkey@2025.4": { ...of2024, server: "sharkey@2025.4.7", mutesMentions: true, countsQuotes: false },
  "sharkey@2023.9": { ...of2024, server: "sharkey@2024.9.1-rc", mutesMentions: true, countsQuotes: false },
  cherrypick: { ...presentManners, server: "cherrypick@4.17.0", realm: "CherryPick", detailedReplies: true },
  misskeyio: {
    ...presentManners,
    server: "misskeyio@2025.4.1-mhq.13",
    accessDeniedStatus: 403,
    mergesSameNotes: true,
    countsAtOnce: true,
    avatars: "proxy-path",
  },
  iceshrimp,
  "iceshrimp-bun": iceshrimp,
  nexkey: of13_10,
  firefish: of12_119,
  calckey: of12_119,
  catodon: of12_119,
  fedired: of12_119,
  groundpolis: of12_119,
  barkle: of12_119,
  campra: of12_119,
};

/** The manners of a dialect; what nobody recorded, and a user's own fork, answer as Misskey does at present. */
export function mannersOf(dialect: Dialect): Manners {
  return rows[dialectName(dialect)] ?? presentManners;
}
