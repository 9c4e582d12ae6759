import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { Actor, Scope } from '#domain/access/actor.ts';
import {
  type CertificateStanding,
  type InspectorKind,
  type InspectorStage,
  type InspectorState,
  type InspectorTurn,
  inspectorKinds,
  inspectorStates,
  type TermStanding,
} from '#domain/inspection/inspector.ts';
import { lastTermDayTold } from '#domain/inspection/terms.ts';
import type { Day } from '#domain/kit/school-year.ts';
import {
  inChineseOrder,
  limited,
  ofUnit,
  orderBy,
  type Page,
  type Paging,
  pageOf,
  searched,
} from '#platform/db/listing.ts';
import { type Inspector, type InspectorHandle, within } from './inspector.store.ts';
import { lastTermEnd, waitingFor } from './inspector.turn.store.ts';
import { inspectorRules } from './inspector-rules.shape.ts';

/** As many rows as a file of the register has at most. */
export const mostExported = 20_000;

export interface InspectorFilter {
  readonly state?: InspectorState | undefined;
  readonly kind?: InspectorKind | undefined;
  readonly stage?: InspectorStage | undefined;
  readonly term?: TermStanding | undefined;
  readonly certificate?: CertificateStanding | undefined;
  readonly unitId?: number | undefined;
  readonly waiting?: InspectorTurn | undefined;
  readonly search?: string | undefined;
  readonly sort?: string | undefined;
}

/** A selection, and who asks on which day. */
export interface Asked<Filter extends InspectorFilter = InspectorFilter> {
  readonly filter: Filter;
  readonly actor: Actor;
  readonly today: Day;
}

function matching(scope: Scope, { filter, actor, today }: Asked): RawBuilder<SqlBool> {
  const conditions: RawBuilder<SqlBool>[] = [within(scope)];
  if (filter.unitId !== undefined) conditions.push(ofUnit(sql`i.place_id`, filter.unitId, scope.places));
  if (filter.state !== undefined) conditions.push(sql`i.state = ${filter.state}`);
  if (filter.kind !== undefined) conditions.push(sql`i.kind = ${filter.kind}`);
  if (filter.stage !== undefined) conditions.push(sql`${filter.stage} = any(i.stages)`);
  if (filter.term !== undefined) conditions.push(termStands(filter.term, today));
  if (filter.certificate === 'shared') conditions.push(sharesCertificate(scope));
  else if (filter.certificate !== undefined) {
    conditions.push(sql`(i.certificate_number is not null) = ${filter.certificate === 'with'}`);
  }
  if (filter.waiting !== undefined) conditions.push(waitingFor(filter.waiting, actor, today));
  if (filter.search) conditions.push(searched(sql`i.search`, filter.search));
  return sql<SqlBool>`${sql.join(conditions, sql` and `)}`;
}

/** Another unit in reach has the number of the certificate too, in an entry of another account. */
const sharesCertificate = ({ places }: Pick<Scope, 'places'>): RawBuilder<SqlBool> => sql`
  i.state <> 'withdrawn' and exists (
    select 1 from inspectors o
     where o.place_id = any(${[...places]}::int[]) and o.place_id <> i.place_id and o.state <> 'withdrawn'
       and o.certificate_number = i.certificate_number and (o.person_id = i.person_id) is not true)`;

/** Of somebody in office; a term without an end goes on. */
function termStands(standing: TermStanding, today: Day): RawBuilder<SqlBool> {
  const told = lastTermDayTold(inspectorRules, today);
  const ends = {
    expired: sql`${lastTermEnd} < ${today}::date`,
    expiring: sql`${lastTermEnd} between ${today}::date and ${told}::date`,
    running: sql`coalesce(${lastTermEnd} > ${told}::date, true)`,
  };
  return sql`(i.state = 'serving' and ${ends[standing]})`;
}

const sortColumns = {
  /** The city first, then the counties in their order. */
  place: sql`(p.kind <> 'city'), p.sort_order, array_position(${[...inspectorKinds]}::text[], i.kind)`,
  name: inChineseOrder(sql`i.name`),
  kind: sql`array_position(${[...inspectorKinds]}::text[], i.kind)`,
  state: sql`array_position(${[...inspectorStates]}::text[], i.state)`,
  employer: inChineseOrder(sql`i.employer`),
  termTo: sql`term.to_day`,
};

