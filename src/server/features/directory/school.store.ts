import { sql } from 'kysely';
import { newestEntries } from '#contract/kit/kit.shape.ts';
import type { Scope } from '#domain/access/actor.ts';
import type { SchoolFacts } from '#domain/org/school-facts.ts';
import type { SchoolEventDetails, SchoolEventKind } from '#domain/org/school-history.ts';
import type { DirectoryHandle, SchoolRow } from './directory.store.ts';
import { schoolColumns, schoolsWithin, schoolTables } from './school-list.store.ts';

export interface WholeSchool extends SchoolRow {
  readonly openedOn: string;
  readonly closedOn: string | null;
  readonly revision: number;
  readonly contactName: string | null;
  readonly contactPhone: string | null;
}

/** One school with the names of its place and the officer responsible, or undefined outside the scope: one statement. */
export async function findSchool(db: DirectoryHandle, scope: Scope, id: number): Promise<WholeSchool | undefined> {
  const found = await sql<WholeSchool>`
    select ${schoolColumns}, s.opened_on as "openedOn", s.closed_on as "closedOn", s.revision,
           m.contact_name as "contactName", m.contact_phone as "contactPhone"
      from ${schoolTables}
     where s.id = ${id} and ${schoolsWithin(scope)}`.execute(db);
  return found.rows[0];
}

export interface VersionRow extends Omit<SchoolFacts, 'managedBy' | 'foundedYear'> {
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly countyName: string;
  readonly managingUnitName: string;
}

/**
 * The versions of a school, newest first. They are found by its id alone, because a school that moved has its history
 * at other places.
 */
export async function findVersions(db: DirectoryHandle, id: number): Promise<VersionRow[]> {
  const found = await sql<VersionRow>`
    select v.valid_from as "validFrom", v.valid_to as "validTo", v.code, v.name, v.school_type as "schoolType",
           v.sponsor_code as "sponsorCode", v.ownership, v.urban_class as "urbanClass",
           c.name as "countyName", m.name as "managingUnitName"
      from school_versions v join org_units c on c.id = v.county_id join org_units m on m.id = v.managing_unit_id
     where v.school_id = ${id} order by v.valid_from desc limit ${newestEntries}`.execute(db);
  return found.rows;
}

export interface EventRow {
  readonly id: string;
  readonly kind: SchoolEventKind;
  readonly day: string;
  readonly document: string | null;
  readonly note: string | null;
  readonly details: SchoolEventDetails;
  readonly recordedBy: string | null;
}

/** The newest events of a school, newest first. */
export async function findEvents(db: DirectoryHandle, id: number): Promise<EventRow[]> {
  const found = await sql<EventRow>`
    select id, kind, happened_on as day, document, note, details, recorded_by as "recordedBy"
      from school_events where school_id = ${id} order by happened_on desc, recorded_at desc, id desc
     limit ${newestEntries}`.execute(db);
  return found.rows;
}
