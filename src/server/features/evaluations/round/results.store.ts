import { type RawBuilder, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import { type EvaluationState, evaluationStates } from '#domain/evaluation/lists.ts';
import { inChineseOrder, limited, orderBy, type Page, type Paging, searched } from '#platform/db/listing.ts';
import { type EvaluationHandle, stateColumn, within } from '../evaluation.store.ts';

/** Which results of a campaign are asked. */
export interface ResultFilter {
  readonly campaignId: string;
  readonly state?: EvaluationState | undefined;
  readonly conclusion?: string | undefined;
  readonly search?: string | undefined;
  readonly sort?: string | undefined;
}

/** One subject of a campaign with what came out of it, as far as the person may see it. */
export interface ResultOfSubject {
  readonly evaluationId: string;
  readonly name: string;
  readonly unitName: string;
  readonly state: EvaluationState;
  readonly self: string | null;
  readonly selfBetween: { readonly from: string; readonly to: string | null } | null;
  readonly city: string | null;
  readonly conclusion: string | null;
}

/** The total of the self-evaluation, which may lie between two ends, and that of the city where nothing is open. */
const totals = sql`
  left join evaluation_totals own on own.place_id = e.place_id and own.evaluation_id = e.id and own.layer = 'self'
  left join evaluation_totals judged on judged.place_id = e.campaign_place_id and judged.evaluation_id = e.id
   and judged.layer = 'city' and judged.still_between is null`;
const self = sql`case when own.still_between is null then own.total end`;
const city = sql`coalesce(judged.total, e.total)`;

const sortColumns = {
  total: sql`points_number(${city})`,
  name: inChineseOrder(sql`e.subject_name`),
  self: sql`points_number(${self})`,
  state: sql`array_position(${[...evaluationStates]}::text[], ${stateColumn})`,
};

const inCampaign = (scope: Scope, campaignId: string) => sql`
  ${within(scope)} and e.campaign_id = ${campaignId}::uuid and e.state <> 'cancelled'`;

const selection = (scope: Scope, { campaignId, state, conclusion, search }: ResultFilter) => sql`
  ${inCampaign(scope, campaignId)}
  ${state === undefined ? sql`` : sql`and ${stateColumn} = ${state}`}
  ${conclusion === undefined ? sql`` : sql`and e.conclusion = ${conclusion}`}
  ${search ? sql`and ${searched(sql`e.search`, search)}` : sql``}`;

/** The results of a campaign in their order, cut to those that are wanted. */
const ordered = async (db: EvaluationHandle, scope: Scope, filter: ResultFilter, cut: RawBuilder<unknown>) => {
  const found = await sql<ResultOfSubject>`
    select e.id as "evaluationId", e.subject_name as name,
           (select u.name from org_units u where u.id = e.unit_id) as "unitName", ${stateColumn} as state, ${self} as self,
           own.still_between as "selfBetween", ${city} as city, e.conclusion
      from evaluations e ${totals}
     where ${selection(scope, filter)}
     order by ${orderBy(filter.sort, sortColumns, '-total', sql`${inChineseOrder(sql`e.subject_name`)}, e.id`)} ${cut}`.execute(
    db,
  );
  return found.rows;
};

/** One page of the results of a campaign, with the number of all matches. */
export async function listResults(
  db: EvaluationHandle,
  scope: Scope,
  filter: ResultFilter & Paging,
): Promise<Page<ResultOfSubject>> {
  const rows = await ordered(db, scope, filter, limited(filter));
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from evaluations e where ${selection(scope, filter)}`.execute(db);
  return { rows, total: counted.rows[0]!.total };
}

/** All matches in their order, for a file. */
export const findResults = (
  db: EvaluationHandle,
  scope: Scope,
  filter: ResultFilter,
  most: number,
): Promise<ResultOfSubject[]> => ordered(db, scope, filter, sql`limit ${most}`);

/** The city's totals of all subjects of a campaign, for their places, and the conclusions that were released. */
export async function listCityTotals(
  db: EvaluationHandle,
  scope: Scope,
  campaignId: string,
): Promise<{ evaluationId: string; total: string | null; conclusion: string | null }[]> {
  const found = await sql<{ evaluationId: string; total: string | null; conclusion: string | null }>`
    select e.id as "evaluationId", ${city} as total, e.conclusion from evaluations e ${totals}
     where ${inCampaign(scope, campaignId)}`.execute(db);
  return found.rows;
}

/** How often a unit has the same points in both layers at the same leaf of its subjects. */
export interface ClaimedRow {
  readonly unitId: number;
  readonly name: string;
  readonly subjects: number;
  readonly claimed: readonly {
    /** How many problems the last round has given the subject as leaves; null where none are kept. */
    readonly problems: number | null;
    readonly code: string;
    readonly self: string;
    readonly judged: string;
    readonly times: number;
  }[];
}

/** What the units of a campaign gave themselves and got, at the leaves at which both layers have points. */
export async function listClaimed(db: EvaluationHandle, scope: Scope, campaignId: string): Promise<ClaimedRow[]> {
  const found = await sql<ClaimedRow>`
    with subjects as materialized (
      select e.place_id, e.id, e.campaign_place_id, jsonb_array_length(e.generated) as problems
        from evaluations e where ${inCampaign(scope, campaignId)}),
         pairs as (
      select s.place_id, s.problems, own.code, own.points as self, judged.points as judged, count(*)::int as times
        from subjects s
        join evaluation_points own on own.place_id = s.place_id and own.evaluation_id = s.id and own.layer = 'self'
         and own.points is not null and own.voided_at is null
        join evaluation_points judged on judged.place_id = s.campaign_place_id and judged.evaluation_id = s.id
         and judged.code = own.code and judged.layer = 'city' and judged.points is not null and judged.voided_at is null
       group by s.place_id, s.problems, own.code, own.points, judged.points)
    select u.id as "unitId", u.name, count(*)::int as subjects,
           coalesce((select jsonb_agg(jsonb_build_object('problems', p.problems, 'code', p.code, 'self', p.self,
                     'judged', p.judged, 'times', p.times))
                       from pairs p where p.place_id = s.place_id), '[]') as claimed
      from subjects s join org_units u on u.id = s.place_id
     group by u.id, u.name, s.place_id order by u.id`.execute(db);
  return found.rows;
}
