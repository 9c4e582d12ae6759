import { sql } from 'kysely';
import type { YearKind } from '#domain/calendar/period.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';

/** Facts that people enter with their document, their periods, and which editions ask them. */
export type EnteredHandle = Handle<'entered_facts', 'periods' | 'framework_facts' | 'framework_withdrawals'>;

/** A unit or a school with the place where its rows lie. */
export interface FactOwner {
  readonly placeId: number;
  readonly type: 'school' | 'unit';
  readonly id: number;
}

/** A figure that somebody entered with the document it rests on. */
export interface EnteredFact {
  readonly id: string;
  readonly name: string;
  readonly kind: YearKind;
  readonly year: number;
  readonly value: unknown;
  readonly document: string | null;
  /** The day on which the figure stood, as its document says. */
  readonly asOf: Day | null;
  readonly enteredBy: string;
  readonly enteredAt: Date;
  /** What asked it. */
  readonly source: string;
  /** Null for the one that counts. */
  readonly replacedAt: Date | null;
}

/** Entered facts `f` of one subject with their periods `p`. */
const factsOf = ({ placeId, type, id }: FactOwner) => sql`
  select f.id, f.key as name, p.kind, p.year, f.value, f.document, f.as_of as "asOf", f.entered_by_name as "enteredBy", f.source,
         f.entered_at as "enteredAt", f.replaced_at as "replacedAt"
    from entered_facts f join periods p on p.id = f.period_id
   where f.place_id = ${placeId} and f.subject_type = ${type} and f.subject_id = ${id}`;

/** How many facts of one subject and year are read: far more than are asked, and some corrections of each. */
const mostFacts = 5000;

/** What was entered of a subject in the school year and the calendar year of a number, the newest first. */
export async function listEnteredFacts(db: EnteredHandle, owner: FactOwner, year: number): Promise<EnteredFact[]> {
  const found = await sql<EnteredFact>`
    ${factsOf(owner)} and p.year = ${year} and p.kind in ('school-year', 'calendar-year')
     order by f.entered_at desc, f.id desc limit ${mostFacts}`.execute(db);
  return found.rows;
}

/** Every answer about a subject under these names, whatever the year, also those that a later one ended; the newest first. */
export async function findEnteredFacts(
  db: EnteredHandle,
  owner: FactOwner,
  names: readonly string[],
): Promise<EnteredFact[]> {
  const found = await sql<EnteredFact>`
    ${factsOf(owner)} and f.key = any(${[...names]}::text[])
     order by f.entered_at desc, f.id desc limit ${mostFacts}`.execute(db);
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

/** The fact that counts, kept until the transaction ends. */
export async function lockEnteredFact(
  db: EnteredHandle,
  owner: FactOwner,
  name: string,
  periodId: number,
): Promise<EnteredFact | undefined> {
  const found = await sql<EnteredFact>`
    ${factsOf(owner)} and f.key = ${name} and f.period_id = ${periodId} and f.replaced_at is null
       for update of f`.execute(db);
  return found.rows[0];
}

/** Ends a fact: a later one counts. */
export async function updateReplaced(db: EnteredHandle, placeId: number, id: string, at: Date): Promise<void> {
  await sql`update entered_facts set replaced_at = ${at} where place_id = ${placeId} and id = ${id}`.execute(db);
}

export interface NewFact {
  readonly id: string;
  readonly subject: FactOwner;
  readonly name: string;
  readonly periodId: number;
  readonly value: unknown;
  readonly document: string;
  readonly asOf: Day | null;
  /** What asked it. */
  readonly source: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

/** Enters a fact; false where somebody else has entered one meanwhile. */
export async function insertEnteredFact(db: EnteredHandle, one: NewFact): Promise<boolean> {
  const { subject } = one;
  const written = await sql`
    insert into entered_facts
      (place_id, id, subject_type, subject_id, key, period_id, value, source, document, as_of, entered_by,
       entered_by_name, entered_at)
    values (${subject.placeId}, ${one.id}, ${subject.type}, ${subject.id}, ${one.name}, ${one.periodId},
            ${JSON.stringify(one.value)}::jsonb, ${one.source}, ${one.document}, ${one.asOf}, ${one.by.id}, ${one.by.name},
            ${one.at})
    on conflict (place_id, subject_type, subject_id, key, period_id) where replaced_at is null do nothing
    returning id`.execute(db);
  return written.rows.length === 1;
}
