import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { CampaignState, EvaluationKind, EvaluationState, EvaluationStep } from '#domain/evaluation/lists.ts';
import { campaignStates, evaluationStates } from '#domain/evaluation/lists.ts';
import type { Day } from '#domain/kit/school-year.ts';
import {
  among,
  inChineseOrder,
  limited,
  orderBy,
  type Page,
  type Paging,
  pageOf,
  searched,
} from '#platform/db/listing.ts';
import { type Campaign, type CampaignHandle, campaignColumns, campaignTables, within } from '../campaign.store.ts';

export interface CampaignFilter {
  readonly kind?: EvaluationKind | undefined;
  readonly state?: CampaignState | undefined;
  readonly year?: number | undefined;
  readonly ended?: boolean | undefined;
  readonly search?: string | undefined;
  readonly sort?: string | undefined;
}

/** A campaign of the list, with its first and last day. */
export type ListedCampaign = Campaign & { readonly from: Day | null; readonly to: Day | null };

/** An open campaign whose evaluations have all ended: it waits to be closed. */
export const hasEnded = (scope: Pick<Scope, 'places'>) => sql<SqlBool>`(c.state = 'open' and coalesce((
  select bool_and(s.step in ('closed', 'cancelled')) from evaluation_standings s
   where s.place_id = ${among(scope.places)} and s.campaign_id = c.id), false))`;

function matching(scope: Scope, filter: CampaignFilter): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [within(scope)];
  if (filter.kind !== undefined) conditions.push(sql`c.kind = ${filter.kind}`);
  if (filter.state !== undefined) conditions.push(sql`c.state = ${filter.state}`);
  if (filter.year !== undefined) conditions.push(sql`${filter.year} in (c.assessment_year, c.decision_year)`);
  if (filter.ended !== undefined) conditions.push(sql`${hasEnded(scope)} = ${filter.ended}::boolean`);
  if (filter.search) conditions.push(searched(sql`c.search`, filter.search));
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

const sortColumns = {
  openedAt: sql`c.opened_at is null desc, coalesce(c.opened_at, c.created_at)`,
  title: inChineseOrder(sql`c.title`),
  year: sql`c.assessment_year`,
  state: sql`array_position(${[...campaignStates]}::text[], c.state)`,
};

/** Drafts stand before what was opened, the newest first. */
const orderOf = (sort: string | undefined) =>
  sort === undefined || sort === '-openedAt'
    ? sql`c.opened_at is null desc, coalesce(c.opened_at, c.created_at) desc, c.id`
    : orderBy(sort, sortColumns, 'openedAt', sql`c.id`);

const listedColumns = sql`${campaignColumns},
  (select min(d.from_day) from campaign_steps d where d.place_id = c.place_id and d.campaign_id = c.id) as "from",
  (select max(d.to_day) from campaign_steps d where d.place_id = c.place_id and d.campaign_id = c.id) as "to"`;

/** One page with the number of all matches. */
export async function listCampaigns(
  db: CampaignHandle,
  scope: Scope,
  filter: CampaignFilter & Paging,
): Promise<Page<ListedCampaign>> {
  const found = await sql<ListedCampaign & { total: number }>`
    select ${listedColumns}, count(*) over ()::int as total
      from ${campaignTables} where ${matching(scope, filter)}
     order by ${orderOf(filter.sort)} ${limited(filter)}`.execute(db);
  const { rows, total } = await pageOf(found.rows, filter, async () => {
    const counted = await sql<{ n: number }>`
      select count(*)::int as n from campaigns c where ${matching(scope, filter)}`.execute(db);
    return counted.rows[0]!.n;
  });
  return { rows: rows.map(({ total: _, ...row }) => row), total };
}

/** All campaigns of a selection in the order of the list, for a file. */
export async function findCampaigns(
  db: CampaignHandle,
  scope: Scope,
  filter: CampaignFilter,
  most: number,
): Promise<ListedCampaign[]> {
  const found = await sql<ListedCampaign>`
    select ${listedColumns} from ${campaignTables} where ${matching(scope, filter)}
     order by ${orderOf(filter.sort)} limit ${most}`.execute(db);
  return found.rows;
}

export interface MatrixFilter {
  readonly step?: EvaluationStep | undefined;
  readonly late?: boolean | undefined;
  readonly search?: string | undefined;
  readonly sort?: string | undefined;
}

