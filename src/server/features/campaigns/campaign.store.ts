import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { CampaignRules } from '#domain/evaluation/campaign/campaign-rules.ts';
import { confirmedStates } from '#domain/evaluation/campaign/fulfilment.ts';
import type { StepDays } from '#domain/evaluation/campaign/timetable.ts';
import { movedSteps } from '#domain/evaluation/kind.ts';
import { type CampaignState, type EvaluationKind, evaluationKinds } from '#domain/evaluation/lists.ts';
import type { Authority } from '#domain/framework/edition.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';
import { among } from '#platform/db/listing.ts';

/** The tables of campaigns, those of the core that their acts use, registers, and what other features publish. */
export type CampaignHandle = Handle<
  'campaigns' | 'campaign_steps' | 'campaign_subjects' | 'campaign_seats' | 'campaign_avoidances',
  | 'org_units'
  | 'schools'
  | 'school_places'
  | 'periods'
  | 'calendar_years'
  | 'calendar_days'
  | 'people'
  | 'grants'
  | 'roles'
  | 'assignments'
  | 'steps'
  | 'notices'
  | 'audit_events'
  | 'facts'
  | 'framework_editions'
  | 'framework_withdrawals'
  | 'inspector_pool'
  | 'evaluation_standings'
  | 'evaluation_step_days'
  | 'evaluation_leaf_points'
  | 'evaluation_leaves_out'
  | 'evaluation_given_scores'
>;

/** The edition by which a campaign judges. */
export interface CampaignEdition {
  readonly key: string;
  readonly revision: number;
  readonly hash: string;
  readonly title: string;
  readonly authority: Authority;
  readonly completedBy: string | null;
}

export interface Campaign {
  readonly type: 'campaign';
  readonly placeId: number;
  readonly schoolId: null;
  readonly id: string;
  readonly kind: EvaluationKind;
  readonly title: string;
  readonly assessmentYear: number;
  readonly decisionYear: number;
  readonly edition: CampaignEdition;
  readonly leadUnitId: number;
  readonly leadUnitName: string;
  readonly partnerUnitId: number | null;
  readonly partnerUnitName: string | null;
  readonly earlierId: string | null;
  readonly rules: CampaignRules;
  readonly state: CampaignState;
  readonly reason: string | null;
  readonly openedAt: Date | null;
  readonly noticeLetterId: string | null;
  readonly revision: number;
  /** Who prepares and follows it. */
  readonly organiserName: string;
  /** Chosen subjects; of an open campaign those that opened. */
  readonly subjects: number;
}

export const campaignColumns = sql`
  'campaign' as type, null as "schoolId", c.place_id as "placeId", c.id, c.kind, c.title,
  c.assessment_year as "assessmentYear", c.decision_year as "decisionYear",
  jsonb_build_object('key', c.framework_key, 'revision', c.framework_revision, 'hash', c.framework_hash, 'title', e.title,
    'authority', e.authority, 'completedBy', e.completed_by) as edition,
  c.lead_unit_id as "leadUnitId", l.name as "leadUnitName", c.partner_unit_id as "partnerUnitId",
  w.name as "partnerUnitName", c.earlier_id as "earlierId", c.rules, c.state, c.reason, c.opened_at as "openedAt",
  c.notice_letter_id as "noticeLetterId", c.revision, c.organised_by_name as "organiserName",
  (select count(*)::int from campaign_subjects s
    where s.place_id = c.place_id and s.campaign_id = c.id and s.left_out is null) as subjects`;

export const campaignTables = sql`
  campaigns c
  join framework_editions e on e.key = c.framework_key and e.revision = c.framework_revision
  join org_units l on l.id = c.lead_unit_id
  left join org_units w on w.id = c.partner_unit_id`;

/** The campaigns of the places in reach: the first wall. A person who is narrowed to schools reads none. */
export function within(scope: Scope): RawBuilder<SqlBool> {
  return sql`c.place_id = ${among(scope.places)} and ${scope.schools === null}::boolean`;
}

export async function findCampaign(db: CampaignHandle, scope: Scope, id: string): Promise<Campaign | undefined> {
  const found = await sql<Campaign>`
    select ${campaignColumns} from ${campaignTables} where ${within(scope)} and c.id = ${id}`.execute(db);
  return found.rows[0];
}

