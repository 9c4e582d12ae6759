import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { stepsJudgedBy } from '#domain/evaluation/kind.ts';
import type { Day } from '#domain/kit/school-year.ts';

/** Whether the evaluation `e` stands at a step in which the city judges. */
export const judgedByCity = sql<SqlBool>`e.step = any(${[...stepsJudgedBy('city')]}::text[])`;

/** Whether the evaluation `e` stands at a step in which a county judges. */
export const judgedByCounty = sql<SqlBool>`e.step = any(${[...stepsJudgedBy('county')]}::text[])`;

/** Whether the evaluation `e` has a step in which its county judges: a school that the city runs has none. */
export const hasCountyStep = sql<SqlBool>`exists (select 1 from evaluation_steps s
  where s.place_id = e.place_id and s.evaluation_id = e.id and s.step = any(${[...stepsJudgedBy('county')]}::text[]))`;

/**
 * Whether the seat `r` of a panel judges the leaf `l` on a day or later: it scores, stands, and its last day is not past. Whoever
 * comes later owes as well, so that nothing settles before. As the function `owing_at` of the database says.
 */
export const judgesLeaf = (today: Day): RawBuilder<SqlBool> => sql<SqlBool>`(r.scores and r.ended_on is null
  and coalesce(r.to_day >= ${today}::date, true) and (r.nodes @> '{*}' or r.nodes && l.nodes))`;

/** Whether one score counts at a leaf of the evaluation `e`, whosever it is: where one judges in the open. */
export const isShared = sql<SqlBool>`((e.rules ->> 'blind') is distinct from 'true'
  and coalesce((e.rules ->> 'reviewersPerLeaf')::int, 1) = 1)`;

/** Whether the score that the seat `r` owes of the leaf `l` stands: the own one, or any one where the leaf has one for all. */
export const hasScored = (shared: RawBuilder<SqlBool> = sql`false`): RawBuilder<SqlBool> => sql<SqlBool>`exists (
  select 1 from evaluation_scores s
   where s.place_id = r.place_id and s.evaluation_id = r.evaluation_id and s.code = l.code and s.layer = 'city'
     and (s.person_id = r.person_id or ${shared}) and s.replaced_at is null and s.voided_at is null)`;

/**
 * Whether whoever sits on `r` can give the score of the leaf `l` of the evaluation `e` today and it is not there: the seat has begun,
 * the leaf applies, and the city judges.
 */
export const owesNow = (today: Day): RawBuilder<SqlBool> => sql<SqlBool>`(${judgedByCity} and ${judgesLeaf(today)}
  and coalesce(r.from_day <= ${today}::date, true) and l.applies is distinct from false and not ${hasScored(isShared)})`;

/** Whether a county's post still has to judge the leaf `l` of the evaluation `e`: it has one score for all. */
export const countyOwes = sql<SqlBool>`(${judgedByCounty} and l.applies is distinct from false and not exists (
  select 1 from evaluation_points p
   where p.place_id = e.place_id and p.evaluation_id = e.id and p.code = l.code and p.layer = 'county'
     and p.voided_at is null))`;
