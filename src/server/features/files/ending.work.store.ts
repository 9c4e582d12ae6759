import { type RawBuilder, sql } from 'kysely';
import { mayLookFor } from '#core/access/holder.ts';
import type { Asking, WorkRow } from '#core/access/work.ts';
import { type Actor, holds, type Scope } from '#domain/access/actor.ts';
import { endingDays } from '#domain/file/notice.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import type { Handle } from '#platform/db/handle.ts';
import { limited, type Page, type Paging, pageOf } from '#platform/db/listing.ts';
import type { Holders } from './holding.act.ts';

export type EndingHandle = Handle<never, 'attachments' | 'org_units' | 'schools'>;

export const endingWorkKinds = ['files.ending'] as const;

/** A marked file of which the content goes soon. */
export interface EndingRow {
  readonly id: string;
  readonly name: string;
  readonly subjectType: string;
  readonly subjectId: string;
  readonly whose: string;
  readonly purpose: string;
  readonly keepUntil: Day;
  readonly addedByName: string;
}

interface Looking {
  readonly actor: Actor;
  readonly scope: Scope;
  readonly today: Day;
}

/** Of the subjects that this person judges and reads; undefined where there are none. */
function endingFor(holders: Holders, { actor, scope, today }: Looking): RawBuilder<unknown> | undefined {
  const types = [...holders].flatMap(([type, { read, judges, byFew = false }]) =>
    !byFew && mayLookFor({ read }, actor) && judges.some((one) => holds(actor, one)) ? [type] : [],
  );
  if (types.length === 0) return undefined;
  const { from, until } = endingDays(today);
  return sql`
    attachments a
     where a.keep_until between ${from} and ${until} and a.detached_at is null and a.removed_at is null
       and a.subject_type = any(${types}::text[]) and a.place_id = any(${[...scope.places]}::int[])
       and (${scope.schools === null} or a.school_id = any(${[...(scope.schools ?? [])]}::int[]))`;
}

/** Marked files whose content goes soon: who judges the subject decides whether it is still needed. */
export function endingWork(holders: () => Holders): (asking: Asking) => Fragment<WorkRow> | undefined {
  return (asking) => {
    const ending = endingFor(holders(), asking);
    if (ending === undefined) return undefined;
    return sql`
      select 'files.ending' as kind, count(*)::int as count, null::date as oldest, null::text as subject, 5 as rank
        from ${ending} having count(*) > 0`;
  };
}

/** What that line counts, the soonest first. */
export async function listEndingFor(
  db: EndingHandle,
  holders: Holders,
  looking: Looking,
  paging: Paging,
): Promise<Page<EndingRow>> {
  const ending = endingFor(holders, looking);
  if (ending === undefined) return { rows: [], total: 0 };
  const { rows } = await sql<EndingRow & { total: number }>`
    select e.id, e.name, e.subject_type as "subjectType", e.subject_id as "subjectId", coalesce(s.name, u.name) as whose,
           e.purpose, e.keep_until as "keepUntil", e.added_by_name as "addedByName", e.total
      from (select a.*, count(*) over ()::int as total from ${ending} order by a.keep_until, a.id ${limited(paging)}) e
      join org_units u on u.id = e.place_id
      left join schools s on s.county_id = e.place_id and s.id = e.school_id
     order by e.keep_until, e.id`.execute(db);
  return pageOf(rows, paging, async () => {
    const counted = await sql<{ n: number }>`select count(*)::int as n from ${ending}`.execute(db);
    return counted.rows[0]!.n;
  });
}
