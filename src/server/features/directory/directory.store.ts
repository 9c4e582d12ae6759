import type { SchoolStatus } from '#domain/org/school-change.ts';
import type { UrbanClass } from '#domain/org/school-facts.ts';
import type { Ownership } from '#domain/org/sponsor.ts';
import type { Handle } from '#platform/db/handle.ts';

/** The tables of the directory, and those of the core that its acts use: imports, and what inspectors are assigned to. */
export type DirectoryHandle = Handle<
  | 'org_units'
  | 'org_unit_versions'
  | 'leader_posts'
  | 'leader_terms'
  | 'schools'
  | 'school_places'
  | 'school_versions'
  | 'school_codes'
  | 'school_events',
  'imports' | 'assignments' | 'grants'
>;

/** A school as lists show it, before names of codes are added. */
export interface SchoolRow {
  readonly id: number;
  readonly code: string | null;
  readonly name: string;
  readonly schoolType: string;
  readonly sponsorCode: number;
  readonly ownership: Ownership;
  readonly urbanClass: UrbanClass;
  readonly foundedYear: number | null;
  readonly countyId: number;
  readonly countyName: string;
  readonly managingUnitId: number;
  readonly managingUnitName: string;
  readonly status: SchoolStatus;
}
