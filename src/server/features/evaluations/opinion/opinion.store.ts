import { sql } from 'kysely';
import type { OpinionCommentKind, OpinionState } from '#domain/evaluation/lists.ts';
import type { DutyType } from '#domain/flow/finding.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Evaluation, EvaluationHandle } from '../evaluation.store.ts';
import type { ResultCertificate } from './result.store.ts';
import { type Statement, statementJson } from './statement.store.ts';

export interface Comment {
  readonly kind: OpinionCommentKind;
  readonly code: string | null;
  readonly text: string;
}

/** A finding of the panel, until it goes into the ledger. */
export interface Finding {
  readonly id: string;
  readonly code: string | null;
  readonly kind: string;
  readonly title: string;
  readonly body: string;
  readonly dutyType: DutyType | null;
  readonly dutyId: number | null;
  readonly dutyName: string | null;
  readonly dueOn: Day | null;
  readonly raisedAt: string | null;
}

export interface StoredOpinion {
  readonly state: OpinionState;
  readonly comments: readonly Comment[];
  readonly total: string | null;
  readonly conclusion: string | null;
  readonly certificate: ResultCertificate | null;
  readonly draftedById: string;
  readonly draftedBy: string;
}

export interface OpinionRows {
  readonly opinion: StoredOpinion | null;
  readonly findings: readonly Finding[];
  readonly statements: readonly Statement[];
}

const findingJson = sql`jsonb_build_object(
  'id', f.id, 'code', f.code, 'kind', f.kind, 'title', f.title, 'body', f.body, 'dutyType', f.duty_type, 'dutyId', f.duty_id,
  'dutyName', case when f.duty_type = 'school'
    then (select s.name from schools s where s.county_id = f.subject_place_id and s.id = f.duty_id)
    else (select u.name from org_units u where u.id = f.duty_id) end,
  'dueOn', f.due_on, 'raisedAt', f.raised_at)`;

/** The opinion as it is drafted at the city, its findings, and the statements of the subject. */
export async function findOpinion(
  db: EvaluationHandle,
  { placeId, campaignPlaceId, id }: Evaluation,
): Promise<OpinionRows> {
  const found = await sql<OpinionRows>`
    select (select jsonb_build_object('state', o.state, 'comments', o.comments, 'total', o.total, 'conclusion', o.conclusion,
                     'certificate', o.certificate, 'draftedById', o.drafted_by, 'draftedBy', o.drafted_by_name)
              from evaluation_opinions o where o.place_id = ${campaignPlaceId} and o.evaluation_id = ${id}) as opinion,
           (select coalesce(jsonb_agg(${findingJson} order by f.entered_at, f.id), '[]') from evaluation_findings f
             where f.place_id = ${campaignPlaceId} and f.evaluation_id = ${id} and f.dropped_at is null) as findings,
           (select coalesce(jsonb_agg(${statementJson} order by s.made_on, s.id), '[]') from evaluation_statements s
             where s.place_id = ${placeId} and s.evaluation_id = ${id}) as statements`.execute(db);
  return found.rows[0]!;
}

/** By which name one of these people wrote words of the opinion; undefined where none of them did. */
export async function findOwnDraft(
  db: EvaluationHandle,
  { campaignPlaceId, id }: Evaluation,
  hands: readonly string[],
): Promise<string | undefined> {
  const found = await sql<{ name: string }>`
    select o.drafted_by_name as name from evaluation_opinions o
     where o.place_id = ${campaignPlaceId} and o.evaluation_id = ${id} and o.drafted_by::text = any(${[...hands]}::text[])
    union all
    (select coalesce(a.actor_name, '') from audit_events a
      where a.place_id = ${campaignPlaceId} and a.object_type = 'evaluation' and a.object_id = ${id}
        and a.action = 'evaluation.opinionSaved'
        and (a.actor_id = any(${[...hands]}::text[]) or a.stand_in_for::text = any(${[...hands]}::text[]))
      limit 1)`.execute(db);
  return found.rows[0]?.name;
}

/** Whether the person at work owes a blind score while the city scores: what others draft would tell what they gave. */
export async function isOwingBlind(db: EvaluationHandle, evaluation: Evaluation): Promise<boolean> {
  if (!evaluation.rules.blind) return false;
  const found = await sql<{ owes: boolean }>`select ${owingBlind(evaluation)} as owes`.execute(db);
  return found.rows[0]!.owes;
}

/** The same as part of a larger statement. The same function keeps the rows from this person in the policies. */
export const owingBlind = ({ placeId, id, rules }: Pick<Evaluation, 'placeId' | 'id' | 'rules'>) =>
  rules.blind ? sql<boolean>`owes_blind(${placeId}::int, ${id}::uuid)` : sql<boolean>`false`;

/** What an act writes of an opinion; the rest stays as it is. */
export interface OpinionChange {
  readonly state?: OpinionState;
  readonly comments?: readonly Comment[];
  readonly total?: string | null;
  readonly conclusion?: string | null;
  readonly certificate?: ResultCertificate | null;
  readonly confirmed?: { readonly by: string; readonly name: string; readonly at: Date } | null;
}

/** Writes the opinion, whose evaluation is locked. Whoever writes its words is who drafted it. */
export async function writeOpinion(
  db: EvaluationHandle,
  { placeId, campaignPlaceId, id }: Evaluation,
  change: OpinionChange,
  { by, name, at, drafts }: { readonly by: string; readonly name: string; readonly at: Date; readonly drafts: boolean },
): Promise<void> {
  const { state, comments, total, conclusion, certificate, confirmed } = change;
  const columns = {
    ...(state === undefined ? {} : { state }),
    ...(comments === undefined ? {} : { comments: JSON.stringify(comments) }),
    ...(total === undefined ? {} : { total }),
    ...(conclusion === undefined ? {} : { conclusion }),
    ...(certificate === undefined ? {} : { certificate: certificate === null ? null : JSON.stringify(certificate) }),
    ...(confirmed === undefined
      ? {}
      : {
          ...{ confirmed_by: confirmed?.by ?? null, confirmed_by_name: confirmed?.name ?? null },
          confirmed_at: confirmed?.at ?? null,
        }),
    updated_at: at,
  };
  if (!drafts) {
    await db
      .updateTable('evaluation_opinions')
      .set(columns)
      .where('place_id', '=', campaignPlaceId)
      .where('evaluation_id', '=', id)
      .execute();
    return;
  }
  const drafted = { drafted_by: by, drafted_by_name: name };
  await db
    .insertInto('evaluation_opinions')
    .values({ place_id: campaignPlaceId, evaluation_id: id, subject_place_id: placeId, ...drafted, ...columns })
    .onConflict((conflict) => conflict.columns(['place_id', 'evaluation_id']).doUpdateSet({ ...columns, ...drafted }))
    .execute();
}
