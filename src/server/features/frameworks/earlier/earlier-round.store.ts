import { sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Answer } from '#domain/framework/answer.ts';
import type { KeptLeaf } from '#domain/framework/mapping/carried-answer.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { among, searched } from '#platform/db/listing.ts';
import type { EditionName, FrameworkHandle } from '../framework.store.ts';

/** A round that was decided, with the edition by which it was judged and what it came to. */
export interface EarlierRound extends EditionName {
  readonly id: string;
  readonly placeId: number;
  readonly title: string;
  readonly unitId: number;
  readonly schoolId: number | null;
  readonly subjectName: string;
  readonly year: number;
  readonly editionTitle: string;
  readonly edition: string;
  readonly decidedOn: Day;
  readonly total: string | null;
  readonly selfTotal: string | null;
  readonly conclusion: string | null;
}

/** How many rounds a search offers. */
const mostFound = 20;

/** Decided rounds within reach by some frameworks, the newest first: those in whose subject or year every typed word is, or one. */
export async function listRounds(
  db: FrameworkHandle,
  scope: Scope,
  keys: readonly string[],
  { search, id }: { readonly search: string; readonly id?: string | undefined },
): Promise<EarlierRound[]> {
  const found = await sql<EarlierRound>`
    select r.evaluation_id as id, r.place_id as "placeId", r.title, r.unit_id as "unitId", r.school_id as "schoolId",
           r.subject_name as "subjectName", r.assessment_year as year, r.framework_key as key, r.framework_revision as revision,
           e.hash, e.title as "editionTitle", e.edition, r.decided_on as "decidedOn", r.total, r.self_total as "selfTotal",
           r.conclusion
      from earlier_rounds r
      join framework_editions e on e.key = r.framework_key and e.revision = r.framework_revision
     where r.place_id = ${among(scope.places)}
       and (${scope.schools === null} or r.school_id = any (${[...(scope.schools ?? [])]}::int[]))
       and r.framework_key = any (${[...keys]}::text[])
       and ${searched(sql`(r.search || ' ' || r.assessment_year)`, search)}
       and (${id ?? null}::uuid is null or r.evaluation_id = ${id ?? null}::uuid)
     order by r.assessment_year desc, r.subject_name collate "zh-x-icu", r.decided_on desc, r.evaluation_id
     limit ${mostFound}`.execute(db);
  return found.rows;
}

/** What stands at each leaf of a round: what its subject has said, and what was released to it. */
export async function listKept(
  db: FrameworkHandle,
  { placeId, id }: Pick<EarlierRound, 'placeId' | 'id'>,
): Promise<Readonly<Record<'self' | 'city', ReadonlyMap<string, KeptLeaf>>>> {
  const found = await sql<{ code: string; layer: 'self' | 'city'; points: string | null; answer: Answer | null }>`
    select k.code, k.layer, k.points, k.answer from earlier_leaves k
     where k.place_id = ${placeId} and k.evaluation_id = ${id}::uuid`.execute(db);
  const of = (layer: 'self' | 'city') =>
    new Map(
      found.rows.flatMap(({ code, points, answer, ...row }) =>
        row.layer === layer ? [[code, { points, answer }] as const] : [],
      ),
    );
  return { self: of('self'), city: of('city') };
}
