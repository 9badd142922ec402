// The sample files, fixtures/events/: one present-shape envelope per event and variant, described by manifest.json.
import { type Dialect, resolveDialect } from "../protocol/index.js";
import { readFixture } from "./fixtures.js";

/** Where a sample's keys, nulls and types come from. Its content is invented. */
type Provenance =
  /** The same keys, nulls and types as a recording of that server. */
  | { readonly kind: "recorded-structure"; readonly server: string; readonly recording: string }
  /** Put together from the server's API schema and its closest recordings, as `note` says. */
  | { readonly kind: "schema"; readonly server: string; readonly note: string };

/** One sample that can be sent. */
export interface SampleInfo {
  readonly event: string;
  readonly variant: string;
  /** One line without a full stop. */
  readonly description: string;
  readonly provenance: Provenance;
  /** The one family that sends it; undefined when every family does. */
  readonly family?: string;
  /** The one row of that family that sends it, by its first version; undefined when all of them do. */
  readonly since?: string;
}

/** A present-shape envelope as the files have it; system events have no `userId`. */
export interface FixtureEnvelope {
  readonly server: string;
  readonly hookId: string;
  readonly userId?: string;
  readonly eventId: string;
  readonly createdAt: number;
  readonly type: string;
  readonly body: Readonly<Record<string, unknown>>;
}

let manifest: readonly SampleInfo[] | undefined;

function readManifest(): readonly SampleInfo[] {
  manifest ??= readFixture("events/manifest.json") as readonly SampleInfo[];
  return manifest;
}

/**
 * What can be sent, in the registry's order of events. With a dialect, what its servers may send: a family's own sample
 * goes before the general one of the same variant. Without, every sample of every family.
 */
export function listSamples(dialect?: Dialect): readonly SampleInfo[] {
  const all = readManifest();
  if (dialect === undefined) return all;
  const { family, since: row } = resolveDialect(dialect.samplesOf);
  const isOwn = ({ family: of, since = row }: SampleInfo): boolean => of === family && since === row;
  const own = all.filter(isOwn);
  const isReplaced = (sample: SampleInfo): boolean =>
    own.some(({ event, variant }) => event === sample.event && variant === sample.variant);
  return all.filter((sample) => (sample.family === undefined ? !isReplaced(sample) : isOwn(sample)));
}

/**
 * The file of a sample: `<event>/<variant>.json`, or `<event>/<variant>@<family>.json` for a family's own, with
 * `-<since>` behind it for that of one of its rows.
 */
export function sampleFile({ event, variant, family, since }: SampleInfo): string {
  const owner = family === undefined ? "" : `@${family}${since === undefined ? "" : `-${since}`}`;
  return `${event}/${variant}${owner}.json`;
}

/** The envelope of one sample. */
export function readSample(sample: SampleInfo): FixtureEnvelope {
  return readFixture(`events/${sampleFile(sample)}`) as FixtureEnvelope;
}
