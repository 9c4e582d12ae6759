import { sql } from 'kysely';
import { listUnitsIn } from '#core/directory/places.store.ts';
import type { Scope } from '#domain/access/actor.ts';
import type { Half, InspectorKind, PaperKind } from '#domain/inspection/inspector.ts';
import type { EarlierTerm } from '#domain/inspection/terms.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { inChineseOrder, searched } from '#platform/db/listing.ts';
import { newId } from '#platform/ids/new-id.ts';
import {
  type BodyRow,
  type HeldPostRow,
  type Inspector,
  type InspectorHandle,
  type RelationRow,
  within,
} from './inspector.store.ts';

type Key = Pick<Inspector, 'placeId' | 'id'>;

export interface TermRow {
  readonly id: string;
  readonly from: Day;
  readonly to: Day | null;
  readonly documentNumber: string | null;
  readonly endedOn: Day | null;
  readonly reason: string | null;
  /** The letter of appointment that was drafted for it. */
  readonly letterId: string | null;
  /** Whether it was served before the entry, or elsewhere: the form says so, and no act gave it. */
  readonly earlier: boolean;
}

export interface PaperRow {
  readonly paper: PaperKind;
  readonly schoolYear: number;
  readonly half: Half;
  readonly dueOn: Day;
  readonly handedOn: Day;
  readonly handedBy: string;
  readonly body: string;
}

/** The terms of an inspector in the order of their days. */
export async function listTerms(db: InspectorHandle, { placeId, id }: Key): Promise<TermRow[]> {
  const found = await sql<TermRow>`
    select t.id, t.from_day as "from", t.to_day as "to", t.document_number as "documentNumber", t.ended_on as "endedOn",
           t.reason, t.letter_id as "letterId", t.earlier
      from inspector_terms t where t.place_id = ${placeId} and t.inspector_id = ${id} order by t.from_day, t.id`.execute(
    db,
  );
  return found.rows;
}

export async function insertTerm(
  db: InspectorHandle,
  { placeId, id, personId }: Key & Pick<Inspector, 'personId'>,
  term: Pick<TermRow, 'from' | 'to' | 'documentNumber' | 'reason'>,
): Promise<void> {
  await db
    .insertInto('inspector_terms')
    .values({
      ...{ place_id: placeId, inspector_id: id, id: newId(), person_id: personId, from_day: term.from },
      ...{ to_day: term.to, document_number: term.documentNumber, reason: term.reason },
    })
    .execute();
}

/** Writes 以前的任期 in place of those that were there. */
export async function writeEarlierTerms(
  db: InspectorHandle,
  { placeId, id, personId }: Key & Pick<Inspector, 'personId'>,
  terms: readonly EarlierTerm[],
): Promise<void> {
  await db
    .deleteFrom('inspector_terms')
    .where('place_id', '=', placeId)
    .where('inspector_id', '=', id)
    .where('earlier', '=', true)
    .execute();
  if (terms.length === 0) return;
  await db
    .insertInto('inspector_terms')
    .values(
      terms.map(({ from, to }) => ({
        ...{ place_id: placeId, inspector_id: id, id: newId(), person_id: personId },
        ...{ from_day: from, to_day: to, earlier: true },
      })),
    )
    .execute();
}

/** Another entry with the number of a certificate. */
export interface SameCertificate {
  readonly placeName: string;
  readonly name: string;
  readonly kind: InspectorKind;
}

/** Entries at other units in reach with the same number of the certificate, but those of the same account. */
export async function listSameCertificate(
  db: InspectorHandle,
  scope: Scope,
  { placeId, certificateNumber, personId }: Pick<Inspector, 'placeId' | 'certificateNumber' | 'personId'>,
  most: number,
): Promise<SameCertificate[]> {
  if (certificateNumber === null) return [];
  const found = await sql<SameCertificate>`
    select u.short_name as "placeName", i.name, i.kind from inspectors i join org_units u on u.id = i.place_id
     where ${within(scope)} and i.place_id <> ${placeId} and i.certificate_number = ${certificateNumber}
       and i.state <> 'withdrawn' and (i.person_id = ${personId}::uuid) is not true
     order by i.place_id, i.id limit ${most}`.execute(db);
  return found.rows;
}

/** Ends the term under way. */
export async function endTerm(db: InspectorHandle, { placeId, id }: Key, on: Day): Promise<void> {
  await sql`
    update inspector_terms t set ended_on = ${on}::date
     where t.place_id = ${placeId} and t.inspector_id = ${id} and t.ended_on is null
       and (t.to_day is null or t.to_day >= ${on}::date)`.execute(db);
}

