// How servers answer where Misskey at present answers otherwise, besides the rules of `ApiRules`: what a sandbox has to
// know. Read off the recordings of the server named.

/** What differs in answers and in what happens on a server. */
export interface ServerBehaviour {
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
  /** Who blocks somebody hears of no mention by them, direct notes included. */
  readonly blocksMentions: boolean;
  /** An @mention in a direct note reaches only those whom the note is for. */
  readonly mentionsRecipientsOnly: boolean;
  /** A note goes to a hook as its owner sees it: with their reaction (`myReaction`), in a nested reply too. */
  readonly packsForOwner: boolean;
  /** A nested reply shows its poll. */
  readonly repliesShowPolls: boolean;
  /** Too long a text has a refusal of its own (`MAX_LENGTH`), without saying which parameter it is. */
  readonly refusesLongText: boolean;
  /** An empty `cw` is none, not refused. */
  readonly takesEmptyCw: boolean;
  /** The same reaction again is fine, not refused. */
  readonly takesSameReaction: boolean;
  /** Replying to somebody who blocks you is refused as if their note couldn't be seen. */
  readonly hidesNotesOfBlockers: boolean;
  /** An update of the account that changes nothing leaves no trace in `updatedAt`. */
  readonly ignoresIdleUpdates: boolean;
  /** What can't be seen is refused as a target of a reply or renote as if it weren't there (`NO_SUCH_…_TARGET`). */
  readonly hidesInvisibleTargets: boolean;
  /** A renote of somebody's followers-only or direct note is a failure of the server's (500), not refused. */
  readonly failsOnInvisibleRenote: boolean;
  /** A quote counts as a renote. */
  readonly countsQuotes: boolean;
  /** Hooks have `createdAt`. */
  readonly hooksHaveCreatedAt: boolean;
  /** `latestSentAt` is absent until something was sent, not null. */
  readonly omitsLatestSentAt: boolean;
}
