import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { type Actor, holds, type Scope } from '#domain/access/actor.ts';
import { confirmedStates } from '#domain/evaluation/campaign/fulfilment.ts';
import { type EvaluationKind, type EvaluationState, evaluationStates, type Layer } from '#domain/evaluation/lists.ts';
import type { MarkedEdition } from '#domain/framework/edition/edition-mark.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { inChineseOrder, limited, ofUnit, orderBy, type Page, type Paging, searched } from '#platform/db/listing.ts';
import { type EvaluationHandle, isOwnSide, revisionColumn, stateColumn, within } from '../evaluation.store.ts';
import { countyOwes, owesNow } from '../judging/owing.store.ts';
import { isReturned, newestHandIn, waitingFor } from '../work/turn.store.ts';

export interface EvaluationFilter {
  readonly campaignId?: string | undefined;
  readonly kind?: EvaluationKind | undefined;
  readonly year?: number | undefined;
  readonly state?: EvaluationState | undefined;
  readonly confirmedIn?: number | undefined;
  readonly countyId?: number | undefined;
  readonly schoolId?: number | undefined;
  readonly waiting?: string | undefined;
  readonly late?: boolean | undefined;
  readonly search?: string | undefined;
  readonly sort?: string | undefined;
}

/** A selection, and who asks on which day. */
export interface Asked<Filter extends EvaluationFilter = EvaluationFilter> {
  readonly filter: Filter;
  readonly actor: Actor;
  readonly today: Day;
}

export interface ListedEvaluation {
  readonly id: string;
  readonly placeId: number;
  readonly campaignId: string;
  readonly kind: EvaluationKind;
  readonly title: string;
  readonly assessmentYear: number;
  readonly unitId: number;
  readonly schoolId: number | null;
  readonly subjectName: string;
  readonly leadUnitName: string;
  readonly partnerUnitName: string | null;
  readonly state: EvaluationState;
  readonly due: Day | null;
  readonly answered: number;
  readonly leaves: number;
  readonly toScore: number;
  readonly scored: number;
  readonly returned: boolean;
  readonly selfTotal: string | null;
  /** While leaves are open, the ends between which it still lies. */
  readonly selfBetween: { readonly from: string; readonly to: string | null } | null;
  readonly total: string | null;
  readonly conclusion: string | null;
  /** What the edition is by which it is judged: its mark stands beside every total and conclusion. */
  readonly edition: MarkedEdition & { readonly completedBy: string | null };
  readonly revision: number;
}

const presentStep = sql`
  left join evaluation_steps s on s.place_id = e.place_id and s.evaluation_id = e.id and s.step = e.step and e.state = 'open'`;

/** What a selection reads beside the evaluations: hand-ins only where it asks what waits, and the step where it asks what is late. */
const selectedTables = ({ waiting, late }: EvaluationFilter) => sql`
  evaluations e ${waiting === undefined ? sql`` : newestHandIn} ${late === undefined ? sql`` : presentStep}`;

function matching(scope: Scope, { filter, actor, today }: Asked): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [within(scope)];
  if (filter.campaignId !== undefined) conditions.push(sql`e.campaign_id = ${filter.campaignId}::uuid`);
  if (filter.kind !== undefined) conditions.push(sql`e.kind = ${filter.kind}`);
  if (filter.year !== undefined)
    conditions.push(sql`e.decision_year in (${filter.year}::int, ${filter.year}::int + 1)`);
  if (filter.countyId !== undefined) conditions.push(ofUnit(sql`e.place_id`, filter.countyId, scope.places));
  if (filter.schoolId !== undefined) conditions.push(sql`e.school_id = ${filter.schoolId}::int`);
  if (filter.state !== undefined) conditions.push(sql`${stateColumn} = ${filter.state}`);
  if (filter.confirmedIn !== undefined) {
    const isConfirmed = sql`${stateColumn} = any(${[...confirmedStates]}::text[])`;
    conditions.push(sql<SqlBool>`e.decision_year = ${filter.confirmedIn}::int and ${isConfirmed}`);
  }
  if (filter.waiting !== undefined) conditions.push(waitingFor(filter.waiting, actor, today));
  if (filter.late !== undefined)
    conditions.push(sql`coalesce(s.to_day < ${today}::date, false) = ${filter.late}::boolean`);
  if (filter.search) conditions.push(searched(sql`e.search`, filter.search));
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

const stateOrder = sql`array_position(${[...evaluationStates]}::text[], ${stateColumn})`;
const sortColumns = {
  /** What is under way first, and of it what is due first. */
  due: sql`(e.state <> 'open'), e.due_on`,
  name: inChineseOrder(sql`e.subject_name`),
  state: stateOrder,
  total: sql`points_number(e.total)`,
};