/** An evaluation in the matrix of a campaign. */
export interface MatrixRow {
  readonly evaluationId: string;
  readonly placeId: number;
  readonly countyId: number;
  readonly schoolId: number | null;
  readonly name: string;
  readonly state: EvaluationState;
  readonly answered: number;
  readonly leaves: number;
  readonly returned: boolean;
  readonly dueOn: Day | null;
  readonly selfTotal: string | null;
  readonly selfBetween: { readonly from: string; readonly to: string | null } | null;
  readonly total: string | null;
  readonly conclusion: string | null;
  /** From how many problems of the last round it has leaves of its own; null where it has none. */
  readonly generated: number | null;
  /** Of the evaluation, as its page says it. */
  readonly revision: number;
}

/** Who asks for which rows on which day. */
export interface MatrixQuestion<Filter extends MatrixFilter = MatrixFilter> {
  readonly campaignId: string;
  readonly filter: Filter;
  readonly today: Day;
}

function inMatrix(scope: Pick<Scope, 'places'>, { campaignId, filter, today }: MatrixQuestion): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [
    sql`s.place_id = ${among(scope.places)} and s.campaign_id = ${campaignId}::uuid`,
  ];
  if (filter.step !== undefined) conditions.push(sql`s.step = ${filter.step}`);
  if (filter.late !== undefined)
    conditions.push(sql`coalesce(s.due_on < ${today}::date, false) = ${filter.late}::boolean`);
  if (filter.search) conditions.push(searched(sql`s.search`, filter.search));
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

const matrixColumns = sql`
  s.evaluation_id as "evaluationId", s.place_id as "placeId", s.unit_id as "countyId", s.school_id as "schoolId",
  s.subject_name as name, s.step as state, s.answered, s.leaves, s.returned, s.due_on as "dueOn", s.self_total as "selfTotal",
  s.self_between as "selfBetween", s.total, s.conclusion, s.generated, s.revision`;

/** Points are texts, also fractions: they are sorted by their value. */
const pointsValue = (points: RawBuilder<unknown>) => sql`points_number(${points})`;

const matrixOrder = (sort: string | undefined) =>
  orderBy(
    sort,
    {
      place: sql`u.sort_order, s.place_id`,
      name: inChineseOrder(sql`s.subject_name`),
      state: sql`array_position(${[...evaluationStates]}::text[], s.step)`,
      dueOn: sql`s.due_on`,
      answered: sql`s.answered`,
      selfTotal: pointsValue(sql`s.self_total`),
      total: pointsValue(sql`s.total`),
    },
    'place',
    sql`${inChineseOrder(sql`s.subject_name`)}, s.evaluation_id`,
  );

export async function listMatrix(
  db: CampaignHandle,
  scope: Pick<Scope, 'places'>,
  question: MatrixQuestion<MatrixFilter & Paging>,
): Promise<Page<MatrixRow>> {
  const { filter } = question;
  const found = await sql<MatrixRow & { total_: number }>`
    select ${matrixColumns}, count(*) over ()::int as total_
      from evaluation_standings s join org_units u on u.id = s.place_id
     where ${inMatrix(scope, question)} order by ${matrixOrder(filter.sort)} ${limited(filter)}`.execute(db);
  const counted = found.rows.map(({ total_, ...row }) => ({ row, total: total_ }));
  const { rows, total } = await pageOf(counted, filter, async () => {
    const { rows: all } = await sql<{ n: number }>`
      select count(*)::int as n from evaluation_standings s where ${inMatrix(scope, question)}`.execute(db);
    return all[0]!.n;
  });
  return { rows: rows.map(({ row }) => row), total };
}

/** All rows of a selection in their order, for a file or a picture. */
export async function findMatrix(
  db: CampaignHandle,
  scope: Pick<Scope, 'places'>,
  question: MatrixQuestion,
  most: number,
): Promise<MatrixRow[]> {
  const found = await sql<MatrixRow>`
    select ${matrixColumns} from evaluation_standings s join org_units u on u.id = s.place_id
     where ${inMatrix(scope, question)} order by ${matrixOrder(question.filter.sort)} limit ${most}`.execute(db);
  return found.rows;
}

export interface StepOfEvaluation {
  readonly evaluationId: string;
  readonly step: EvaluationStep;
  readonly from: Day;
  readonly to: Day;
  readonly doneOn: Day | null;
  readonly extended: boolean;
}

