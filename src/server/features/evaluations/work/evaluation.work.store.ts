import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Asking, AwaitedRow, DeadlineRow, FigureRow, WorkRow } from '#core/access/work.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import { stepsOfHands } from '#domain/evaluation/kind.ts';
import type { StepHand } from '#domain/evaluation/kind-definition.ts';
import { addDays } from '#domain/kit/school-year.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import { within } from '../evaluation.store.ts';
import { evaluationTurns, handedOver, hasStated, isReturned, isSelfOpen, newestHandIn, turnsOf } from './turn.store.ts';

export const evaluationWorkKinds = evaluationTurns.map((turn) => `evaluations.${turn}`);
export const evaluationHandedKinds = ['evaluations.toConfirm'] as const;

const sees = ({ actor }: Asking) =>
  actor.level !== 'none' && (holds(actor, 'evaluation.read') || holds(actor, 'evaluation.judge'));

/** What waits for this person; each count equals that of the list which the line opens. */
export function evaluationWork(asking: Asking): Fragment<WorkRow> | undefined {
  const { actor, meant, today } = asking;
  const lines = sees(asking) ? turnsOf(actor, today) : [];
  if (lines.length === 0) return undefined;
  const values = lines.map(
    ({ kind, applies, since }) =>
      sql`(${sql.lit(`evaluations.${kind}`)}, ${applies}, ${since}, ${sql.lit(evaluationTurns.indexOf(kind))})`,
  );
  return sql`
    select line.kind, count(*)::int as count, min(line.since) as oldest,
           case when count(*) = 1 then min(e.id::text) end as subject, line.rank
      from evaluations e ${newestHandIn}, lateral (values ${sql.join(values)}) line (kind, applies, since, rank)
     where ${within(meant)} and e.state = 'open' and line.applies
     group by line.kind, line.rank`;
}

/** Self-evaluations that the person handed in and that wait for the leader. */
export function evaluationHandedOver(asking: Asking): Fragment<WorkRow> | undefined {
  const { actor, meant } = asking;
  if (!sees(asking) || !holds(actor, 'evaluation.answer')) return undefined;
  return sql`
    select 'evaluations.toConfirm' as kind, count(*)::int as count, min((h.submitted_at at time zone 'Asia/Shanghai')::date) as oldest,
           case when count(*) = 1 then min(e.id::text) end as subject, 0 as rank
      from evaluations e ${newestHandIn} where ${within(meant)} and ${handedOver(actor)}
    having count(*) > 0`;
}

/** How many days ahead a day of an evaluation is told. */
const aheadDays = 30;

/**
 * Whose days a person is told: whoever is evaluated hears of the steps in which the move is his and not made yet, a county of those of
 * its own and of its schools beside. The city keeps all days.
 */
function owedSteps({ level, unitId }: Actor): RawBuilder<SqlBool> {
  if (level === 'city') return sql<SqlBool>`true`;
  const isOf = (...hands: readonly StepHand[]) =>
    sql<SqlBool>`e.kind || '/' || e.step = any(${stepsOfHands(hands)}::text[])`;
  // What was handed in and signed waits for the office, and so does what was stated.
  const moves = sql<SqlBool>`${isOf('subject')}
    and not (e.step = 'selfEvaluation' and not ${isSelfOpen} and h.confirmed_at is not null)
    and not (e.step = 'statement' and ${hasStated})`;
  if (level === 'school') return moves;
  return sql<SqlBool>`(${moves} or ${isOf('county')} and e.place_id = ${unitId}::int)`;
}

/** The next day of each unit in reach, and how many evaluations fall due by it. */
export function evaluationDeadlines(asking: Asking): Fragment<DeadlineRow> | undefined {
  const { actor, today, meant } = asking;
  if (!sees(asking) || actor.level === 'campaign') return undefined;
  return sql`
    select 'evaluations.step' as kind, u.id as "unitId", u.short_name as name, next.date, next.outstanding::int as outstanding,
           null::text as basis, null::int as "schoolYear", u.sort_order as rank
      from (
        select e.place_id, s.to_day as date, count(*) as outstanding,
               row_number() over (partition by e.place_id order by s.to_day) as place
          from evaluations e ${newestHandIn}
          join evaluation_steps s on s.place_id = e.place_id and s.evaluation_id = e.id and s.step = e.step
         where ${within(meant)} and e.state = 'open' and ${owedSteps(actor)}
           and s.to_day between ${today}::date and ${addDays(today, aheadDays)}::date
         group by e.place_id, s.to_day
      ) next
      join org_units u on u.id = next.place_id
     where next.place = 1`;
}

/** How far the evaluations that are decided this year are. Without one there is no figure, and never a zero. */
export function evaluationFigures(asking: Asking): Fragment<FigureRow> | undefined {
  const { actor, meant, today } = asking;
  if (!sees(asking) || (actor.level !== 'city' && actor.level !== 'county')) return undefined;
  return sql`
    select line.kind, line.count::int as count, line.rank
      from (
        select count(*) filter (where e.state = 'open') as open,
               count(*) filter (where e.state = 'open' and s.to_day < ${today}::date) as late,
               count(*) filter (where e.decided_on is not null) as confirmed
          from evaluations e
          left join evaluation_steps s on s.place_id = e.place_id and s.evaluation_id = e.id and s.step = e.step
         where ${within(meant)} and e.state <> 'cancelled'
           and e.decision_year = extract(year from ${today}::date)::int
      ) total, lateral (values ('evaluations.open', total.open, 0), ('evaluations.late', total.late, 1),
        ('evaluations.confirmed', total.confirmed, 2)) line (kind, count, rank)
     where total.open + total.confirmed > 0`;
}

/** What was sent back waits until it is handed in again; the confirmation of a hand-in, until the leader has given it. */
export function awaitedEvaluations(asking: Asking): Fragment<AwaitedRow> | undefined {
  const { actor, scope } = asking;
  if (!sees(asking) || (actor.level !== 'school' && actor.level !== 'county')) return undefined;
  const own =
    actor.level === 'school'
      ? sql`e.school_id = ${actor.schoolId}::int`
      : sql`e.school_id is null and e.place_id = ${actor.unitId}::int`;
  const lines = [
    ...(holds(actor, 'evaluation.answer') ? [sql`('evaluation.returned'::text, ${isReturned})`] : []),
    ...(holds(actor, 'evaluation.confirm')
      ? [sql`('evaluation.submitted'::text, not ${isSelfOpen} and h.confirmed_at is null)`]
      : []),
  ];
  if (lines.length === 0) return undefined;
  return sql`
    select told.kind, e.place_id as "placeId", 'evaluation' as "subjectType", e.id as "subjectId",
           null::timestamptz as "answeredAt"
      from evaluations e ${newestHandIn}, lateral (values ${sql.join(lines)}) told (kind, applies)
     where ${within(scope)} and e.state = 'open' and e.step = 'selfEvaluation' and ${own} and told.applies`;
}