/** The campaign, kept until the transaction ends, as it is then. */
export async function lockCampaign(
  db: CampaignHandle,
  { placeId, id }: Pick<Campaign, 'placeId' | 'id'>,
): Promise<Campaign | undefined> {
  const found = await sql<Campaign>`
    select ${campaignColumns} from ${campaignTables}
     where c.place_id = ${placeId} and c.id = ${id} for update of c`.execute(db);
  return found.rows[0];
}

/** What a person writes of a campaign, and what follows from it. */
export interface CampaignContent {
  readonly title: string;
  readonly assessmentYear: number;
  readonly decisionYear: number;
  readonly leadUnitId: number;
  readonly partnerUnitId: number | null;
  readonly rules: CampaignRules;
  readonly alsoFoundBy: string;
}

export async function insertCampaign(
  db: CampaignHandle,
  one: CampaignContent &
    Pick<Campaign, 'placeId' | 'id' | 'kind' | 'earlierId' | 'organiserName'> & {
      readonly edition: Pick<CampaignEdition, 'key' | 'revision' | 'hash'>;
      readonly organisedBy: string;
      readonly at: Date;
    },
): Promise<void> {
  await db
    .insertInto('campaigns')
    .values({
      ...{ place_id: one.placeId, id: one.id, kind: one.kind, earlier_id: one.earlierId, ...columnsOf(one) },
      ...{ framework_key: one.edition.key, framework_revision: one.edition.revision },
      ...{ framework_hash: one.edition.hash, title: one.title, assessment_year: one.assessmentYear },
      ...{ decision_year: one.decisionYear, lead_unit_id: one.leadUnitId, rules: JSON.stringify(one.rules) },
      ...{
        organised_by: one.organisedBy,
        organised_by_name: one.organiserName,
        created_at: one.at,
        updated_at: one.at,
      },
    })
    .execute();
}

/** What an act sets of a locked campaign. */
export type CampaignChange = Partial<
  CampaignContent &
    Pick<Campaign, 'state' | 'reason' | 'noticeLetterId'> & {
      edition: Pick<CampaignEdition, 'key' | 'revision' | 'hash'>;
      openedAt: Date;
      closedAt: Date;
    }
>;

function columnsOf(change: CampaignChange) {
  const { title, assessmentYear, decisionYear, leadUnitId, partnerUnitId, rules, alsoFoundBy } = change;
  const { edition, state, reason, noticeLetterId, openedAt, closedAt } = change;
  return {
    ...(edition === undefined
      ? {}
      : { framework_key: edition.key, framework_revision: edition.revision, framework_hash: edition.hash }),
    ...(title === undefined ? {} : { title }),
    ...(assessmentYear === undefined ? {} : { assessment_year: assessmentYear }),
    ...(decisionYear === undefined ? {} : { decision_year: decisionYear }),
    ...(leadUnitId === undefined ? {} : { lead_unit_id: leadUnitId }),
    ...(partnerUnitId === undefined ? {} : { partner_unit_id: partnerUnitId }),
    ...(rules === undefined ? {} : { rules: JSON.stringify(rules) }),
    ...(alsoFoundBy === undefined ? {} : { also_found_by: alsoFoundBy }),
    ...(state === undefined ? {} : { state }),
    ...(reason === undefined ? {} : { reason }),
    ...(noticeLetterId === undefined ? {} : { notice_letter_id: noticeLetterId }),
    ...(openedAt === undefined ? {} : { opened_at: openedAt }),
    ...(closedAt === undefined ? {} : { closed_at: closedAt }),
  };
}

/** Sets the values and raises the revision, which it returns. */
export async function updateCampaign(
  db: CampaignHandle,
  { placeId, id }: Pick<Campaign, 'placeId' | 'id'>,
  change: CampaignChange,
  at: Date,
): Promise<number> {
  const written = await db
    .updateTable('campaigns')
    .set((row) => ({ ...columnsOf(change), revision: row('revision', '+', 1), updated_at: at }))
    .where('place_id', '=', placeId)
    .where('id', '=', id)
    .returning('revision')
    .executeTakeFirstOrThrow();
  return written.revision;
}

/** The days of the steps, in their order. */
export async function listDays(
  db: CampaignHandle,
  { placeId, id }: Pick<Campaign, 'placeId' | 'id'>,
): Promise<StepDays[]> {
  return db
    .selectFrom('campaign_steps')
    .where('place_id', '=', placeId)
    .where('campaign_id', '=', id)
    .select(['step', 'from_day as from', 'to_day as to'])
    .orderBy('position')
    .$castTo<StepDays>()
    .execute();
}

