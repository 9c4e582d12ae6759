import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { type FilingHandle, releaseReason, within } from './filing.store.ts';

export interface YearRow {
  readonly schoolYear: number;
  readonly edition: string;
  readonly filingId: string;
  readonly name: string;
  readonly schoolType: string;
  readonly values: Record<string, number | string | null>;
}

/** Whether the person reaches a school where it lies now. */
export async function findSchoolWithin(db: FilingHandle, scope: Scope, id: number): Promise<boolean> {
  const place = sql`s.county_id = any(${[...scope.places]}::int[])`;
  const reach = scope.schools === null ? place : sql`${place} and s.id = any(${[...scope.schools]}::int[])`;
  const found = await sql`select s.id from schools s where s.id = ${id} and ${reach}`.execute(db);
  return found.rows.length > 0;
}

/** What the school filed and owes no longer, newest first: it counts nowhere and stays readable. */
export async function listReleased(db: FilingHandle, scope: Scope, id: number) {
  const found = await sql<{ schoolYear: number; filingId: string; reason: string }>`
    select p.year as "schoolYear", f.id as "filingId", ${releaseReason} as reason
      from filings f
      join collections c on c.id = f.collection_id and c.state <> 'cancelled'
      join periods p on p.id = c.period_id
     where f.school_id = ${id} and not f.owes and ${within(scope)}
     order by p.year desc`.execute(db);
  return found.rows;
}

/** Approved figures of one school by year: the row policies decide which of them this person reads. */
export async function listSchoolYears(db: FilingHandle, id: number): Promise<YearRow[]> {
  const found = await sql<YearRow>`
    select p.year as "schoolYear", f.catalogue_edition as edition, f.filing_id as "filingId", f.name,
           f.school_type as "schoolType", f.values
      from approved_filing_values f join periods p on p.id = f.period_id
     where f.school_id = ${id} and f.values is not null order by p.year desc`.execute(db);
  return found.rows;
}