interface BesideRow extends BodyRow {
  readonly post: string;
}

const bodyOf = ({ written, unitId, schoolId }: BesideRow): BodyRow => ({ written, unitId, schoolId });
const besideColumns = sql`b.employer as written, b.employer_unit_id as "unitId", b.employer_school_id as "schoolId", b.post`;

export async function listPosts(db: InspectorHandle, { placeId, id }: Key): Promise<HeldPostRow[]> {
  const found = await sql<BesideRow & Pick<HeldPostRow, 'from' | 'leftOn'>>`
    select ${besideColumns}, b.from_day as "from", b.left_on as "leftOn"
      from inspector_posts b where b.place_id = ${placeId} and b.inspector_id = ${id} order by b.position`.execute(db);
  return found.rows.map(({ post, from, leftOn, ...row }) => ({ body: bodyOf({ ...row, post }), post, from, leftOn }));
}

export async function listRelations(db: InspectorHandle, { placeId, id }: Key): Promise<RelationRow[]> {
  const found = await sql<BesideRow & Omit<RelationRow, 'body' | 'post'>>`
    select ${besideColumns}, b.relative, b.tie, b.note, b.until_day as "until"
      from inspector_relations b where b.place_id = ${placeId} and b.inspector_id = ${id} order by b.position`.execute(
    db,
  );
  return found.rows.map(({ post, relative, tie, note, until, ...row }) => ({
    ...{ relative, tie, body: bodyOf({ ...row, post }), post, note, until },
  }));
}

/** The newest papers that came, the newest first. */
export async function listPapers(db: InspectorHandle, { placeId, id }: Key): Promise<PaperRow[]> {
  const found = await sql<PaperRow>`
    select p.paper, p.school_year as "schoolYear", p.half, p.due_on as "dueOn", p.handed_on as "handedOn",
           p.handed_by_name as "handedBy", p.body
      from inspector_papers p where p.place_id = ${placeId} and p.inspector_id = ${id} order by p.due_on desc, p.id
     limit 100`.execute(db);
  return found.rows;
}

/** The file of a paper as it hangs now. */
export interface HungPaper {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  /** How many files hang on the entry, this one among them. */
  readonly hanging: number;
  /** False where the same file hung there already. */
  readonly added: boolean;
}

/** Hangs an own upload on the entry as the file of a paper; undefined where it is not whole, or the paper is not this person's to hand in. */
export async function writePaperFile(
  db: InspectorHandle,
  { placeId, id }: Key,
  { part, uploadId, byName }: { readonly part: string; readonly uploadId: string; readonly byName: string },
): Promise<HungPaper | undefined> {
  const hung = await sql<{ attachment: string | null }>`
    select hang_paper(${uploadId}, ${placeId}, ${id}, ${part}, ${byName}) as attachment`.execute(db);
  const attachment = hung.rows[0]?.attachment ?? null;
  if (attachment === null) return undefined;
  const found = await sql<HungPaper>`
    select ${attachment} as id, h.name, h.size::int as size, h.hanging, h.added
      from hung_paper(${placeId}, ${id}, ${attachment}) h`.execute(db);
  return found.rows[0];
}

/** The names of the files of the papers of an entry, by the part under which they hang. */
export async function listPaperFiles(
  db: InspectorHandle,
  { placeId, id }: Key,
): Promise<Array<{ readonly part: string; readonly name: string }>> {
  const found = await sql<{ part: string; name: string }>`
    select f.part, f.name from paper_files_of(${placeId}, ${id}) f`.execute(db);
  return found.rows;
}

/** Keeps a paper; false where one of its kind and half is there. */
export async function insertPaper(
  db: InspectorHandle,
  { placeId, id, personId }: Key & Pick<Inspector, 'personId'>,
  paper: Omit<PaperRow, 'handedBy'> & { readonly handedBy: { readonly id: string; readonly name: string } },
): Promise<boolean> {
  const written = await sql`
    insert into inspector_papers (place_id, inspector_id, id, person_id, paper, school_year, half, due_on, handed_on, body,
                                  handed_by, handed_by_name)
    values (${placeId}, ${id}, ${newId()}, ${personId}, ${paper.paper}, ${paper.schoolYear}, ${paper.half},
            ${paper.dueOn}, ${paper.handedOn}, ${paper.body}, ${paper.handedBy.id}, ${paper.handedBy.name})
    on conflict (place_id, inspector_id, paper, school_year, half) do nothing
    returning id`.execute(db);
  return written.rows.length === 1;
}

