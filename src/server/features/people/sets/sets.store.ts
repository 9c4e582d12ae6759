import { type RawBuilder, sql } from 'kysely';
import type { AccessHandle } from '#core/access/account/accounts.store.ts';
import { type Decision, type ProposalRow, writeDecision } from '#core/access/proposal/proposal.store.ts';
import type { HeldPost, NamedSection } from '#domain/access/separation.ts';
import type { Handle } from '#platform/db/handle.ts';
import { limited, type Page, type Paging, pageOf } from '#platform/db/listing.ts';

export type SetHandle = AccessHandle & Handle<'post_sets' | 'post_set_lines'>;

/** A set of posts with the names of its people and its size. */
export interface SetRow extends ProposalRow {
  readonly id: string;
  readonly state: 'waiting' | 'granted' | 'rejected';
  readonly fileName: string;
  readonly proposerPhone: string | null;
  readonly lines: number;
  readonly accounts: number;
}

const setColumns = sql`
  t.id, t.state, t.file_name as "fileName", t.proposed_by as "proposedBy", a.name as "proposerName",
  a.phone as "proposerPhone", t.proposed_at as "proposedAt", d.name as "deciderName", t.decided_at as "decidedAt", t.reason,
  (select count(*)::int from post_set_lines l where l.set_id = t.id) as lines,
  (select count(distinct l.person_id)::int from post_set_lines l where l.set_id = t.id and l.is_new) as accounts`;

const setTables = sql`
  post_sets t join people a on a.id = t.proposed_by left join people d on d.id = t.decided_by`;

/** The sets that wait, then the decided ones, newest first. */
export async function listSets(db: SetHandle, paging: Paging): Promise<Page<SetRow>> {
  const found = await sql<SetRow & { total: number }>`
    select ${setColumns}, count(*) over ()::int as total from ${setTables}
     order by t.state <> 'waiting', t.proposed_at desc ${limited(paging)}`.execute(db);
  return pageOf(found.rows, paging, async () => {
    const counted = await sql<{ n: number }>`select count(*)::int as n from post_sets`.execute(db);
    return counted.rows[0]?.n ?? 0;
  });
}

/** One set; undefined where there is none. */
export async function findSet(db: SetHandle, id: string): Promise<SetRow | undefined> {
  return (await sql<SetRow>`select ${setColumns} from ${setTables} where t.id = ${id}`.execute(db)).rows[0];
}

/** The same, locked: of two who decide at once the second finds it decided. */
export async function lockSet(db: SetHandle, id: string): Promise<SetRow | undefined> {
  const locked = await sql<SetRow>`
    select ${setColumns} from ${setTables} where t.id = ${id} for update of t`.execute(db);
  return locked.rows[0];
}

export interface NewLine {
  readonly line: number;
  readonly personId: string;
  readonly isNew: boolean;
  readonly role: string;
  readonly unitId: number | null;
  readonly schoolId: number | null;
  readonly sectionId: number | null;
}

/** Adds a set that waits, with two statements for any number of lines. */
export async function insertSet(
  db: SetHandle,
  set: { readonly id: string; readonly fileName: string; readonly by: string; readonly now: Date },
  lines: readonly NewLine[],
): Promise<void> {
  await sql`
    insert into post_sets (id, file_name, proposed_by, proposed_at)
    values (${set.id}, ${set.fileName}, ${set.by}, ${set.now})`.execute(db);
  await sql`
    insert into post_set_lines (set_id, line, person_id, is_new, role_key, unit_id, school_id, section_id)
    select ${set.id}, r.line, r."personId", r."isNew", r.role, r."unitId", r."schoolId", r."sectionId"
      from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
           as r(line integer, "personId" uuid, "isNew" boolean, role text, "unitId" integer, "schoolId" integer,
                "sectionId" integer)`.execute(db);
}

/** A line with everything that the rules of granting need, as it stands now. */
export interface LineRow {
  readonly line: number;
  readonly personId: string;
  readonly name: string;
  readonly username: string;
  readonly phone: string | null;
  readonly status: string;
  readonly isNew: boolean;
  readonly role: HeldPost & { readonly name: string; readonly revision: number };
  readonly unitLevel: string | null;
  /** The unit that the line names as the section of the post. */
  readonly section: NamedSection | null;
  readonly placeName: string;
  readonly countyId: number | null;
  readonly countyName: string;
  readonly passwordChosen: boolean;
  readonly passwordByOne: boolean;
  readonly held: ReadonlyArray<{
    readonly key: string;
    readonly name: string;
    readonly separated: boolean;
    readonly unitId: number | null;
    readonly schoolId: number | null;
    readonly sectionId: number | null;
    readonly place: string | null;
  }>;
  readonly outcome: 'granted' | 'excepted' | 'refused' | null;
  readonly reason: string | null;
}

/** The place of a line `l`: the unit, or the school with its county. */
const placesOfLine = sql`
  left join org_units u on u.id = l.unit_id
  left join org_units k on k.id = l.section_id
  left join school_places sp on sp.school_id = l.school_id
  left join schools s on s.county_id = sp.county_id and s.id = sp.school_id
  left join org_units c on c.id = coalesce(l.unit_id, sp.county_id)`;

