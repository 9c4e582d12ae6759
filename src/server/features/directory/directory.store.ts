import type { SchoolStatus } from '#domain/org/school-change.ts';
import type { SchoolFacts } from '#domain/org/school-facts.ts';
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
  'imports' | 'assignments' | 'grants' | 'people' | 'roles' | 'audit_events'
>;

/** The facts of a school with its place: the county of its location and the unit that runs it. */
export interface NewSchool extends Omit<SchoolFacts, 'managedBy'> {
  readonly countyId: number;
  readonly managingUnitId: number;
}

/** A school as lists show it, before names of codes are added. */
export interface SchoolRow extends NewSchool {
  readonly id: number;
  readonly countyName: string;
  readonly managingUnitName: string;
  readonly status: SchoolStatus;
  /** 曾用名, the newest first. */
  readonly formerNames: string[];
}