/** As many bodies as a picker shows. */
export const mostBodies = 20;

/** Units and open schools, which everybody knows: a relative works where it may be. Units come first. */
export async function listBodies(
  db: InspectorHandle,
  search: string,
  limit: number,
): Promise<(BodyRow & { readonly placeName: string })[]> {
  const found = await sql<BodyRow & { placeName: string }>`
    select d.written, d.unit_id as "unitId", d.school_id as "schoolId", p.short_name as "placeName"
      from (
        select u.name as written, u.search, u.id as unit_id, null::int as school_id, u.place_id as place,
               u.sort_order as position
          from org_units u where u.active and u.place_id is not null
        union all
        select s.name, s.search, null::int, s.id, s.county_id, 100000 from schools s where s.status = 'open'
      ) d join org_units p on p.id = d.place
     where ${searched(sql`d.search`, search)}
     order by d.position, ${inChineseOrder(sql`d.written`)}, d.unit_id, d.school_id
     limit ${limit}`.execute(db);
  return found.rows;
}

/** The bodies that bear one of these names, where just one does. */
export async function findBodiesByName(
  db: InspectorHandle,
  names: readonly string[],
): Promise<ReadonlyMap<string, BodyRow>> {
  if (names.length === 0) return new Map();
  const found = await sql<BodyRow>`
    select w.name as written, max(d.unit_id) as "unitId", max(d.school_id) as "schoolId"
      from unnest(${[...new Set(names)]}::text[]) w(name)
      join (
        select u.name, u.id as unit_id, null::int as school_id from org_units u where u.active and u.place_id is not null
        union all
        select s.name, null::int, s.id from schools s where s.status = 'open'
      ) d on d.name = w.name
     group by w.name having count(*) = 1`.execute(db);
  return new Map(found.rows.map((row) => [row.written, row]));
}

/** What is to be inspected: a unit with all that lies below it, or a school with those that were merged into it. */
export async function findSubject(
  db: InspectorHandle,
  { unitId, schoolId }: { readonly unitId: number | undefined; readonly schoolId: number | undefined },
): Promise<{ name: string; unitIds: number[]; schoolIds: number[] } | undefined> {
  if (schoolId !== undefined) {
    const found = await sql<{ name: string; schoolIds: number[] }>`
      select s.name, array[s.id] || coalesce(
               (select array_agg(g.school_id) from school_places g where g.into_school_id = s.id), '{}') as "schoolIds"
        from school_places p join schools s on s.county_id = p.county_id and s.id = p.school_id
       where p.school_id = ${schoolId}`.execute(db);
    const [school] = found.rows;
    return school && { ...school, unitIds: [] };
  }
  if (unitId === undefined) return undefined;
  const found = await db.selectFrom('org_units').select('name').where('id', '=', unitId).executeTakeFirst();
  if (!found) return undefined;
  const below = await listUnitsIn(db, [unitId]);
  return { name: found.name, unitIds: below.get(unitId) ?? [unitId], schoolIds: [] };
}

/** The names of units, for those who issue in their name. */
export async function findUnitNames(db: InspectorHandle, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map();
  const found = await db
    .selectFrom('org_units')
    .where('id', 'in', [...ids])
    .select(['id', 'name'])
    .execute();
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** The bodies that a person chose, by the names of the register; one that does not stand there is left out. */
export async function findBodies(
  db: InspectorHandle,
  { unitIds, schoolIds }: { readonly unitIds: readonly number[]; readonly schoolIds: readonly number[] },
): Promise<BodyRow[]> {
  const found = await sql<BodyRow>`
    select u.name as written, u.id as "unitId", null::int as "schoolId" from org_units u
     where u.id = any(${[...unitIds]}::int[])
    union all
    select s.name, null::int, s.id
      from school_places p join schools s on s.county_id = p.county_id and s.id = p.school_id
     where p.school_id = any(${[...schoolIds]}::int[])`.execute(db);
  return found.rows;
}

/** Keeps the letter that is drafted for a term. */
export async function writeLetter(
  db: InspectorHandle,
  { placeId }: Key,
  termId: string,
  letterId: string,
): Promise<void> {
  await db
    .updateTable('inspector_terms')
    .set({ letter_id: letterId })
    .where('place_id', '=', placeId)
    .where('id', '=', termId)
    .execute();
}