const ordered = (sort: string | undefined) =>
  orderBy(sort, sortColumns, 'due', sql`${inChineseOrder(sql`e.subject_name`)}, e.place_id, e.id`);

/** Whether a leaf was sent back and not handed in again; of an evaluation that was never sent back nobody looks. */
const isOpenAgain = sql`(
  ${isReturned} and (jsonb_typeof(e.returned -> 'codes') <> 'array' or e.returned -> 'codes' ? l.code))`;

/** What the page says of the leaves of its evaluations: one look at them for both counts, because the policy asks of each leaf. */
const leafCounts = sql`
  left join lateral (
    select count(*)::int as leaves,
           (count(*) filter (
             where coalesce(l.filled, l.answered_at is not null or l.applies is false) and not ${isOpenAgain}))::int as answered
      from evaluation_leaves l where l.place_id = e.place_id and l.evaluation_id = e.id
  ) l on true`;

/** How many leaves this person has to judge now, as the page of the evaluation counts them. */
function toScore(actor: Actor, today: Day): RawBuilder<unknown> {
  if (!holds(actor, 'evaluation.judge')) return sql`0`;
  // Whoever had a hand in the self-evaluation judges none of it.
  const apart = sql`not ${isOwnSide(sql`${actor.userId}::uuid`)}`;
  const leaves = sql`evaluation_leaves l where l.place_id = e.place_id and l.evaluation_id = e.id`;
  if (actor.level === 'county') {
    const own = sql`case when e.school_id is null then 0 else (select count(*)::int from ${leaves} and ${countyOwes}) end`;
    return sql`case when e.place_id = ${actor.unitId}::int and ${apart} then ${own} else 0 end`;
  }
  const own = sql`r.place_id = e.campaign_place_id and r.evaluation_id = e.id and r.person_id = ${actor.userId}::uuid`;
  // The leaves of an evaluation at which the person has no seat are not looked at.
  return sql`case when exists (select 1 from evaluation_reviewers r where ${own}) and ${apart} then (
    select count(distinct l.code)::int from evaluation_reviewers r, ${leaves} and ${own} and ${owesNow(today)}) else 0 end`;
}

/** Of the rows of a page alone: of a city's schools nobody counts all leaves. */
const listedColumns = ({ actor, today }: Pick<Asked, 'actor' | 'today'>) => sql`
  e.id, e.place_id as "placeId", e.campaign_id as "campaignId", e.kind, e.title, e.assessment_year as "assessmentYear",
  e.unit_id as "unitId", e.school_id as "schoolId", e.subject_name as "subjectName",
  (select u.name from org_units u where u.id = e.lead_unit_id) as "leadUnitName",
  (select u.name from org_units u where u.id = e.partner_unit_id) as "partnerUnitName",
  ${stateColumn} as state, s.to_day as due, ${isReturned} as returned, e.total, e.conclusion,
  ${revisionColumn} as revision, l.leaves, l.answered, ${toScore(actor, today)} as "toScore",
  (select count(*)::int from evaluation_scores s
    where s.place_id = any(array[e.place_id, e.campaign_place_id]) and s.evaluation_id = e.id
      and s.person_id = ${actor.userId}::uuid and s.replaced_at is null and s.voided_at is null) as scored,
  case when t.still_between is null then t.total end as "selfTotal", t.still_between as "selfBetween"`;

/** What the edition of a row is, without its text. */
const mark = sql`
  (select jsonb_build_object('authority', f.authority, 'completedBy', f.completed_by) from framework_editions f
    where f.key = e.framework_key and f.revision = e.framework_revision)`;

/** Of leaves that nobody has answered nothing is known: a sum of the others would pass for a low total. */
const ownTotal = sql`
  left join evaluation_totals t on t.place_id = e.place_id and t.evaluation_id = e.id and t.layer = 'self'`;

/**
 * The rows of a selection in their order, cut to those that are wanted. They are found over `evaluations` alone, by the index in
 * their order; what stands beside a row is read for these few rows.
 */
const selected = (scope: Scope, question: Asked, cut: RawBuilder<unknown>) => sql`
  (select found.*, row_number() over () as place
     from (select e.place_id, e.id, ${counted(scope, question)} as total_rows
             from ${selectedTables(question.filter)} where ${matching(scope, question)}
            order by ${ordered(question.filter.sort)} ${cut}) found) page
  join evaluations e on e.place_id = page.place_id and e.id = page.id ${newestHandIn} ${presentStep} ${ownTotal}
  ${leafCounts}`;

/** The number of all matches. */
const counted = (scope: Scope, question: Asked) => sql`
  (select count(*)::int from ${selectedTables(question.filter)} where ${matching(scope, question)})`;

