import { sql } from 'kysely';
import type { LeavingPost, OpenWorkRow, PassedWork } from '#core/access/pass-work.ts';
import type { FindingState } from '#domain/rectification/state.ts';
import type { Fragment } from '#platform/db/fragment.ts';
import type { FindingHandle } from '../finding.store.ts';

export const dutiesKind = 'rectifications.duties';

type Post = Pick<LeavingPost, 'placeId' | 'schoolId' | 'sectionId'>;

/** The duty bodies of a post: its unit, and the section in which it works. */
const unitsOf = ({ placeId, sectionId }: Post) => [placeId, ...(sectionId === null ? [] : [sectionId])];

export function openDuties(post: LeavingPost): Fragment<OpenWorkRow> {
  return sql`
    select ${sql.lit(dutiesKind)} as kind, n::int as count, n::int as passing, null::int as held, places
      from open_findings_of(${[...post.names]}::text[], ${unitsOf(post)}::int[], ${post.schoolId}::int) where n > 0`;
}

/** A finding that has another person responsible. */
export interface PassedFinding {
  readonly type: 'finding';
  readonly placeId: number;
  readonly id: string;
  readonly schoolId: number | null;
  readonly title: string;
  readonly state: FindingState;
}

/** The open findings that name a person as responsible name the other, and so do their measures that are not done. */
export async function writePassedDuties(
  db: FindingHandle,
  { places, from, to, ...post }: PassedWork & { readonly places: readonly number[] },
  now: Date,
): Promise<PassedFinding[]> {
  const names = from.names ?? [from.name];
  const { rows: mine } = await sql<{ id: string }>`
    select id from findings_in_duty_of(${names}::text[], ${unitsOf(post)}::int[], ${post.schoolId}::int)`.execute(db);
  if (mine.length === 0) return [];
  const ids = mine.map(({ id }) => id);
  const passed = await sql<PassedFinding>`
    update findings f set duty_person = ${to.name}, revision = f.revision + 1, updated_at = ${now}
     where f.place_id = any (${[...places]}::int[]) and f.id = any (${ids}::uuid[]) and f.duty_person = any (${names}::text[])
       and f.state not in ('closed', 'cancelled')
    returning 'finding' as type, f.place_id as "placeId", f.id, f.school_id as "schoolId", f.title, f.state`.execute(
    db,
  );
  await sql`
    update finding_measures m set responsible = ${to.name}
     where m.place_id = any (${[...places]}::int[]) and m.finding_id = any (${passed.rows.map(({ id }) => id)}::uuid[])
       and m.responsible = any (${names}::text[]) and m.done_on is null`.execute(db);
  return passed.rows;
}
