import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { mostHandlers } from '#contract/official-documents/letters.shape.ts';
import type { Actor, Scope } from '#domain/access/actor.ts';
import { ownHands } from '#domain/access/signing.ts';
import { type LetterKind, type LetterState, type LetterTurn, letterStates } from '#domain/letter/state.ts';
import {
  inChineseOrder,
  limited,
  ofUnit,
  orderBy,
  type Page,
  type Paging,
  pageOf,
  searched,
} from '#platform/db/listing.ts';
import { handler, type LetterHandle, type LetterRow, readable } from './letter.store.ts';
import { waitingFor } from './work/letter.turn.store.ts';

export interface LetterFilter {
  readonly state?: LetterState | readonly LetterState[] | undefined;
  readonly kind?: LetterKind | undefined;
  readonly unitId?: number | undefined;
  readonly year?: number | undefined;
  readonly waiting?: LetterTurn | undefined;
  /** Who goes on with it: a person, or whoever asks. */
  readonly handler?: string | undefined;
  readonly search?: string | undefined;
  readonly sort?: string | undefined;
}

export interface Asked<Filter extends LetterFilter = LetterFilter> {
  readonly actor: Actor;
  readonly scope: Scope;
  readonly filter: Filter;
}

/** A letter in a list. */
export interface ListedLetter
  extends Pick<
    LetterRow,
    | 'id'
    | 'placeId'
    | 'kind'
    | 'title'
    | 'state'
    | 'revision'
    | 'number'
    | 'issuedOn'
    | 'draftedByName'
    | 'handledByName'
    | 'updatedAt'
    | 'restricted'
    | 'onPaper'
  > {
  readonly placeName: string;
  readonly recipients: number;
  readonly received: number;
}

const listedColumns = sql`
  l.id, l.place_id as "placeId", u.name as "placeName", l.kind, l.title, l.state, l.revision,
  l.number_text as number, l.issued_on as "issuedOn", l.drafted_by_name as "draftedByName",
  l.handled_by_name as "handledByName", l.updated_at as "updatedAt",
  l.restricted, l.on_paper as "onPaper",
  (select count(*) from letter_recipients r where r.place_id = l.place_id and r.letter_id = l.id)::int as recipients,
  (select count(r.received_at) from letter_recipients r where r.place_id = l.place_id and r.letter_id = l.id)::int as received`;

const listedTables = sql`letters l join org_units u on u.id = l.place_id`;

function matching({ actor, scope, filter }: Asked): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [readable(actor, scope)];
  if (filter.unitId !== undefined) conditions.push(ofUnit(sql`l.place_id`, filter.unitId, scope.places));
  if (filter.state !== undefined) conditions.push(sql`l.state = any(${[filter.state].flat()}::text[])`);
  if (filter.kind !== undefined) conditions.push(sql`l.kind = ${filter.kind}`);
  if (filter.year !== undefined) conditions.push(sql`l.year = ${filter.year}`);
  if (filter.waiting !== undefined) conditions.push(waitingFor(filter.waiting, actor));
  if (filter.handler === 'mine') conditions.push(sql`${handler} = any(${ownHands(actor)}::text[])`);
  else if (filter.handler !== undefined) conditions.push(sql`${handler} = ${filter.handler}`);
  if (filter.search) conditions.push(searched(sql`l.search`, filter.search));
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

const sortColumns = {
  /** What was changed last stands first. */
  updatedAt: sql`l.updated_at`,
  number: sql`(l.year, l.number)`,
  issuedOn: sql`l.issued_on`,
  title: inChineseOrder(sql`l.title`),
  state: sql`array_position(${[...letterStates]}::text[], l.state)`,
};

const ordered = (sort: string | undefined) => orderBy(sort, sortColumns, '-updatedAt', sql`l.place_id, l.id`);

/** One page with the number of all matches. */
export async function listLetters(db: LetterHandle, asked: Asked<LetterFilter & Paging>): Promise<Page<ListedLetter>> {
  const { filter } = asked;
  const { rows } = await sql<ListedLetter & { total: number }>`
    select ${listedColumns}, count(*) over ()::int as total from ${listedTables}
     where ${matching(asked)} order by ${ordered(filter.sort)} ${limited(filter)}`.execute(db);
  return pageOf(rows, filter, async () => {
    const counted = await sql<{ n: number }>`select count(*)::int as n from letters l where ${matching(asked)}`.execute(
      db,
    );
    return counted.rows[0]!.n;
  });
}

/** Somebody who handles letters. */
export interface LetterHandler {
  readonly personId: string;
  readonly name: string;
}

/** Who handles the letters that this person may read of the own unit, by name. */
export async function listHandlers(
  db: LetterHandle,
  { actor, scope }: Omit<Asked, 'filter'>,
): Promise<LetterHandler[]> {
  const { rows } = await sql<LetterHandler>`
    select p.id as "personId", p.name from people p
     where p.id::text in (select ${handler} from letters l
                           where l.place_id = ${actor.unitId ?? 0} and not l.on_paper and ${readable(actor, scope)})
     order by ${inChineseOrder(sql`p.name`)}, p.id limit ${mostHandlers}`.execute(db);
  return rows;
}

/** All matches, for the register as a file. */
export async function findRegister(db: LetterHandle, asked: Asked, most: number): Promise<ListedLetter[]> {
  const { rows } = await sql<ListedLetter>`
    select ${listedColumns} from ${listedTables}
     where ${matching(asked)} order by ${ordered(asked.filter.sort)} limit ${most}`.execute(db);
  return rows;
}

/** The columns that a list shows, for one letter that the person may read. */
export async function findListed(
  db: LetterHandle,
  { placeId, id }: Pick<LetterRow, 'placeId' | 'id'>,
): Promise<ListedLetter> {
  const { rows } = await sql<ListedLetter>`
    select ${listedColumns} from ${listedTables} where l.place_id = ${placeId} and l.id = ${id}`.execute(db);
  return rows[0]!;
}
