import { lockName } from '#platform/db/named-lock.ts';
import type { TrackHandle } from '../published.store.ts';

/** An edition of the basic standard that the city took over from its province. */
export interface BasicStandardRow {
  /** The first school year whose tracks are judged by it. */
  readonly fromYear: number;
  readonly revision: number;
  readonly name: string;
  readonly edition: string;
  readonly source: string;
  readonly definition: unknown;
  readonly reason: string;
  readonly addedBy: string;
  readonly addedAt: Date;
}

const editions = (db: TrackHandle) =>
  db
    .selectFrom('basic_standards')
    .select(['from_year as fromYear', 'revision', 'name', 'edition', 'source', 'definition', 'reason'])
    .select(['added_by_name as addedBy', 'added_at as addedAt'])
    .orderBy('from_year', 'desc')
    .orderBy('revision', 'desc');

/** All editions, the newest first. */
export function listBasicStandards(db: TrackHandle): Promise<BasicStandardRow[]> {
  return editions(db).execute();
}

/** The edition of a school year; undefined where none was taken over for it or for a year before. */
export function findBasicStandard(db: TrackHandle, schoolYear: number): Promise<BasicStandardRow | undefined> {
  return editions(db).where('from_year', '<=', schoolYear).limit(1).executeTakeFirst();
}

/** Keeps others from adding an edition until the transaction ends. */
export const lockBasicStandards = (db: TrackHandle) => lockName(db, 'basic-standards');

export async function insertBasicStandard(db: TrackHandle, row: BasicStandardRow): Promise<void> {
  await db
    .insertInto('basic_standards')
    .values({
      ...{ from_year: row.fromYear, revision: row.revision, name: row.name, edition: row.edition, source: row.source },
      ...{ definition: JSON.stringify(row.definition), reason: row.reason },
      ...{ added_by_name: row.addedBy, added_at: row.addedAt },
    })
    .execute();
}

/** The last school year that is archived; undefined where none is. */
export async function findLastArchived(db: TrackHandle): Promise<number | undefined> {
  const found = await db
    .selectFrom('periods')
    .where('kind', '=', 'school-year')
    .where('archived_on', 'is not', null)
    .select('year')
    .orderBy('year', 'desc')
    .limit(1)
    .executeTakeFirst();
  return found?.year;
}
