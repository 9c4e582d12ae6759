import { type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { FindingLevel } from '#domain/rectification/state.ts';
import { among, ofUnit } from '#platform/db/listing.ts';
import { lockName } from '#platform/db/named-lock.ts';
import type { FindingHandle } from '../finding.store.ts';

export interface Draw {
  readonly placeId: number;
  readonly id: string;
  readonly unitName: string;
  readonly closedFrom: Day;
  readonly closedTo: Day;
  readonly drawnLevel: FindingLevel;
  readonly frameSize: number;
  readonly size: number;
  readonly frameHash: string;
  readonly seed: string;
  readonly algorithm: string;
  readonly drawnBy: string;
  readonly drawnAt: Date;
  readonly cancelledBy: string | null;
  readonly cancelledAt: Date | null;
  readonly cancelReason: string | null;
  readonly proved: number;
  readonly failed: number;
}

const drawColumns = sql`
  f.place_id as "placeId", f.id, u.name as "unitName", f.closed_from as "closedFrom", f.closed_to as "closedTo", f.drawn_level as "drawnLevel",
  f.frame_size as "frameSize", f.size, f.frame_hash as "frameHash", f.seed, f.algorithm,
  f.drawn_by_name as "drawnBy", f.drawn_at as "drawnAt", f.cancelled_by_name as "cancelledBy",
  f.cancelled_at as "cancelledAt", f.cancel_reason as "cancelReason",
  (select count(*) from reproofs r where r.place_id = f.place_id and r.draw_id = f.id and r.result is not null)::int as proved,
  (select count(*) from reproofs r where r.place_id = f.place_id and r.draw_id = f.id and r.result = 'failed')::int as failed`;

/** A draw is a matter of a whole unit: a person who is narrowed to schools reaches none. */
const within = (scope: Scope) => sql<SqlBool>`
  f.place_id = ${among(scope.places)} and ${scope.schools === null}::boolean`;

export async function listDraws(
  db: FindingHandle,
  scope: Scope,
  asked: { readonly unitId: number | undefined; readonly most: number },
): Promise<Draw[]> {
  const place = asked.unitId === undefined ? sql`true` : ofUnit(sql`f.place_id`, asked.unitId, scope.places);
  const { rows } = await sql<Draw>`
    select ${drawColumns} from reproof_draws f join org_units u on u.id = f.place_id
     where ${within(scope)} and ${place}
     order by f.drawn_at desc, f.id
     limit ${asked.most}`.execute(db);
  return rows;
}

export async function findDraw(db: FindingHandle, scope: Scope, id: string): Promise<Draw | undefined> {
  const { rows } = await sql<Draw>`
    select ${drawColumns} from reproof_draws f join org_units u on u.id = f.place_id
     where ${within(scope)} and f.id = ${id}`.execute(db);
  return rows[0];
}

/** The same, kept from others who record a result of it or take it back until the transaction ends. */
export async function lockDraw(db: FindingHandle, scope: Scope, id: string): Promise<Draw | undefined> {
  await lockName(db, `draw:${id}`);
  return findDraw(db, scope, id);
}

/** Takes a draw back; false where somebody did so before, or a result of it stands. */
export async function writeCancelledDraw(
  db: FindingHandle,
  { placeId, id }: Pick<Draw, 'placeId' | 'id'>,
  made: { readonly by: string; readonly byName: string; readonly at: Date; readonly reason: string },
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select cancel_draw(${placeId}::int, ${id}::uuid, ${made.by}, ${made.byName}, ${made.at}, ${made.reason}) as done`.execute(
    db,
  );
  return rows[0]!.done;
}

/** The ids of what was closed at a place in these days and is closed still; a county's frame holds what it opened itself. */
export async function listFrame(
  db: FindingHandle,
  asked: Pick<Draw, 'placeId' | 'closedFrom' | 'closedTo' | 'drawnLevel'>,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select f.id from findings f
     where f.place_id = ${asked.placeId} and f.state = 'closed' and not f.imported
       and (${asked.drawnLevel === 'city'}::boolean or f.opened_level = 'county')
       and f.closed_on between ${asked.closedFrom}::date and ${asked.closedTo}::date
     order by f.id`.execute(db);
  return rows.map(({ id }) => id);
}

/** Whoever draws of a place waits for another who does so: the later one sees the draw of the earlier. */
export async function lockDraws(db: FindingHandle, placeId: number): Promise<void> {
  await lockName(db, `draws:${placeId}`);
}

/**
 * The seed that a new draw of a level at a place takes over: of the first draw of overlapping days of which nothing is proved,
 * or of the very same findings. Somebody has seen whom that seed draws. With a new one, whoever took the draw back, or let it
 * stand and moved the days, would draw again until the sample pleased. Where a result stands the draw holds for good, and what
 * is drawn beside it comes on top. A seed goes on only while nobody can have
 * read it, which is until a result stands of a draw that has it: nobody closes a finding knowing its rank.
 */
export async function findSeed(
  db: FindingHandle,
  asked: Pick<Draw, 'placeId' | 'drawnLevel' | 'frameHash' | 'closedFrom' | 'closedTo'>,
): Promise<string | undefined> {
  const { rows } = await sql<{ seed: string }>`
    select d.seed from reproof_draws d
     where d.place_id = ${asked.placeId} and d.drawn_level = ${asked.drawnLevel}
       and d.closed_from <= ${asked.closedTo}::date and d.closed_to >= ${asked.closedFrom}::date
       and (d.frame_hash = ${asked.frameHash} or not exists (
         select 1 from reproof_draws k join reproofs r on r.place_id = k.place_id and r.draw_id = k.id
          where k.place_id = d.place_id and k.seed = d.seed and r.result is not null))
     order by d.drawn_at, d.id
     limit 1`.execute(db);
  return rows[0]?.seed;
}

/** Writes the draw with what was drawn; false where these days were drawn before. */
export async function insertDraw(
  db: FindingHandle,
  draw: Pick<
    Draw,
    | 'placeId'
    | 'id'
    | 'closedFrom'
    | 'closedTo'
    | 'drawnLevel'
    | 'frameSize'
    | 'size'
    | 'frameHash'
    | 'seed'
    | 'algorithm'
    | 'drawnBy'
    | 'drawnAt'
  > & { readonly drawnById: string; readonly drawn: readonly string[] },
): Promise<boolean> {
  const written = await db
    .insertInto('reproof_draws')
    .values({
      ...{ place_id: draw.placeId, id: draw.id, closed_from: draw.closedFrom, closed_to: draw.closedTo },
      drawn_level: draw.drawnLevel,
      ...{ seed: draw.seed, frame_size: draw.frameSize, frame_hash: draw.frameHash, size: draw.size },
      ...{ algorithm: draw.algorithm, drawn_by: draw.drawnById, drawn_by_name: draw.drawnBy, drawn_at: draw.drawnAt },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['place_id', 'closed_from', 'closed_to', 'drawn_level'])
        .where('cancelled_at', 'is', null)
        .doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  if (!written) return false;
  await db
    .insertInto('reproofs')
    .values(
      draw.drawn.map((id, at) => ({ place_id: draw.placeId, draw_id: draw.id, finding_id: id, position: at + 1 })),
    )
    .execute();
  return true;
}

export interface Reproof {
  readonly findingId: string;
  readonly title: string;
  readonly dutyName: string;
  readonly schoolId: number | null;
  readonly closedOn: Day | null;
  readonly result: 'held' | 'failed' | null;
  readonly provedBy: string | null;
  readonly provedAt: Date | null;
  readonly note: string | null;
}

/** What was drawn, in the order in which it was drawn. */
export async function listReproofs(
  db: FindingHandle,
  { placeId, id }: Pick<Draw, 'placeId' | 'id'>,
): Promise<Reproof[]> {
  const { rows } = await sql<Reproof>`
    select r.finding_id as "findingId", f.title, f.school_id as "schoolId", f.closed_on as "closedOn", r.result,
           coalesce(u.name, (select s.name from schools s where s.county_id = f.place_id and s.id = f.school_id), '') as "dutyName",
           r.proved_by_name as "provedBy", r.proved_at as "provedAt", r.note
      from reproofs r
      join findings f on f.place_id = r.place_id and f.id = r.finding_id
      left join org_units u on u.id = f.duty_unit_id
     where r.place_id = ${placeId} and r.draw_id = ${id}
     order by r.position`.execute(db);
  return rows;
}

/** How many draws a level made of a unit since a day. */
export async function countDraws(
  db: FindingHandle,
  { placeId, drawnLevel }: Pick<Draw, 'placeId' | 'drawnLevel'>,
  since: Day,
): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from reproof_draws
     where place_id = ${placeId} and drawn_level = ${drawnLevel} and drawn_at >= ${since}::date`.execute(db);
  return rows[0]!.n;
}

/** Records a result that nobody has recorded before; false where somebody has. */
export async function writeReproof(
  db: FindingHandle,
  at: { readonly placeId: number; readonly drawId: string; readonly findingId: string },
  made: { result: 'held' | 'failed'; by: string; byName: string; standInFor: string | null; at: Date; note: string },
): Promise<boolean> {
  const written = await db
    .updateTable('reproofs')
    .set({
      ...{ result: made.result, proved_by: made.by, proved_by_name: made.byName, stand_in_for: made.standInFor },
      ...{ proved_at: made.at, note: made.note },
    })
    .where('place_id', '=', at.placeId)
    .where('draw_id', '=', at.drawId)
    .where('finding_id', '=', at.findingId)
    .where('result', 'is', null)
    .returning('finding_id')
    .executeTakeFirst();
  return written !== undefined;
}
