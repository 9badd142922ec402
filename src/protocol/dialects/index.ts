// The families and versions that we know. Adding a fork is adding its file, its line here, and its recordings.
import type { Dialect } from "../dialect.js";
import { barkle } from "./barkle.js";
import { calckey } from "./calckey.js";
import { campra } from "./campra.js";
import { catodon } from "./catodon.js";
import { cherrypick } from "./cherrypick.js";
import { fedired } from "./fedired.js";
import { firefish } from "./firefish.js";
import { groundpolis } from "./groundpolis.js";
import { iceshrimp } from "./iceshrimp.js";
import { misskey, misskey2025_4 } from "./misskey.js";
import { misskeyio } from "./misskeyio.js";
import { nexkey } from "./nexkey.js";
import { ocean } from "./ocean.js";
import { sharkey } from "./sharkey.js";

/**
 * Every row; within a family the newest first, and the first row of a family is what its bare name means. The first
 * family is the one that the others descend from.
 */
export const dialects: readonly Dialect[] = [
  ...misskey,
  ...sharkey,
  cherrypick,
  misskeyio,
  nexkey,
  ...iceshrimp,
  firefish,
  calckey,
  catodon,
  fedired,
  groundpolis,
  barkle,
  campra,
  ocean,
];

/** What the payload tables describe and the sample files are written in. */
export const presentDialect: Dialect = misskey2025_4;
