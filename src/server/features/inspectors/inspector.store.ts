import { type Insertable, type RawBuilder, type SqlBool, sql, type Updateable } from 'kysely';
import type { Scope } from '#domain/access/actor.ts';
import type { Statement } from '#domain/inspection/eligibility.ts';
import type {
  Degree,
  InspectorKind,
  InspectorStage,
  InspectorState,
  Relative,
  sexes,
  TieKind,
} from '#domain/inspection/inspector.ts';
import type { Day } from '#domain/kit/school-year.ts';
import type { Handle } from '#platform/db/handle.ts';
import { among } from '#platform/db/listing.ts';
import type { Database } from '#platform/db/schema.ts';
import { newId } from '#platform/ids/new-id.ts';

/** The tables of the register, those of the core that its acts use, and registers. */
export type InspectorHandle = Handle<
  'inspectors' | 'inspector_terms' | 'inspector_posts' | 'inspector_relations' | 'inspector_papers',
  | 'steps'
  | 'notices'
  | 'audit_events'
  | 'org_units'
  | 'schools'
  | 'school_places'
  | 'people'
  | 'grants'
  | 'roles'
  | 'imports'
>;

/** A unit or a school as it is written and by the register. */
export interface BodyRow {
  readonly written: string;
  readonly unitId: number | null;
  readonly schoolId: number | null;
}

export interface Inspector {
  readonly type: 'inspector';
  readonly placeId: number;
  readonly schoolId: null;
  readonly id: string;
  readonly personId: string | null;
  readonly kind: InspectorKind;
  readonly name: string;
  readonly sex: (typeof sexes)[number] | null;
  readonly birthYear: number | null;
  readonly employer: string;
  readonly employerUnitId: number | null;
  readonly employerSchoolId: number | null;
  readonly post: string;
  readonly degree: Degree | null;
  readonly professionalTitle: string;
  readonly educationYears: number | null;
  readonly stages: InspectorStage[];
  readonly subjects: string;
  readonly certificateNumber: string | null;
  readonly phone: string;
  readonly publicContact: string;
  readonly profile: string;
  readonly recommendedBy: string;
  readonly statements: Readonly<Record<string, Statement>>;
  readonly filledOn: Day | null;
  readonly state: InspectorState;
  readonly publicNoticeFrom: Day | null;
  readonly publicNoticeTo: Day | null;
  readonly appointedOn: Day | null;
  readonly endedOn: Day | null;
  readonly reason: string | null;
  readonly revision: number;
  readonly imported: boolean;
  readonly enteredByName: string;
  readonly alsoFoundBy: string;
}

export interface HeldPostRow {
  readonly body: BodyRow;
  readonly post: string;
  readonly from: Day | null;
  readonly leftOn: Day | null;
}

export interface RelationRow {
  readonly relative: Relative;
  readonly tie: TieKind;
  readonly body: BodyRow;
  readonly post: string;
  readonly note: string;
  readonly until: Day | null;
}

const inspectorColumns = sql`
  'inspector' as type, null as "schoolId", i.place_id as "placeId", i.id, i.person_id as "personId", i.kind, i.name, i.sex,
  i.birth_year as "birthYear", i.employer, i.employer_unit_id as "employerUnitId",
  i.employer_school_id as "employerSchoolId", i.post, i.degree, i.professional_title as "professionalTitle", i.education_years as "educationYears", i.stages,
  i.subjects, i.certificate_number as "certificateNumber", i.phone, i.public_contact as "publicContact", i.profile,
  i.recommended_by as "recommendedBy", i.statements, i.filled_on as "filledOn", i.state, i.public_notice_from as "publicNoticeFrom",
  i.public_notice_to as "publicNoticeTo", i.appointed_on as "appointedOn", i.ended_on as "endedOn", i.reason, i.revision, i.imported,
  i.entered_by_name as "enteredByName", i.also_found_by as "alsoFoundBy"`;

/** The inspectors of the places in reach: the first wall. A person who is narrowed to schools keeps no register. */
export function within(scope: Scope): RawBuilder<SqlBool> {
  return sql`i.place_id = ${among(scope.places)} and ${scope.schools === null}::boolean`;
}

