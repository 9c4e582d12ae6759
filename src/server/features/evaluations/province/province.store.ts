import { sql } from 'kysely';
import type { Day } from '#domain/kit/school-year.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';

/** What the province gave, as a row of the city. */
export interface ProvinceRow {
  readonly id: string;
  readonly points: string | null;
  readonly words: string | null;
  readonly document: string;
  readonly on: Day;
  readonly reason: string;
  readonly enteredBy: string;
  /** As text. */
  readonly enteredAt: string;
  readonly replacedAt: string | null;
}

type Key = Pick<Evaluation, 'placeId' | 'id'>;

/** What stands of the province at one leaf, or of the whole (null), and what stood before, as part of a larger statement. */
export const provinceAt = ({ placeId, id }: Key, code: string | null, most: number) => sql`
  (select coalesce(jsonb_agg(to_jsonb(v) order by v."replacedAt" is not null, v."enteredAt" desc, v.id), '[]')
     from (select v.id, v.points, v.words, v.document, v.given_on as "on", v.reason, v.entered_by_name as "enteredBy",
                  v.entered_at as "enteredAt", v.replaced_at as "replacedAt"
             from evaluation_province_scores v
            where v.place_id = ${placeId} and v.evaluation_id = ${id} and v.code is not distinct from ${code}::text
            order by v.replaced_at is not null, v.entered_at desc, v.id limit ${most}) v)`;

/** What stands of the province at each leaf, as part of a larger statement. */
export const provinceLeaves = ({ placeId, id }: Key) => sql`
  (select coalesce(jsonb_agg(jsonb_build_object('code', v.code, 'points', v.points, 'words', v.words)), '[]')
     from evaluation_province_scores v
    where v.place_id = ${placeId} and v.evaluation_id = ${id} and v.code is not null and v.replaced_at is null)`;

export interface NewProvinceScore {
  readonly id: string;
  readonly code: string | null;
  readonly points: string | null;
  readonly words: string | null;
  readonly document: string;
  readonly on: Day;
  readonly reason: string;
  /** The row that the person has seen as standing. */
  readonly replaces: string | null;
  readonly by: string;
}

/** Puts down what the province gave: `changed` where another row stands than the one that was read, `absent` where nothing was to take back. */
export async function writeProvinceScore(
  db: EvaluationHandle,
  { placeId, id }: Key,
  one: NewProvinceScore,
  now: Date,
): Promise<'entered' | 'changed' | 'absent'> {
  const found = await sql<{ outcome: 'entered' | 'changed' | 'absent' }>`
    select enter_province_score(${placeId}::int, ${id}::uuid, ${one.id}::uuid, ${one.code}, ${one.points}, ${one.words},
      ${one.document}, ${one.on}::date, ${one.reason}, ${one.replaces}::uuid, ${one.by}, ${now}::timestamptz) as outcome`.execute(
    db,
  );
  return found.rows[0]!.outcome;
}

/** An entry with its evaluation. */
export interface ProvinceEntry extends Pick<ProvinceRow, 'points' | 'words' | 'document' | 'on' | 'reason'> {
  readonly evaluationId: string;
  readonly placeId: number;
  readonly schoolId: number | null;
  readonly code: string | null;
  /** Whether no other entry has replaced it. */
  readonly stands: boolean;
}

/** An entry within reach. */
export async function findProvinceEntry(db: EvaluationHandle, id: string): Promise<ProvinceEntry | undefined> {
  const found = await sql<ProvinceEntry>`
    select v.evaluation_id as "evaluationId", v.place_id as "placeId", v.school_id as "schoolId", v.replaced_at is null as stands,
           v.code, v.points, v.words, v.document, v.given_on as "on", v.reason
      from evaluation_province_scores v where v.id = ${id}::uuid`.execute(db);
  return found.rows[0];
}

/** What goes into the digest of an entry, so that nobody finds its points by trying. */
export async function findProvinceSalt(db: EvaluationHandle, id: string): Promise<string> {
  const found = await sql<{ salt: string }>`
    select v.salt from evaluation_province_scores v where v.id = ${id}::uuid`.execute(db);
  return found.rows[0]!.salt;
}
