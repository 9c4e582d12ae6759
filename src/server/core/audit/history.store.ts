import { sql } from 'kysely';
import type { Handle } from '#platform/db/handle.ts';
import { signedName } from './entries.store.ts';

type AuditHandle = Handle<'audit_events'>;

/** An object whose fields people edit, and the acts that edit them. */
export interface WrittenObject {
  readonly placeId: number;
  readonly type: string;
  readonly id: string;
  readonly acts: readonly string[];
}

export interface WrittenField<Values> {
  readonly at: Date;
  /** Null where no person acted. */
  readonly personId: string | null;
  readonly actorName: string | null;
  readonly action: string;
  readonly before: Values | null;
  readonly after: Values | null;
}

const of = ({ placeId, type, id, acts }: WrittenObject) => sql`
  place_id = ${placeId} and object_type = ${type} and object_id = ${id} and action = any(${[...acts]}::text[])`;

/**
 * The audit rows that changed one field, newest first, at most 200: the field's history, for people who may read the
 * object.
 */
export async function listWritings<Values>(
  db: AuditHandle,
  object: WrittenObject,
  field: string,
): Promise<WrittenField<Values>[]> {
  const found = await sql<WrittenField<Values>>`
    select at, actor_id as "personId", ${signedName} as "actorName", action, before, after from audit_events
     where ${of(object)} and fields @> array[${field}]::text[]
     order by id desc limit 200`.execute(db);
  return found.rows;
}

export interface LastWriter {
  /** Null where no person acted. */
  readonly personId: string | null;
  readonly by: string | null;
  readonly at: Date;
}

/** The person who last wrote these fields, and when. */
export async function findLastWriters(
  db: AuditHandle,
  object: WrittenObject,
  fields: readonly string[],
): Promise<Map<string, LastWriter>> {
  const found = await sql<LastWriter & { field: string }>`
    select distinct on (field) field, actor_id as "personId", ${signedName} as by, at
      from audit_events, unnest(fields) as field
     where ${of(object)} and field = any(${[...fields]}::text[])
     order by field, id desc`.execute(db);
  return new Map(found.rows.map(({ field, ...writer }) => [field, writer]));
}

/** The last act on an object, whatever it was. */
export interface LastEntry<Before> {
  readonly action: string;
  readonly personId: string | null;
  readonly postId: string | null;
  readonly at: Date;
  /** The moment by the clock that dated `at`. */
  readonly now: Date;
  readonly before: Before | null;
}

/** The last act on an object. Every change of it leaves a row, so that the object stands as this act left it. */
export async function findLastEntry<Before>(
  db: AuditHandle,
  { placeId, type, id }: Omit<WrittenObject, 'acts'>,
): Promise<LastEntry<Before> | undefined> {
  const found = await sql<LastEntry<Before>>`
    select action, actor_id as "personId", post_id as "postId", at, clock_timestamp() as now, before from audit_events
     where place_id = ${placeId} and object_type = ${type} and object_id = ${id}
     order by id desc limit 1`.execute(db);
  return found.rows[0];
}

/** Objects of one type at one place, and the acts that change them. */
export interface ChangedObjects {
  readonly type: string;
  readonly ids: readonly string[];
  readonly acts: readonly string[];
}

/** The same of objects that lie in no place, whose audit the wall hides from everybody who works in one. */
export async function findLastHandNowhere(
  db: AuditHandle,
  { type, ids, acts }: ChangedObjects,
): Promise<LastWriter | undefined> {
  const found = await sql<LastWriter>`
    select h.person as "personId", h.name as by, h.moment as at
      from last_hand(${type}, ${[...ids]}::text[], ${[...acts]}::text[]) h`.execute(db);
  return found.rows[0];
}

/** The person who last did one of these acts on any of these objects of a place; undefined where nobody did. */
export async function findLastHand(
  db: AuditHandle,
  placeId: number,
  objects: readonly ChangedObjects[],
): Promise<LastWriter | undefined> {
  const among = objects.map(
    ({ type, ids, acts }) =>
      sql`object_type = ${type} and object_id = any(${[...ids]}::text[]) and action = any(${[...acts]}::text[])`,
  );
  const found = await sql<LastWriter>`
    select actor_id as "personId", ${signedName} as by, at from audit_events
     where place_id = ${placeId} and (${sql.join(among, sql` or `)})
     order by id desc limit 1`.execute(db);
  return found.rows[0];
}