const ordered = (sort: string | undefined) =>
  orderBy(sort, sortColumns, 'place', sql`${inChineseOrder(sql`i.name`)}, i.place_id, i.id`);

/** An inspector in a list. */
export interface ListedInspector
  extends Pick<
    Inspector,
    | 'id'
    | 'placeId'
    | 'kind'
    | 'name'
    | 'sex'
    | 'employer'
    | 'post'
    | 'professionalTitle'
    | 'degree'
    | 'stages'
    | 'subjects'
    | 'certificateNumber'
    | 'phone'
    | 'state'
    | 'revision'
  > {
  readonly placeName: string;
  readonly termFrom: Day | null;
  readonly termTo: Day | null;
  readonly terms: number;
}

const listedColumns = sql`
  i.id, i.place_id as "placeId", p.short_name as "placeName", i.kind, i.name, i.sex, i.employer, i.post, i.professional_title as "professionalTitle", i.degree,
  i.stages, i.subjects, i.certificate_number as "certificateNumber", i.phone, i.state, i.revision,
  term.from_day as "termFrom", term.to_day as "termTo", coalesce(term.terms, 0)::int as terms`;

/** The newest term of each, and how many there were: read once for all, place by place. */
const listedTables = ({ places }: Pick<Scope, 'places'>) => sql`
  inspectors i
  join org_units p on p.id = i.place_id
  left join (
    select distinct on (t.place_id, t.inspector_id) t.place_id, t.inspector_id, t.from_day,
           coalesce(t.ended_on, t.to_day) as to_day, count(*) over (partition by t.place_id, t.inspector_id) as terms
      from inspector_terms t where t.place_id = any(${[...places]}::int[])
     order by t.place_id, t.inspector_id, t.from_day desc
  ) term on term.place_id = i.place_id and term.inspector_id = i.id`;

async function countInspectors(db: InspectorHandle, scope: Scope, question: Asked): Promise<number> {
  const counted = await sql<{ total: number }>`
    select count(*)::int as total from inspectors i where ${matching(scope, question)}`.execute(db);
  return counted.rows[0]!.total;
}

/** One page with the number of all matches. */
export async function listInspectors(
  db: InspectorHandle,
  scope: Scope,
  question: Asked<InspectorFilter & Paging>,
): Promise<Page<ListedInspector>> {
  const { filter } = question;
  const found = await sql<ListedInspector & { total: number }>`
    select ${listedColumns}, count(*) over () as total
      from ${listedTables(scope)}
     where ${matching(scope, question)}
     order by ${ordered(filter.sort)} ${limited(filter)}`.execute(db);
  const { rows, total } = await pageOf(found.rows, filter, () => countInspectors(db, scope, question));
  return { rows: rows.map(({ total: _, ...row }) => row), total };
}

/** All matches in their order, for a file. */
export async function findInspectors(
  db: InspectorHandle,
  scope: Scope,
  question: Asked,
  most: number,
): Promise<ListedInspector[]> {
  const found = await sql<ListedInspector>`
    select ${listedColumns} from ${listedTables(scope)}
     where ${matching(scope, question)}
     order by ${ordered(question.filter.sort)} limit ${most}`.execute(db);
  return found.rows;
}

/** What a list shows of one inspector, also of the own entry at another place. */
export async function findListed(
  db: InspectorHandle,
  { placeId, id }: Pick<Inspector, 'placeId' | 'id'>,
): Promise<ListedInspector> {
  const found = await sql<ListedInspector>`
    select ${listedColumns}
      from ${listedTables({ places: [placeId] })}
     where i.place_id = ${placeId} and i.id = ${id}`.execute(db);
  return found.rows[0]!;
}

/** The own entries of a person, wherever they lie: those in use first. */
export async function listOwn(db: InspectorHandle, personId: string, most: number): Promise<ListedInspector[]> {
  const { rows } = await sql<{ placeId: number; id: string }>`
    select i.place_id as "placeId", i.id from inspectors i
     where i.person_id = ${personId}::uuid
     order by i.state in ('ended', 'withdrawn'), i.place_id, i.id limit ${most}`.execute(db);
  return Promise.all(rows.map((row) => findListed(db, row)));
}
