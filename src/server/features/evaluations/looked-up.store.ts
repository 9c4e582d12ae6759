import { sql } from 'kysely';
import type { EvaluationFact, EvaluationSubject } from '#domain/evaluation/flow/subject.ts';
import type { JudgingLayer } from '#domain/evaluation/kind-definition.ts';
import type { Evaluation, EvaluationHandle } from './evaluation.store.ts';

/**
 * What is looked up beside an evaluation for an act. What an opinion, a panel and a self-evaluation lack, whoever knows them
 * brings.
 */
export type LookedUp = Pick<
  EvaluationSubject,
  'accounts' | 'incomplete' | 'unsettled' | 'talks' | 'statements' | 'noticeIssued' | 'opinionLetterIssued' | 'ledger'
>;

interface Found {
  readonly answers: boolean | null;
  readonly confirms: boolean | null;
  readonly applying: string[] | null;
  readonly settled: string[] | null;
  /** The version of the leaf by its code, of talks that are open and of leaves as they are now. */
  readonly talks: Readonly<Record<string, number>> | null;
  readonly versions: Readonly<Record<string, number>> | null;
  readonly statements: { made: number; unanswered: number; waived: boolean } | null;
  readonly issued: string[] | null;
  readonly ledger: { raised: number; settled: number } | null;
}

const nothing = sql`null`;

/** Somebody of the school who can sign in: beside its leader, and its leader. */
function accountsOf({ schoolId }: Pick<Evaluation, 'schoolId'>, confirms: boolean) {
  return sql`exists (
    select 1 from grants g
      join roles r on r.key = g.role_key
      join people p on p.id = g.person_id and p.status = 'active'
     where g.school_id = ${schoolId}::int and g.revoked_at is null and 'evaluation.answer' = any (r.permissions)
       and ('evaluation.confirm' = any (r.permissions)) = ${confirms}::boolean)`;
}

/** Whether the school of an evaluation has accounts that answer and confirm, as part of a larger statement. */
export const accountColumns = (evaluation: Evaluation) =>
  evaluation.schoolId === null
    ? sql`null::boolean as answers, null::boolean as confirms`
    : sql`${accountsOf(evaluation, false)} as answers, ${accountsOf(evaluation, true)} as confirms`;

/** Whether this unit runs a school that nobody of the school itself can answer for. */
export async function isRunWithoutAnswers(
  db: EvaluationHandle,
  school: { readonly placeId: number; readonly schoolId: number },
  unitId: number,
): Promise<boolean> {
  const { placeId, schoolId } = school;
  const found = await sql`
    select 1 from schools s
     where s.county_id = ${placeId} and s.id = ${schoolId} and s.managing_unit_id = ${unitId}::int
       and not ${accountsOf(school, false)}`.execute(db);
  return found.rows.length > 0;
}

/**
 * The facts that an act asks, in one statement: each part goes to the place where its rows lie. A fact that is not asked is
 * as if nothing barred the act.
 * @param layer whose points have to be settled
 */
export async function findFactsOf(
  db: EvaluationHandle,
  evaluation: Evaluation,
  asked: readonly EvaluationFact[],
  layer: JudgingLayer,
): Promise<LookedUp> {
  const { placeId, id, schoolId, campaignPlaceId, noticeLetterId, opinionLetterId } = evaluation;
  const lies = layer === 'city' ? campaignPlaceId : placeId;
  const wants = (...facts: readonly EvaluationFact[]) => facts.some((one) => asked.includes(one));
  const accounts = wants('accounts') && schoolId !== null;
  const letters = [
    ...(wants('noticeIssued') ? [noticeLetterId] : []),
    ...(wants('opinionLetterIssued') ? [opinionLetterId] : []),
  ].filter((one) => one !== null);
  const none: Found = {
    ...{ answers: null, confirms: null, applying: null, settled: null, talks: null },
    ...{ versions: null, statements: null, issued: null, ledger: null },
  };
  const needed = wants('unsettled', 'talks', 'statements', 'ledger') || accounts || letters.length > 0;
  const found = !needed
    ? none
    : (
        await sql<Found>`
    select ${accounts ? accountsOf(evaluation, false) : nothing} as answers,
           ${accounts ? accountsOf(evaluation, true) : nothing} as confirms,
           ${
             wants('unsettled')
               ? sql`(select array_agg(l.code order by l.position) from evaluation_leaves l
                       where l.place_id = ${placeId} and l.evaluation_id = ${id} and l.applies is distinct from false)`
               : nothing
           } as applying,
           ${
             wants('unsettled')
               ? sql`(select array_agg(p.code) from evaluation_points p
                       where p.place_id = ${lies} and p.evaluation_id = ${id} and p.layer = ${layer}
                         and p.voided_at is null)`
               : nothing
           } as settled,
           ${
             wants('talks')
               ? sql`(select jsonb_object_agg(t.code, t.leaf_version) from evaluation_talks t
                       where t.place_id = ${lies} and t.evaluation_id = ${id} and t.layer = ${layer}
                         and t.settled_at is null)`
               : nothing
           } as talks,
           ${
             wants('talks')
               ? sql`(select jsonb_object_agg(l.code, l.version) from evaluation_leaves l
                       where l.place_id = ${placeId} and l.evaluation_id = ${id})`
               : nothing
           } as versions,
           ${
             wants('statements')
               ? sql`(select jsonb_build_object('made', count(*) filter (where not s.waived),
                               'unanswered', count(*) filter (where not s.waived and s.answered_on is null),
                               'waived', coalesce(bool_or(s.waived and s.answered_on is null), false))
                        from evaluation_statements s where s.place_id = ${placeId} and s.evaluation_id = ${id})`
               : nothing
           } as statements,
           ${
             letters.length > 0
               ? sql`(select array_agg(distinct s.letter_id) from raised_letters s
                       where s.place_id = ${campaignPlaceId} and s.letter_id = any(${letters}::uuid[])
                         and s.issued_on is not null)`
               : nothing
           } as issued,
           ${
             wants('ledger')
               ? sql`(select jsonb_build_object('raised', count(*),
                               'settled', count(*) filter (where f.state in ('closed', 'cancelled')))
                        from ledger_findings f
                       where f.place_id = any(array[${placeId}, ${campaignPlaceId}]::int[])
                         and f.source_type = 'evaluations' and f.source_id = ${id})`
               : nothing
           } as ledger`.execute(db)
      ).rows[0]!;
  const settled = new Set(found.settled ?? []);
  return {
    accounts: { answers: found.answers ?? true, confirms: found.confirms ?? true },
    incomplete: [],
    unsettled: (found.applying ?? []).filter((code) => !settled.has(code)),
    // A talk about an older leaf was voided with its scores.
    talks: Object.entries(found.talks ?? {}).flatMap(([code, version]) =>
      found.versions?.[code] === version ? [code] : [],
    ),
    statements: { dueOn: evaluation.statementDue, ...(found.statements ?? { made: 0, unanswered: 0, waived: false }) },
    noticeIssued: noticeLetterId !== null && (found.issued ?? []).includes(noticeLetterId),
    opinionLetterIssued: opinionLetterId !== null && (found.issued ?? []).includes(opinionLetterId),
    ledger: found.ledger ?? { raised: 0, settled: 0 },
  };
}
