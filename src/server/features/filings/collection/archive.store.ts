import { sql } from 'kysely';
import type { Feature } from '#core/access/feature.ts';
import { partsOf, united } from '#core/access/parts.store.ts';
import type { UnfinishedKind, UnfinishedRow, YearToArchive } from '#core/access/work.ts';
import { resourceRecord } from '#domain/collection/collection.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import type { FilingHandle } from '../filing.store.ts';

/** A row with the words of its kind. */
export type Unfinished = UnfinishedRow & UnfinishedKind;

/** What of a school year is not ended, by feature in the order of the list, as one statement. */
export async function listUnfinished(
  db: FilingHandle,
  features: readonly Feature[],
  year: YearToArchive,
): Promise<Unfinished[]> {
  const kinds: Readonly<Record<string, UnfinishedKind>> = Object.assign(
    {},
    ...features.map((one) => one.unfinished?.kinds),
  );
  const parts = partsOf(
    features,
    ({ unfinished }) => unfinished?.of(year),
    sql`kind::text as kind, count::int as count, bars::boolean as bars, names::text[] as names`,
  );
  if (parts.length === 0) return [];
  const found = await sql<UnfinishedRow>`
    select kind, count, bars, names from ${united(parts)} line where count > 0 order by bars desc, door, kind`.execute(
    db,
  );
  return found.rows.map((row) => ({ ...row, ...kinds[row.kind]! }));
}

/** The filings that somebody owes and nobody has accepted. They stay as they are. */
export function unfinishedFilings({ places, periodId }: YearToArchive): Fragment<UnfinishedRow> {
  return sql`
    select 'filings.unaccepted' as kind, count(*) as count, false as bars, '{}'::text[] as names
      from filings f
      join collections c on c.id = f.collection_id and c.key = ${resourceRecord} and c.state <> 'cancelled'
     where f.place_id = any(${[...places]}::int[]) and c.period_id = ${periodId} and f.owes and f.state <> 'accepted'`;
}
