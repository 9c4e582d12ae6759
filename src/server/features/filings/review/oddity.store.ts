import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { enteredFields } from '#domain/filing/catalogue.ts';
import { valuesOf } from '#domain/filing/cells.ts';
import { filingOddity } from '#domain/filing/review/oddity.ts';
import type { Page } from '#platform/db/listing.ts';
import {
  type Asked,
  type FilingPage,
  findListed,
  type ListedFiling,
  type ListedKey,
  matching,
} from '../filing.list.store.ts';
import type { FilingHandle, FullFiling } from '../filing.store.ts';
import { catalogueOf } from '../filing-catalogues.shape.ts';

type Weighed = ListedKey &
  Pick<FullFiling, 'edition' | 'schoolType' | 'cells' | 'reference' | 'peers' | 'softFindings'>;

/** So many filings are weighed at most: the year of a large county, some ten megabytes. */
const mostWeighed = 1_000;

/**
 * A page of the list with the oddest filings first, and among equals the one that waits longest. How odd a filing is
 * follows from its values, so the content of all matches is read: a queue holds what waits and not the year of a whole
 * city. Null where there are more matches than `most`.
 */
export async function listOddFirst(
  db: FilingHandle,
  scope: Scope,
  question: Asked<FilingPage>,
  most = mostWeighed,
): Promise<Page<ListedFiling> | null> {
  const { page, pageSize } = question.filter;
  const found = await sql<Weighed>`
    select f.place_id as place, f.school_id as school, f.id, f.school_type as "schoolType", c.catalogue_edition as edition,
           f.cells, f.reference, f.peers, f.soft_findings as "softFindings"
      from filings f join collections c on c.id = f.collection_id
     where ${matching(scope, question)}
     order by f.submitted_at, f.id
     limit ${most + 1}`.execute(db);
  if (found.rows.length > most) return null;
  const shown = found.rows
    .map((row) => ({ row, oddity: oddityOf(row) }))
    .sort((left, right) => right.oddity - left.oddity)
    .slice((page - 1) * pageSize, page * pageSize)
    .map(({ row }) => row);
  const listed = shown.length === 0 ? null : await findListed(db, shown, question.actor);
  return { rows: shown.flatMap(({ id }) => listed?.get(id) ?? []), total: found.rows.length };
}

function oddityOf({ edition, schoolType, cells, reference, peers, softFindings }: Weighed): number {
  const keys = enteredFields(catalogueOf(edition), { schoolType }).map(({ key }) => key);
  return filingOddity(keys, { values: valuesOf(cells), reference, peers }, softFindings);
}
