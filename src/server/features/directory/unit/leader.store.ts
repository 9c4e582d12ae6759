import { sql } from 'kysely';
import type { Day } from '#domain/kit/school-year.ts';
import type { DirectoryHandle } from '../directory.store.ts';

/** A post of a leader and its holder on a day; without a holder if it was vacant. */
export interface LeaderRow {
  readonly postId: number;
  readonly unitId: number;
  readonly title: string;
  readonly name: string | null;
  readonly since: Day | null;
  readonly document: string | null;
}

/** The leaders of a unit on a day, in the order of their posts. */
export async function listLeaders(db: DirectoryHandle, unitId: number, day: Day): Promise<LeaderRow[]> {
  const found = await sql<LeaderRow>`
    select p.id as "postId", p.unit_id as "unitId", p.title, t.name, t.valid_from as since, t.document
      from leader_posts p
      left join leader_terms t
        on t.post_id = p.id and t.valid_from <= ${day}::date and (t.valid_to is null or t.valid_to > ${day}::date)
     where p.unit_id = ${unitId} and p.active
     order by p.sort_order, p.id`.execute(db);
  return found.rows;
}

/** A post of a unit; a unit has each post once. */
export async function insertLeaderPost(
  db: DirectoryHandle,
  post: { readonly unitId: number; readonly title: string; readonly sortOrder: number },
): Promise<number> {
  const made = await db
    .insertInto('leader_posts')
    .values({ unit_id: post.unitId, title: post.title, sort_order: post.sortOrder })
    .returning('id')
    .executeTakeFirstOrThrow();
  return made.id;
}

/**
 * Gives a post to a person from a day on; the present holder leaves on that day. The database refuses a term that
 * begins during or before an existing one.
 */
export async function insertLeaderTerm(
  db: DirectoryHandle,
  term: { readonly postId: number; readonly name: string; readonly from: Day; readonly document: string | null },
): Promise<void> {
  await writeLeaderTermEnd(db, term.postId, term.from);
  await db
    .insertInto('leader_terms')
    .values({ post_id: term.postId, valid_from: term.from, name: term.name, document: term.document })
    .execute();
}

/** Leaves the post vacant from a day on. */
export async function writeLeaderTermEnd(db: DirectoryHandle, postId: number, day: Day): Promise<void> {
  await db
    .updateTable('leader_terms')
    .set({ valid_to: day })
    .where('post_id', '=', postId)
    .where('valid_to', 'is', null)
    .where('valid_from', '<', day)
    .execute();
}