export async function findInspector(db: InspectorHandle, scope: Scope, id: string): Promise<Inspector | undefined> {
  const found = await sql<Inspector>`
    select ${inspectorColumns} from inspectors i where ${within(scope)} and i.id = ${id}`.execute(db);
  return found.rows[0];
}

/** The own entry of a person, wherever it lies. */
export async function findOwnInspector(
  db: InspectorHandle,
  personId: string,
  id: string,
): Promise<Inspector | undefined> {
  const found = await sql<Inspector>`
    select ${inspectorColumns} from inspectors i where i.person_id = ${personId} and i.id = ${id}`.execute(db);
  return found.rows[0];
}

/** The inspector, kept until the transaction ends, as it is then. */
export async function lockInspector(
  db: InspectorHandle,
  { placeId, id }: Pick<Inspector, 'placeId' | 'id'>,
): Promise<Inspector | undefined> {
  const found = await sql<Inspector>`
    select ${inspectorColumns} from inspectors i where i.place_id = ${placeId} and i.id = ${id} for update`.execute(db);
  return found.rows[0];
}

/** What a person writes of an inspector, and what follows from it. */
export type InspectorContent = Omit<
  Inspector,
  | 'type'
  | 'schoolId'
  | 'placeId'
  | 'id'
  | 'filledOn'
  | 'state'
  | 'publicNoticeFrom'
  | 'publicNoticeTo'
  | 'appointedOn'
  | 'endedOn'
  | 'reason'
  | 'revision'
  | 'imported'
  | 'enteredByName'
>;

/** What an act sets of a locked inspector. */
export type InspectorChange = Partial<
  InspectorContent &
    Pick<Inspector, 'filledOn' | 'state' | 'publicNoticeFrom' | 'publicNoticeTo' | 'appointedOn' | 'endedOn' | 'reason'>
>;

/** A change as columns; what is not named stays. */
export function columnsOf(change: InspectorChange): Updateable<Database['inspectors']> {
  const named: Readonly<Record<keyof InspectorChange, keyof Updateable<Database['inspectors']>>> = {
    ...{ personId: 'person_id', kind: 'kind', name: 'name', sex: 'sex', birthYear: 'birth_year' },
    ...{ employer: 'employer', employerUnitId: 'employer_unit_id', employerSchoolId: 'employer_school_id' },
    ...{
      post: 'post',
      degree: 'degree',
      professionalTitle: 'professional_title',
      educationYears: 'education_years',
      stages: 'stages',
    },
    ...{ subjects: 'subjects', certificateNumber: 'certificate_number', phone: 'phone' },
    ...{ publicContact: 'public_contact', profile: 'profile', recommendedBy: 'recommended_by' },
    ...{ statements: 'statements', filledOn: 'filled_on', state: 'state', publicNoticeFrom: 'public_notice_from' },
    ...{ publicNoticeTo: 'public_notice_to', appointedOn: 'appointed_on', endedOn: 'ended_on', reason: 'reason' },
    alsoFoundBy: 'also_found_by',
  };
  const written = Object.entries(change).map(([name, value]) => [
    named[name as keyof InspectorChange],
    name === 'statements' ? JSON.stringify(value) : value,
  ]);
  return Object.fromEntries(written) as Updateable<Database['inspectors']>;
}

export async function insertInspector(
  db: InspectorHandle,
  given: InspectorContent & Pick<Inspector, 'placeId' | 'id' | 'enteredByName'> & { readonly at: Date },
): Promise<void> {
  const { placeId, id, enteredByName, at, ...content } = given;
  await db
    .insertInto('inspectors')
    .values({
      ...columnsOf(content),
      ...{ place_id: placeId, id, entered_by_name: enteredByName, entered_at: at, updated_at: at },
    } as Insertable<Database['inspectors']>)
    .execute();
}

/** Sets the values of a locked inspector and raises the revision, which it returns. */
export async function updateInspector(
  db: InspectorHandle,
  { placeId, id }: Pick<Inspector, 'placeId' | 'id'>,
  change: InspectorChange,
  now: Date,
): Promise<number> {
  const written = await db
    .updateTable('inspectors')
    .set((row) => ({ ...columnsOf(change), updated_at: now, revision: row('revision', '+', 1) }))
    .where('place_id', '=', placeId)
    .where('id', '=', id)
    .returning('revision')
    .executeTakeFirstOrThrow();
  return written.revision;
}

