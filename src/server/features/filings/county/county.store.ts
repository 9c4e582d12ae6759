import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { ManagingLevel } from '#domain/org/school-facts.ts';
import { ofUnit } from '#platform/db/listing.ts';
import type { CollectionRow } from '../collection/collection.store.ts';
import type { FilingHandle } from '../filing.store.ts';

export interface ProgressRow {
  readonly unitId: number;
  readonly unitName: string;
  readonly managedBy: ManagingLevel;
  readonly owes: number;
  readonly untouched: number;
  readonly draft: number;
  readonly submitted: number;
  readonly approved: number;
  readonly accepted: number;
  readonly returned: number;
  readonly late: number;
  readonly overdue: number;
  readonly doubts: number;
  readonly exempt: number;
}

/**
 * Where the filings of a period stand, one row for each unit that reviews: a county for its own schools, the city for
 * the 市直 schools of every county. Schools that owe none are counted as exempt.
 */
export async function findProgress(
  db: FilingHandle,
  scope: Scope,
  of: {
    readonly collection: Pick<CollectionRow, 'id' | 'deadline'>;
    readonly unitId: number | undefined;
    readonly today: string;
  },
): Promise<ProgressRow[]> {
  const { id, deadline } = of.collection;
  // The city's own row counts the 市直 schools, so it is found by who reviews as well.
  const unit =
    of.unitId === undefined
      ? sql<SqlBool>`true`
      : sql<SqlBool>`(s.managing_unit_id = ${of.unitId} or ${ofUnit(sql`s.place_id`, of.unitId, scope.places)})`;
  const school =
    scope.schools === null ? sql<SqlBool>`true` : sql<SqlBool>`s.school_id = any(${[...scope.schools]}::int[])`;
  const found = await sql<ProgressRow>`
    select u.id as "unitId", u.name as "unitName",
           case when u.kind = 'county' then 'county' else 'city' end as "managedBy",
           count(*) filter (where s.owes) as owes,
           count(*) filter (where f.state = 'draft' and f.filled = 0 and f.submitted_at is null) as untouched,
           count(*) filter (where f.state = 'draft' and f.returned_at is null
             and not (f.filled = 0 and f.submitted_at is null)) as draft,
           count(*) filter (where f.state = 'submitted') as submitted,
           count(*) filter (where f.state = 'approved') as approved,
           count(*) filter (where f.state = 'accepted') as accepted,
           count(*) filter (where f.state = 'draft' and f.returned_at is not null) as returned,
           count(*) filter (where f.first_submitted_on > greatest(${deadline}::date, f.deadline_extension)) as late,
           count(*) filter (where f.state = 'draft' and f.submitted_at is null
             and greatest(${deadline}::date, f.deadline_extension) < ${of.today}::date) as overdue,
           count(*) filter (where f.soft_findings > 0 or f.hard_findings > f.required - f.filled) as doubts,
           count(*) filter (where not s.owes) as exempt
      from collection_subjects s
      join org_units u on u.id = s.managing_unit_id
      left join filings f
        on f.place_id = s.place_id and f.collection_id = s.collection_id and f.subject_type = s.subject_type
        and f.subject_id = s.subject_id and f.owes
     where s.collection_id = ${id} and s.place_id = any(${[...scope.places]}::int[]) and ${school} and ${unit}
     group by u.id
     order by u.sort_order, u.id`.execute(db);
  return found.rows;
}