const passwordChosen = sql`(p.password_changed_at is not null and not p.must_change_password)`;

/** All lines of a set, by unit and then as in the table. */
export async function listSetLines(db: SetHandle, setId: string): Promise<LineRow[]> {
  const found = await sql<LineRow>`
    select l.line, p.id as "personId", p.name, p.username, p.phone, p.status, l.is_new as "isNew",
           jsonb_build_object('key', r.key, 'name', r.name, 'reach', r.reach, 'separated', r.separated,
                              'secondFactor', r.second_factor, 'permissions', to_jsonb(r.permissions),
                              'revision', r.revision, 'unitId', l.unit_id, 'schoolId', l.school_id,
                              'sectionId', l.section_id) as role,
           case when k.id is not null then jsonb_build_object('kind', k.kind, 'name', k.name, 'placeId', k.place_id,
                                                              'active', k.active) end as section,
           u.kind as "unitLevel", coalesce(s.name, u.name, '') as "placeName", c.id as "countyId",
           coalesce(c.name, '') as "countyName", ${passwordChosen} as "passwordChosen",
           p.password_link_by is not null as "passwordByOne", l.outcome, l.reason,
           coalesce(h.held, '[]') as held
      from post_set_lines l
      join people p on p.id = l.person_id
      join roles r on r.key = l.role_key ${placesOfLine}
      left join (
        select g.person_id, jsonb_agg(jsonb_build_object(
                 'key', hr.key, 'name', hr.name, 'separated', hr.separated, 'unitId', g.unit_id,
                 'schoolId', g.school_id, 'sectionId', g.section_id,
                 'place', nullif(concat_ws(' ', coalesce(hu.name, hs.name), hk.name), '')) order by hr.sort_order, g.id) as held
          from grants g
          join roles hr on hr.key = g.role_key
          left join org_units hu on hu.id = g.unit_id
          left join org_units hk on hk.id = g.section_id
          left join school_places hp on hp.school_id = g.school_id
          left join schools hs on hs.county_id = hp.county_id and hs.id = hp.school_id
         where g.revoked_at is null and g.person_id in (select person_id from post_set_lines where set_id = ${setId})
         group by g.person_id) h on h.person_id = p.id
     where l.set_id = ${setId}
     order by c.kind, c.sort_order, l.line`.execute(db);
  return found.rows;
}

/** A person of a set, as a sheet or a list of codes names them. */
export interface RecipientRow {
  readonly personId: string;
  readonly name: string;
  readonly username: string;
  readonly phone: string | null;
  readonly countyId: number | null;
  readonly countyName: string;
  readonly placeName: string;
  readonly roleNames: string;
  readonly contact: string | null;
  readonly passwordChosen: boolean;
}

/**
 * The people of a set, each once, by unit and school; of one unit where one is named. Once the set is decided, only those
 * whose post was granted.
 */
export async function listRecipients(db: SetHandle, setId: string, unitId: number | null): Promise<RecipientRow[]> {
  const within: RawBuilder<unknown> = unitId === null ? sql`true` : sql`c.id = ${unitId}`;
  const found = await sql<RecipientRow>`
    select p.id as "personId", p.name, p.username, p.phone, (array_agg(c.id order by l.line))[1] as "countyId",
           coalesce((array_agg(c.name order by l.line))[1], '') as "countyName",
           coalesce((array_agg(concat_ws(' ', coalesce(s.name, u.name), k.name) order by l.line))[1], '') as "placeName",
           string_agg(distinct r.name, '、') as "roleNames",
           nullif(concat_ws(' ', (array_agg(c.contact_name order by l.line))[1],
                                 (array_agg(c.contact_phone order by l.line))[1]), '') as contact,
           ${passwordChosen} as "passwordChosen"
      from post_set_lines l
      join people p on p.id = l.person_id
      join roles r on r.key = l.role_key ${placesOfLine}
     where l.set_id = ${setId} and (l.outcome is null or l.outcome = 'granted') and ${within}
     group by p.id
     order by min(c.kind), min(c.sort_order), min(s.code) nulls first, "placeName", min(l.line)`.execute(db);
  return found.rows;
}

/** Says what became of the lines of a locked set, with one statement. */
export async function writeOutcomes(
  db: SetHandle,
  setId: string,
  outcomes: ReadonlyArray<{ readonly line: number; readonly outcome: string; readonly reason: string | null }>,
): Promise<void> {
  await sql`
    update post_set_lines l set outcome = r.outcome, reason = r.reason
      from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) as r(line integer, outcome text, reason text)
     where l.set_id = ${setId} and l.line = r.line`.execute(db);
}

/** Says what became of a locked set. */
export function updateSet(db: SetHandle, id: string, decision: Decision<SetRow['state']>): Promise<void> {
  return writeDecision(db, 'post_sets', id, decision);
}
