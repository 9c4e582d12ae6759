import { sql } from 'kysely';
import type { YearKind } from '#domain/calendar/period.ts';
import type { Handle } from '#platform/db/handle.ts';

type FactHandle = Handle<'entered_facts' | 'periods'>;

/** A unit or a school with the place where its rows lie. */
interface FactOwner {
  readonly type: 'unit' | 'school';
  readonly id: number;
  readonly placeId: number;
}

/** A figure that somebody entered with the document it rests on. */
export interface EnteredFact {
  readonly id: string;
  readonly name: string;
  readonly kind: YearKind;
  readonly value: unknown;
  readonly document: string | null;
  /** The day on which the figure stood, as its document says. */
  readonly asOf: string | null;
  readonly enteredBy: string;
  readonly enteredAt: Date;
  /** Null for the one that counts. */
  readonly replacedAt: Date | null;
}

const columns = sql`
  f.id, f.key as name, p.kind, f.value, f.document, f.as_of as "asOf", f.entered_by_name as "enteredBy",
  f.entered_at as "enteredAt", f.replaced_at as "replacedAt"`;

/** How many facts of one subject and year are read: far more than are asked, and some corrections of each. */
const mostFacts = 5000;

/** What was entered of a subject in the school year and the calendar year of a number, the newest first. */
export async function listEnteredFacts(
  db: FactHandle,
  { type, id, placeId }: FactOwner,
  year: number,
): Promise<EnteredFact[]> {
  const found = await sql<EnteredFact>`
    select ${columns} from entered_facts f join periods p on p.id = f.period_id
     where f.place_id = ${placeId} and f.subject_type = ${type} and f.subject_id = ${id}
       and p.year = ${year} and p.kind in ('school-year', 'calendar-year')
     order by f.entered_at desc, f.id desc limit ${mostFacts}`.execute(db);
  return found.rows;
}

/** The fact that counts, kept until the transaction ends. */
export async function lockEnteredFact(
  db: FactHandle,
  { type, id, placeId }: FactOwner,
  name: string,
  periodId: number,
): Promise<EnteredFact | undefined> {
  const found = await sql<EnteredFact>`
    select ${columns} from entered_facts f join periods p on p.id = f.period_id
     where f.place_id = ${placeId} and f.subject_type = ${type} and f.subject_id = ${id} and f.key = ${name}
       and f.period_id = ${periodId} and f.replaced_at is null
       for update of f`.execute(db);
  return found.rows[0];
}

/** Ends a fact: a later one counts. */
export async function updateReplaced(db: FactHandle, placeId: number, id: string, at: Date): Promise<void> {
  await sql`update entered_facts set replaced_at = ${at} where place_id = ${placeId} and id = ${id}`.execute(db);
}

export interface NewFact {
  readonly id: string;
  readonly subject: FactOwner;
  readonly name: string;
  readonly periodId: number;
  readonly value: unknown;
  readonly document: string;
  readonly asOf: string;
  readonly by: { readonly id: string; readonly name: string };
  readonly at: Date;
}

/** Enters a fact; false where somebody else has entered one meanwhile. */
export async function insertEnteredFact(db: FactHandle, one: NewFact): Promise<boolean> {
  const { subject } = one;
  const written = await sql`
    insert into entered_facts
      (place_id, id, subject_type, subject_id, key, period_id, value, source, document, as_of, entered_by,
       entered_by_name, entered_at)
    values (${subject.placeId}, ${one.id}, ${subject.type}, ${subject.id}, ${one.name}, ${one.periodId},
            ${JSON.stringify(one.value)}::jsonb, 'question', ${one.document}, ${one.asOf}, ${one.by.id}, ${one.by.name},
            ${one.at})
    on conflict (place_id, subject_type, subject_id, key, period_id) where replaced_at is null do nothing
    returning id`.execute(db);
  return written.rows.length === 1;
}