/** Writes the days in place of those before. */
export async function writeDays(
  db: CampaignHandle,
  { placeId, id }: Pick<Campaign, 'placeId' | 'id'>,
  days: readonly StepDays[],
): Promise<void> {
  await db.deleteFrom('campaign_steps').where('place_id', '=', placeId).where('campaign_id', '=', id).execute();
  if (days.length === 0) return;
  await db
    .insertInto('campaign_steps')
    .values(
      days.map(({ step, from, to }, at) => ({
        ...{ place_id: placeId, campaign_id: id, step, position: at + 1, from_day: from, to_day: to },
      })),
    )
    .execute();
}

/** Campaigns of a kind at the unit that a new one may follow: the newest first. */
export async function listEarlier(
  db: CampaignHandle,
  scope: Scope,
  kind: EvaluationKind,
): Promise<Array<{ id: string; title: string }>> {
  const found = await sql<{ id: string; title: string }>`
    select c.id, c.title from campaigns c
     where ${within(scope)} and c.kind = ${kind} and c.state <> 'cancelled'
     order by c.assessment_year desc, c.created_at desc limit 30`.execute(db);
  return found.rows;
}

/** A published edition that a campaign may be judged by. */
export interface EditionChoice extends CampaignEdition {
  readonly subject: string;
  readonly openCodes: readonly string[];
  readonly withdrawn: boolean;
}

/** The newest revision of each framework for this kind of subject. */
export async function listEditions(db: CampaignHandle, subject: 'county' | 'school'): Promise<EditionChoice[]> {
  const found = await sql<EditionChoice>`
    select distinct on (e.key) e.key, e.revision, e.hash, e.title, e.authority, e.completed_by as "completedBy", e.subject, e.open_codes as "openCodes",
           w.key is not null as withdrawn
      from framework_editions e
      left join framework_withdrawals w on w.key = e.key and w.revision = e.revision
     where e.subject = ${subject}
     order by e.key, e.revision desc`.execute(db);
  return found.rows;
}

export async function findEditionChoice(
  db: CampaignHandle,
  key: string,
  revision: number,
): Promise<EditionChoice | undefined> {
  const found = await sql<EditionChoice>`
    select e.key, e.revision, e.hash, e.title, e.authority, e.completed_by as "completedBy", e.subject, e.open_codes as "openCodes",
           w.key is not null as withdrawn
      from framework_editions e
      left join framework_withdrawals w on w.key = e.key and w.revision = e.revision
     where e.key = ${key} and e.revision = ${revision}`.execute(db);
  return found.rows[0];
}

/** The city and its sections, which lead or take part. */
export async function listLeadUnits(db: CampaignHandle, placeId: number): Promise<Array<{ id: number; name: string }>> {
  return db
    .selectFrom('org_units')
    .where('place_id', '=', placeId)
    .where('active', '=', true)
    .select(['id', 'name'])
    .orderBy('kind')
    .orderBy('sort_order')
    .orderBy('id')
    .execute();
}

/** How many of the evaluations of a campaign are there, have not ended, and have ended. */
export interface Standing {
  readonly written: number;
  readonly open: number;
  /** Those at a step out of which they are led together. */
  readonly movable: number;
  readonly late: number;
  readonly confirmed: number;
}

const nothing: Standing = { written: 0, open: 0, movable: 0, late: 0, confirmed: 0 };
const moved = evaluationKinds.flatMap((kind) => movedSteps(kind).map(({ step }) => `${kind} ${step}`));

/** How the evaluations of some campaigns stand, by campaign. */
export async function countStandings(
  db: CampaignHandle,
  scope: Pick<Scope, 'places'>,
  ids: readonly string[],
  today: Day,
): Promise<(id: string) => Standing> {
  if (ids.length === 0) return () => nothing;
  const found = await sql<Standing & { id: string }>`
    select s.campaign_id as id, count(*)::int as written,
           (count(*) filter (where s.step not in ('closed', 'cancelled')))::int as open,
           (count(*) filter (where s.kind || ' ' || s.step = any(${moved}::text[])))::int as movable,
           (count(*) filter (where s.due_on < ${today}::date))::int as late,
           (count(*) filter (where s.step = any(${[...confirmedStates]}::text[])))::int as confirmed
      from evaluation_standings s
     where s.place_id = ${among(scope.places)} and s.campaign_id = any(${[...ids]}::uuid[])
     group by s.campaign_id`.execute(db);
  const rows = new Map(found.rows.map((row) => [row.id, row]));
  return (id) => rows.get(id) ?? nothing;
}
