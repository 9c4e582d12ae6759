import { sql } from 'kysely';
import type { Day } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';

/** Facts that people enter with their document, their periods, and which editions ask them. */
type EnteredHandle = Handle<'entered_facts', 'periods' | 'framework_facts' | 'framework_withdrawals'>;

/** Whose facts are entered: a school, or a unit. */
export interface FactOwner {
  readonly placeId: number;
  readonly type: 'school' | 'unit';
  readonly id: number;
}

export interface EnteredFact {
  readonly key: string;
  readonly kind: 'school-year' | 'calendar-year';
  readonly year: number;
  readonly value: unknown;
  readonly document: string | null;
  readonly by: string;
  readonly on: Day;
}

/** What somebody entered of a subject under these names, whatever the year, with its document and day. */
export async function listEntered(
  db: EnteredHandle,
  { placeId, type, id }: FactOwner,
  keys: readonly string[],
): Promise<EnteredFact[]> {
  const found = await sql<EnteredFact>`
    select f.key, p.kind, p.year, f.value, f.document, f.entered_by_name as by,
           to_char(f.entered_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as on
      from entered_facts f join periods p on p.id = f.period_id
     where f.place_id = ${placeId} and f.subject_type = ${type} and f.subject_id = ${id}
       and f.key = any(${[...keys]}::text[]) and f.replaced_at is null`.execute(db);
  return found.rows;
}

/** How many other frameworks ask each of these names. */
export async function countAsking(
  db: EnteredHandle,
  names: readonly string[],
  besides: string,
): Promise<ReadonlyMap<string, number>> {
  const found = await sql<{ name: string; n: number }>`
    select f.name, count(distinct f.key)::int as n from framework_facts f
     where f.name = any(${[...names]}::text[]) and f.key <> ${besides}
       and not exists (select 1 from framework_withdrawals w where w.key = f.key and w.revision = f.revision)
     group by f.name`.execute(db);
  return new Map(found.rows.map(({ name, n }) => [name, n]));
}

/** Enters a fact of a period; what stood before ends and stays. Whoever corrects at once waits for the other. */
export async function writeEntered(
  db: EnteredHandle,
  { placeId, type, id }: FactOwner,
  fact: {
    readonly key: string;
    readonly periodId: number;
    readonly value: number | string | boolean;
    readonly document: string;
    /** Which feature asked it. */
    readonly source: string;
    readonly personId: string;
    readonly by: string;
  },
  now: Date,
): Promise<void> {
  const { key, periodId } = fact;
  await sql`
    update entered_facts set replaced_at = ${now}
     where place_id = ${placeId} and subject_type = ${type} and subject_id = ${id} and key = ${key}
       and period_id = ${periodId} and replaced_at is null`.execute(db);
  await db
    .insertInto('entered_facts')
    .values({
      ...{ place_id: placeId, id: newId(), subject_type: type, subject_id: id, key, period_id: periodId },
      ...{ value: JSON.stringify(fact.value), source: fact.source, document: fact.document },
      ...{ entered_by: fact.personId, entered_by_name: fact.by, entered_at: now },
    })
    .execute();
}
