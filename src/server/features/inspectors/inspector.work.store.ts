import { sql } from 'kysely';
import type { Asking, FigureRow, WorkRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import { inspectorTurns } from '#domain/inspection/inspector.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { among } from '#platform/db/listing.ts';
import { lacksPapers, turnsOf } from './inspector.turn.store.ts';

export const ownKinds = ['inspectors.form', 'inspectors.ownPaper'] as const;
export const inspectorWorkKinds = [...ownKinds, ...inspectorTurns.map((turn) => `inspectors.${turn}`)];

/** What waits for this person: at the unit's register, and in the own entry, in whatever post. */
export function inspectorWork({ actor, meant, today }: Asking): Fragment<WorkRow> | undefined {
  if (actor.level === 'none') return undefined;
  const mine = (kind: (typeof ownKinds)[number], applies: Fragment<unknown>) => sql`
    select ${sql.lit(kind)} as kind, count(*)::int as count, null::date as oldest,
           case when count(*) = 1 then min(i.id::text) end as subject, ${sql.lit(ownKinds.indexOf(kind))} as rank
      from inspectors i where i.person_id = ${actor.userId}::uuid and ${applies}
    having count(*) > 0`;
  const parts: Fragment<WorkRow>[] = [
    mine('inspectors.form', sql`i.state = 'draft' and i.filled_on is null`) as Fragment<WorkRow>,
    mine('inspectors.ownPaper', lacksPapers(today, { late: false })) as Fragment<WorkRow>,
  ];
  const lines = holds(actor, 'inspector.read') ? turnsOf(actor, today) : [];
  if (lines.length > 0) {
    const values = lines.map(
      ({ kind, applies, since }) =>
        sql`(${sql.lit(`inspectors.${kind}`)}, ${applies}, ${since}, ${sql.lit(inspectorTurns.indexOf(kind) + ownKinds.length)})`,
    );
    parts.push(sql`
      select line.kind, count(*)::int as count, min(line.since) as oldest,
             case when count(*) = 1 then min(i.id::text) end as subject, line.rank
        from inspectors i, lateral (values ${sql.join(values)}) line (kind, applies, since, rank)
       where i.place_id = ${among(meant.places)} and i.state not in ('ended', 'withdrawn') and line.applies
       group by line.kind, line.rank`);
  }
  return sql`${sql.join(parts, sql` union all `)}`;
}

/** How many inspectors and experts are at work in the places that the person looks at, and how many entries are the own ones. */
export function inspectorFigures({ actor, meant }: Asking): Fragment<FigureRow> | undefined {
  if (actor.level === 'none') return undefined;
  const ofUnit = actor.level === 'city' || actor.level === 'county';
  const own = sql`
    select 'inspectors.own' as kind, count(*)::int as count, 2 as rank
      from inspectors i where i.person_id = ${actor.userId}::uuid and i.state not in ('ended', 'withdrawn')
    having count(*) > 0`;
  if (!ofUnit || !holds(actor, 'inspector.read')) return own as Fragment<FigureRow>;
  return sql`${own} union all
    select line.kind, line.count::int as count, line.rank
      from (
        select count(*) filter (where i.kind <> 'expert') as inspectors, count(*) filter (where i.kind = 'expert') as experts
          from inspectors i where i.place_id = ${among(meant.places)} and i.state = 'serving'
      ) total, lateral (values ('inspectors.serving', total.inspectors, 0), ('inspectors.experts', total.experts, 1))
        line (kind, count, rank)
     where total.inspectors + total.experts > 0`;
}
