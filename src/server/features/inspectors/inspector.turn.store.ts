import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { unsignedBy } from '#core/workflow/own-hand.store.ts';
import { type Actor, holds } from '#domain/access/actor.ts';
import type { Permission } from '#domain/access/permissions.ts';
import { ownHands } from '#domain/access/signing.ts';
import { inspectorSigning, ownNames } from '#domain/inspection/flow.ts';
import { type InspectorTurn, inspectorKinds } from '#domain/inspection/inspector.ts';
import { type EligibilityRule, holding } from '#domain/inspection/inspector-rules.shape.ts';
import { type PaperDue, papersDue, papersLate } from '#domain/inspection/papers.ts';
import { lastTermDayTold } from '#domain/inspection/terms.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { inspectorRules } from './inspector-rules.shape.ts';

/** A line of work over `inspectors i`, with the day since which it waits. */
export interface TurnLine {
  readonly kind: InspectorTurn;
  readonly applies: RawBuilder<SqlBool>;
  readonly since: RawBuilder<unknown>;
}

const subject = { type: 'inspector', place: sql`i.place_id`, id: sql`i.id` };

/** The last day of the newest term. */
export const lastTermEnd = sql`(
  select t.to_day from inspector_terms t where t.place_id = i.place_id and t.inspector_id = i.id
   order by t.from_day desc limit 1)`;

const lastChanged = sql`(i.updated_at at time zone 'Asia/Shanghai')::date`;

/** An inspector lacks one of these papers. */
function lacksOne(papers: readonly PaperDue[]): RawBuilder<SqlBool> {
  const rows = papers.map(
    ({ paper, schoolYear, half, dueOn }) => sql`(${paper}::text, ${schoolYear}::int, ${half}::text, ${dueOn}::date)`,
  );
  return sql`exists (
    select 1 from (values ${sql.join(rows)}) w (paper, school_year, half, due_on)
     where w.due_on >= i.appointed_on and not exists (
       select 1 from inspector_papers p
        where p.place_id = i.place_id and p.inspector_id = i.id and p.paper = w.paper and p.school_year = w.school_year
          and p.half = w.half))`;
}

/** An inspector at work lacks a paper that is due: `late` are those whose day has passed. */
export function lacksPapers(today: Day, { late }: { readonly late: boolean }): RawBuilder<SqlBool> {
  const lacking = inspectorKinds.flatMap((kind) => {
    const papers = (late ? papersLate : papersDue)(kind, inspectorRules, today);
    return papers.length === 0 ? [] : [sql`i.kind = ${kind} and ${lacksOne(papers)}`];
  });
  return lacking.length === 0
    ? sql`false`
    : sql`i.state = 'serving' and (${sql.join(
        lacking.map((one) => sql`(${one})`),
        sql` or `,
      )})`;
}

/** Nobody has said yet of an inspector at work whether he meets a requirement, as of one who came with a list. */
export function lacksRequirements(today: Day): RawBuilder<SqlBool> {
  const unknown = inspectorKinds.flatMap((kind) => {
    const rules = holding(inspectorRules.eligibility, kind, today);
    return rules.length === 0 ? [] : [sql`i.kind = ${kind} and (${sql.join(rules.map(isUnknown), sql` or `)})`];
  });
  if (unknown.length === 0) return sql`false`;
  return sql`i.state = 'serving' and (${sql.join(
    unknown.map((one) => sql`(${one})`),
    sql` or `,
  )})`;
}

/** What `eligibilityOf` calls unknown. */
function isUnknown(rule: EligibilityRule): RawBuilder<unknown> {
  if (rule.by === 'degree') return sql`i.degree is null`;
  if (rule.by === 'years') return sql`i.education_years is null`;
  return sql`not i.statements ? ${rule.key}`;
}

/** What waits for this person, by the rights of the post; the flow lets the person do it. */
export function turnsOf(actor: Actor, today: Day): TurnLine[] {
  const { level, unitId } = actor;
  if (unitId === null || (level !== 'city' && level !== 'county')) return [];
  const own = sql<SqlBool>`i.place_id = ${unitId}`;
  const notOneself = sql<SqlBool>`case when i.person_id is null then i.name <> all (${ownNames(actor)}::text[])
    else i.person_id::text <> all (${ownHands(actor)}::text[]) end`;
  const unsigned = (act: 'review' | 'confirm') => unsignedBy(actor, subject, inspectorSigning(act)!);
  const line = (
    permission: Permission,
    kind: InspectorTurn,
    applies: RawBuilder<SqlBool>,
    since = lastChanged,
  ): TurnLine[] => (holds(actor, permission) ? [{ kind, applies, since }] : []);
  return [
    ...line(
      'inspector.write',
      'recommend',
      sql`${own} and i.state = 'draft' and ${notOneself} and (i.person_id is null or i.filled_on is not null)`,
    ),
    ...line(
      'inspector.review',
      'review',
      sql`${own} and i.state = 'recommended' and ${notOneself} and ${unsigned('review')}`,
    ),
    ...line(
      'inspector.review',
      'confirm',
      sql`(${own} or ${level === 'city'}::boolean) and i.state = 'reviewed' and ${notOneself} and ${unsigned('confirm')}`,
    ),
    ...line('inspector.appoint', 'publicise', sql`${own} and i.state = 'confirmed' and ${notOneself}`),
    ...line(
      'inspector.appoint',
      'appoint',
      sql`${own} and i.state = 'publicised' and i.public_notice_to < ${today}::date and ${notOneself}`,
      sql`i.public_notice_to`,
    ),
    ...line(
      'inspector.appoint',
      'expiring',
      sql`${own} and i.state = 'serving' and ${lastTermEnd} <= ${lastTermDayTold(inspectorRules, today)}::date and ${notOneself}`,
      sql`null::date`,
    ),
    ...line(
      'inspector.write',
      'requirements',
      sql`${own} and ${notOneself} and ${lacksRequirements(today)}`,
      sql`null::date`,
    ),
    ...line('inspector.write', 'papers', sql`${own} and ${lacksPapers(today, { late: true })}`, sql`null::date`),
  ];
}

/** The inspectors of one line; none where the person has no such line. */
export function waitingFor(kind: InspectorTurn, actor: Actor, today: Day): RawBuilder<SqlBool> {
  return turnsOf(actor, today).find((line) => line.kind === kind)?.applies ?? sql`false`;
}
