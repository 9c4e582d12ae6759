import type { Day } from '#domain/kit/school-year.ts';
import type { UrbanClass } from '#domain/org/school-facts.ts';
import type { SchoolEventDetails } from '#domain/org/school-history.ts';
import type { Ownership } from '#domain/org/sponsor.ts';
import type { ListedUnit } from '#domain/org/unit-list.shape.ts';
import type { Character } from './plan.shape.ts';

/** The three school years of the sample; the last one is always 2025, whatever the day of loading. */
export const sampleYears = [2023, 2024, 2025] as const;
export type SampleYear = (typeof sampleYears)[number];

export type SampleUnit = ListedUnit;

/** What a school was between two days; the last version is what it is. */
export interface SampleVersion {
  validFrom: Day;
  validTo: Day | null;
  countyId: number;
  code: string;
  name: string;
  schoolType: string;
  sponsorCode: number;
  ownership: Ownership;
  urbanClass: UrbanClass;
  managingUnitId: number;
}

export type SampleEventKind = 'opened' | 'renamed' | 'moved' | 'merged' | 'split' | 'closed' | 'reopened' | 'retyped';

export interface SampleEvent {
  readonly kind: SampleEventKind;
  readonly happenedOn: Day;
  readonly document: string | null;
  readonly details: SchoolEventDetails;
}

/** Pupils by section; a section that the school does not have is 0 here and no field there. */
export interface Pupils {
  primary: number;
  junior: number;
  senior: number;
}

export interface SampleSchool {
  readonly id: number;
  foundedYear: number;
  status: 'open' | 'merged' | 'closed';
  openedOn: Day;
  closedOn: Day | null;
  /** Oldest first, without gaps while the school is open. */
  versions: SampleVersion[];
  events: SampleEvent[];
  character: Character;
  pupils: Record<SampleYear, Pupils>;
}

/** The school as it was on a day; undefined before it opened and after it closed. */
export function versionOn(school: SampleSchool, day: Day): SampleVersion | undefined {
  return school.versions.find(
    (version) => version.validFrom <= day && (version.validTo === null || day < version.validTo),
  );
}

/** The last state that is known, also of a school that has closed. */
export function lastVersion(school: SampleSchool): SampleVersion {
  return school.versions[school.versions.length - 1]!;
}

/** The day on which the list of schools that owe is frozen: the first of October of a school year. */
export function frozenOn(year: SampleYear): Day {
  return `${year}-10-01`;
}
