import { sql } from 'kysely';
import type { Day } from '#domain/kit/school-year.ts';
import type { DirectoryHandle } from './directory.handle.ts';

/** A post of a leader with who held it on a day; nobody where it was vacant. */
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

/** A post of a unit, which the unit has once. */
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
 * Somebody takes a post over from a day on: whoever holds it until now leaves that day. The database refuses a term that
 * begins in or before one that stands.
 */
export async function beginLeaderTerm(
  db: DirectoryHandle,
  term: { readonly postId: number; readonly name: string; readonly from: Day; readonly document: string | null },
): Promise<void> {
  await endLeaderTerm(db, term.postId, term.from);
  await db
    .insertInto('leader_terms')
    .values({ post_id: term.postId, valid_from: term.from, name: term.name, document: term.document })
    .execute();
}

/** Leaves the post vacant from a day on. */
export async function endLeaderTerm(db: DirectoryHandle, postId: number, day: Day): Promise<void> {
  await db
    .updateTable('leader_terms')
    .set({ valid_to: day })
    .where('post_id', '=', postId)
    .where('valid_to', 'is', null)
    .where('valid_from', '<', day)
    .execute();
}