/** A row carries the total of its page, which no reply shows. */
type Row = ListedEvaluation & { readonly total_rows: number };

async function countEvaluations(db: EvaluationHandle, scope: Scope, question: Asked): Promise<number> {
  const found = await sql<{ total: number }>`
    select ${counted(scope, question)} as total`.execute(db);
  return found.rows[0]!.total;
}

/** One page with the number of all matches. */
export async function listEvaluations(
  db: EvaluationHandle,
  scope: Scope,
  question: Asked<EvaluationFilter & Paging>,
): Promise<Page<ListedEvaluation>> {
  const { filter } = question;
  const found = await sql<Row>`
    select page.total_rows, ${listedColumns(question)}, ${mark} as edition from ${selected(scope, question, limited(filter))}
     order by page.place`.execute(db);
  const [first] = found.rows;
  const total = first?.total_rows ?? (filter.page === 1 ? 0 : await countEvaluations(db, scope, question));
  return { rows: found.rows, total };
}

/** An evaluation as a file shows it: with the edition by which it is judged, because a file holds rows of several. */
export interface ExportedEvaluation extends ListedEvaluation {
  readonly edition: ListedEvaluation['edition'] & { readonly title: string; readonly revision: number };
}

/** All matches in their order, for a file. */
export async function findEvaluations(
  db: EvaluationHandle,
  scope: Scope,
  question: Asked,
  most: number,
): Promise<ExportedEvaluation[]> {
  const found = await sql<ExportedEvaluation>`
    select ${listedColumns(question)},
           jsonb_build_object('title', f.title, 'revision', f.revision, 'authority', f.authority, 'completedBy', f.completed_by)
             as edition
      from ${selected(scope, question, sql`limit ${most}`)}
      join framework_editions f on f.key = e.framework_key and f.revision = e.framework_revision
     order by page.place`.execute(db);
  return found.rows;
}

/** One subject of a campaign with its totals in two layers. */
export interface SlopeRow {
  readonly evaluationId: string;
  readonly name: string;
  readonly from: string | null;
  readonly to: string | null;
  /** Over the leaves at which both have points; of no leaf there is no sum. */
  readonly both: { readonly from: string; readonly to: string; readonly max: string; readonly leaves: number };
}

/** Decimals of what is compared in a picture. */
const comparedPlaces = 4;

/** The whole totals of two layers of each subject of a campaign, as far as the person may see them. */
export async function listSlopes(
  db: EvaluationHandle,
  scope: Scope,
  { campaignId, from, to }: { readonly campaignId: string; readonly from: Layer; readonly to: Layer },
  {
    maxima,
    most,
  }: {
    /** What each leaf is worth; `problems`: how many the last round has given the subject as leaves. */
    readonly maxima: readonly { readonly problems: number | null; readonly code: string; readonly max: string }[];
    readonly most: number;
  },
): Promise<SlopeRow[]> {
  const lies = (layer: Layer) => (layer === 'city' ? sql`e.campaign_place_id` : sql`e.place_id`);
  const totalOf = (layer: Layer) => sql`
    (select t.total from evaluation_totals t
      where t.place_id = ${lies(layer)} and t.evaluation_id = e.id and t.layer = ${layer} and t.still_between is null)`;
  const summed = (text: RawBuilder<unknown>) =>
    sql`trim_scale(round(sum(points_number(${text})), ${comparedPlaces}::int))::text`;
  const known = JSON.stringify(maxima);
  const found = await sql<SlopeRow>`
    select e.id as "evaluationId", e.subject_name as name, ${totalOf(from)} as "from",
           ${to === 'city' ? sql`coalesce(${totalOf(to)}, e.total)` : totalOf(to)} as "to",
           (select jsonb_build_object('from', ${summed(sql`one.points`)}, 'to', ${summed(sql`other.points`)},
                     'max', ${summed(sql`m.max`)}, 'leaves', count(*))
              from evaluation_points one
              join evaluation_points other on other.place_id = ${lies(to)} and other.evaluation_id = e.id and other.code = one.code
               and other.layer = ${to} and other.voided_at is null and other.points is not null
              join jsonb_to_recordset(${known}::jsonb) as m(problems int, code text, max text)
                on m.code = one.code and m.problems is not distinct from jsonb_array_length(e.generated)
             where one.place_id = ${lies(from)} and one.evaluation_id = e.id and one.layer = ${from} and one.voided_at is null
               and one.points is not null) as "both"
      from evaluations e
     where ${within(scope)} and e.campaign_id = ${campaignId}::uuid and e.state <> 'cancelled'
     order by ${inChineseOrder(sql`e.subject_name`)}, e.id limit ${most}`.execute(db);
  return found.rows;
}
