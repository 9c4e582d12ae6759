import type { Day } from '#domain/kit/school-year.ts';

/** What has happened to a school, as its history names it. */
export const schoolEventKinds = [
  'opened',
  'renamed',
  'moved',
  'merged',
  'split',
  'closed',
  'reopened',
  'retyped',
  'corrected',
] as const;
export type SchoolEventKind = (typeof schoolEventKinds)[number];

/** A version of an entry between two days; `validTo` is the first day on which it no longer holds. */
export interface DatedVersion {
  readonly validFrom: Day;
  readonly validTo: Day | null;
}

/** The version that holds on a day; undefined before the first one, in a gap and after the last one. */
export function versionOn<Version extends DatedVersion>(versions: readonly Version[], day: Day): Version | undefined {
  return versions.find(({ validFrom, validTo }) => validFrom <= day && (validTo === null || day < validTo));
}

/**
 * How a change on `day` enters the history: `append` ends the last version and begins a new one; a second change on the
 * day on which the last version began must `replace` it, because a version lasts at least a day.
 */
export function versionStep(last: Pick<DatedVersion, 'validFrom'>, day: Day): 'append' | 'replace' {
  return last.validFrom === day ? 'replace' : 'append';
}

/** The part of another school in an event: it was absorbed, absorbed this one, was split off, or is the origin. */
export type EventPart = 'absorbed' | 'into' | 'branch' | 'origin';

/** The details of an event of a school's history beside its kind and day. */
export interface SchoolEventDetails {
  readonly others?: ReadonlyArray<{ id: number; code: string | null; name: string; part: EventPart }>;
  readonly changes?: ReadonlyArray<{ what: string; from: string | null; to: string | null }>;
}