/** The days of the steps of some evaluations. */
export async function listStepDays(
  db: CampaignHandle,
  scope: Pick<Scope, 'places'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, StepOfEvaluation[]>> {
  const days = new Map<string, StepOfEvaluation[]>();
  if (ids.length === 0) return days;
  const found = await sql<StepOfEvaluation>`
    select d.evaluation_id as "evaluationId", d.step, d.from_day as "from", d.to_day as "to", d.done_on as "doneOn", d.extended
      from evaluation_step_days d
     where d.place_id = ${among(scope.places)} and d.evaluation_id = any(${[...ids]}::uuid[])
     order by d.evaluation_id, d.position`.execute(db);
  for (const row of found.rows) days.set(row.evaluationId, [...(days.get(row.evaluationId) ?? []), row]);
  return days;
}

/** How many leaves of some evaluations the city has settled. */
export async function countScored(
  db: CampaignHandle,
  { placeId }: Pick<Campaign, 'placeId'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const found = await sql<{ id: string; n: number }>`
    select p.evaluation_id as id, count(*)::int as n from evaluation_leaf_points p
     where p.place_id = ${placeId} and p.layer = 'city' and p.standing and p.evaluation_id = any(${[...ids]}::uuid[])
     group by p.evaluation_id`.execute(db);
  return new Map(found.rows.map(({ id, n }) => [id, n]));
}

/** The points of a layer at every leaf of the evaluations of a campaign, as the reader may see them. */
export async function listLeafPoints(
  db: CampaignHandle,
  scope: Pick<Scope, 'places'>,
  { placeId }: Pick<Campaign, 'placeId'>,
  layer: 'self' | 'county' | 'city',
  ids: readonly string[],
): Promise<Array<{ evaluationId: string; code: string; points: string }>> {
  if (ids.length === 0) return [];
  const found = await sql<{ evaluationId: string; code: string; points: string }>`
    select p.evaluation_id as "evaluationId", p.code, p.points from evaluation_leaf_points p
     where p.place_id = ${layer === 'city' ? sql`${placeId}` : among(scope.places)} and p.layer = ${layer} and p.standing
       and p.points is not null and p.evaluation_id = any(${[...ids]}::uuid[])`.execute(db);
  return found.rows;
}

/** The leaves of some evaluations that do not apply, by their facts or as the layer settled it. */
export async function listLeavesOut(
  db: CampaignHandle,
  scope: Pick<Scope, 'places'>,
  layer: 'self' | 'county' | 'city',
  ids: readonly string[],
): Promise<Array<{ evaluationId: string; code: string }>> {
  if (ids.length === 0) return [];
  const found = await sql<{ evaluationId: string; code: string }>`
    select o.evaluation_id as "evaluationId", o.code from evaluation_leaves_out o
     where o.place_id = ${among(scope.places)} and (o.layer is null or o.layer = ${layer})
       and o.evaluation_id = any(${[...ids]}::uuid[])`.execute(db);
  return found.rows;
}

/** The own last days of a step in some evaluations: they may be later than that of the campaign. */
export async function listStepEnds(
  db: CampaignHandle,
  scope: Pick<Scope, 'places'>,
  evaluationIds: readonly string[],
  step: EvaluationStep,
): Promise<string[]> {
  const found = await sql<{ to: string }>`
    select d.to_day as "to" from evaluation_step_days d
     where d.place_id = ${among(scope.places)} and d.evaluation_id = any(${[...evaluationIds]}::uuid[]) and d.step = ${step}
       and d.to_day is not null`.execute(db);
  return found.rows.map(({ to }) => to);
}

/** How many evaluations of a campaign have a confirmed result. */
export async function countConfirmed(
  db: CampaignHandle,
  scope: Pick<Scope, 'places'>,
  campaignId: string,
): Promise<number> {
  const found = await sql<{ confirmed: number }>`
    select count(*)::int as confirmed from evaluation_standings s
     where s.place_id = ${among(scope.places)} and s.campaign_id = ${campaignId}::uuid and s.decided_on is not null`.execute(
    db,
  );
  return found.rows[0]!.confirmed;
}

/** The steps at which evaluations of a campaign stand. */
export async function listSteps(
  db: CampaignHandle,
  scope: Pick<Scope, 'places'>,
  campaignId: string,
): Promise<EvaluationState[]> {
  const found = await sql<{ step: EvaluationState }>`
    select distinct s.step from evaluation_standings s
     where s.place_id = ${among(scope.places)} and s.campaign_id = ${campaignId}::uuid`.execute(db);
  return found.rows.map(({ step }) => step);
}