/** Another inspector of the place with this certificate number, or of this kind with this account. */
export async function findClash(
  db: InspectorHandle,
  given: Pick<Inspector, 'placeId' | 'id' | 'certificateNumber' | 'personId' | 'kind'>,
): Promise<'certificate' | 'account' | undefined> {
  const found = await sql<{ clash: 'certificate' | 'account' }>`
    select case when i.certificate_number = ${given.certificateNumber} then 'certificate' else 'account' end as clash
      from inspectors i
     where i.place_id = ${given.placeId} and i.id <> ${given.id} and i.state <> 'withdrawn'
       and (i.certificate_number = ${given.certificateNumber}
            or i.person_id = ${given.personId}::uuid and i.kind = ${given.kind} and i.state <> 'ended')
     limit 1`.execute(db);
  return found.rows[0]?.clash;
}

/** The active person of this user name who bears this name; nobody is found by the user name alone. */
export async function findAccount(
  db: InspectorHandle,
  { username, name }: { readonly username: string; readonly name: string },
): Promise<string | undefined> {
  const found = await db
    .selectFrom('people')
    .select('id')
    .where('username', '=', username.toLowerCase())
    .where('name', '=', name)
    .where('status', '=', 'active')
    .executeTakeFirst();
  return found?.id;
}

export async function findUsername(db: InspectorHandle, personId: string): Promise<string | undefined> {
  const found = await db.selectFrom('people').select('username').where('id', '=', personId).executeTakeFirst();
  return found?.username;
}

/** The row of whoever wrote what hangs on an inspector: his place, his number and his account. */
type Owner = Pick<Inspector, 'placeId' | 'id' | 'personId'>;

/** Writes posts and relations in place of those that were there. */
export async function writeBeside(
  db: InspectorHandle,
  { placeId, id, personId }: Owner,
  posts: readonly HeldPostRow[],
  relations: readonly RelationRow[],
): Promise<void> {
  for (const table of ['inspector_posts', 'inspector_relations'] as const) {
    await db.deleteFrom(table).where('place_id', '=', placeId).where('inspector_id', '=', id).execute();
  }
  const beside = (body: BodyRow, at: number) => ({
    ...{ place_id: placeId, inspector_id: id, id: newId(), person_id: personId, position: at + 1 },
    ...{ employer: body.written, employer_unit_id: body.unitId, employer_school_id: body.schoolId },
  });
  if (posts.length > 0) {
    await db
      .insertInto('inspector_posts')
      .values(
        posts.map(({ body, post, from, leftOn }, at) => ({
          ...beside(body, at),
          post,
          from_day: from,
          left_on: leftOn,
        })),
      )
      .execute();
  }
  if (relations.length > 0) {
    await db
      .insertInto('inspector_relations')
      .values(
        relations.map(({ body, relative, tie, post, note, until }, at) => ({
          ...beside(body, at),
          ...{ relative, tie, post, note, until_day: until },
        })),
      )
      .execute();
  }
}

/**
 * Adds what an inspector in office declares himself, raises the revision and tells the office of it.
 * @returns its place among the relations; 0 where there is no room, null where the entry is not the person's and in office
 */
export async function writeDeclared(
  db: InspectorHandle,
  { placeId, id }: Pick<Inspector, 'placeId' | 'id'>,
  { relative, tie, body, post, note, until }: RelationRow,
  by: { readonly name: string; readonly at: Date },
): Promise<number | null> {
  const found = await sql<{ at: number | null }>`
    select declare_relation(${placeId}, ${id}, ${newId()}, ${relative}, ${tie}, ${body.written}, ${body.unitId}, ${body.schoolId},
      ${post}, ${note}, ${until}, ${newId()}, ${by.name}, ${by.at}) as at`.execute(db);
  return found.rows[0]!.at;
}

/** Gives the rows beside an inspector the account that he has now. */
export async function writeAccountBeside(db: InspectorHandle, { placeId, id, personId }: Owner): Promise<void> {
  for (const table of ['inspector_terms', 'inspector_papers'] as const) {
    await db
      .updateTable(table)
      .set({ person_id: personId })
      .where('place_id', '=', placeId)
      .where('inspector_id', '=', id)
      .execute();
  }
}
