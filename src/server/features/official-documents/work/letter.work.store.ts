import { sql } from 'kysely';
import type { Asking, WorkRow } from '#core/access/work.ts';
import { holds } from '#domain/access/actor.ts';
import { letterTurns } from '#domain/letter/state.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { readable } from '../letter.store.ts';
import { addressedTo } from '../receipt/receipt.store.ts';
import { turnsOf, waitingStates } from './letter.turn.store.ts';

export const letterWorkKinds = ['official-documents.receive', ...letterTurns.map((one) => `official-documents.${one}`)];

/** What waits for this person; each count equals that of the list which the line opens. */
export function letterWork({ actor, scope, meant }: Asking): Fragment<WorkRow> | undefined {
  const ofUnit = actor.level === 'city' || actor.level === 'county';
  // Letters are the office's own affair: nothing of them waits while it looks at one of its counties.
  if (actor.level === 'none' || (ofUnit && !meant.places.includes(actor.unitId ?? 0))) return undefined;
  const parts: Fragment<WorkRow>[] = [];
  if (holds(actor, 'letter.receive')) {
    parts.push(sql`
      select 'official-documents.receive' as kind, count(*)::int as count, min(c.issued_on) as oldest,
             case when count(*) = 1 then min(c.id::text) end as subject, 0 as rank
        from letter_receipts c
       where c.received_at is null and c.withdrawn_on is null and ${addressedTo(actor, scope)}
      having count(*) > 0`);
  }
  const lines = holds(actor, 'letter.read') ? turnsOf(actor) : [];
  if (lines.length > 0) {
    const values = lines.map(
      ({ kind, applies }) =>
        sql`(${sql.lit(`official-documents.${kind}`)}, ${applies}, ${sql.lit(letterTurns.indexOf(kind) + 1)})`,
    );
    parts.push(sql`
      select line.kind, count(*)::int as count, min((l.updated_at at time zone 'Asia/Shanghai')::date) as oldest,
             case when count(*) = 1 then min(l.id::text) end as subject, line.rank
        from letters l, lateral (values ${sql.join(values)}) line (kind, applies, rank)
       where l.place_id = ${actor.unitId} and l.state = any(${[...waitingStates]}::text[]) and line.applies and ${readable(actor, scope)}
       group by line.kind, line.rank`);
  }
  return parts.length === 0 ? undefined : sql`${sql.join(parts, sql` union all `)}`;
}
