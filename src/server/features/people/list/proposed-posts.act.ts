import { insertPeople } from '#core/access/account/many-accounts.store.ts';
import { countWaitingOf } from '#core/access/proposal/proposal.store.ts';
import type { Context } from '#core/access/serve.ts';
import { initialsOf } from '#core/directory/initials.ts';
import { checkPeopleList, type ListedPerson } from '#domain/access/people-list.ts';
import { type PlannedPost, planPosts } from '#domain/access/post-list.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import type { WholeHandle } from '#platform/db/handle.ts';
import { newId } from '#platform/ids/new-id.ts';
import { recordOfPerson, recordOfSet } from '../people.audit.shape.ts';
import { listRoles } from '../people.store.ts';
import { giveCodes } from '../sets/sets.act.ts';
import { insertSet } from '../sets/sets.store.ts';
import { findKnownData } from './known.store.ts';

/** The posts that checked lines would make, compared with the stored data as it stands now. */
export async function plannedOf(
  ctx: Context<WholeHandle>,
  listed: readonly ListedPerson[],
): Promise<readonly PlannedPost[]> {
  const initials = await initialsByName(listed);
  return planPosts(listed, await findKnownData(ctx.db, listed, initials), initials);
}

async function initialsByName(people: ReadonlyArray<{ readonly name: string }>): Promise<Map<string, string>> {
  const names = [...new Set(people.map(({ name }) => name))];
  const initials = await initialsOf(names);
  return new Map(names.map((name, index) => [name, initials[index] ?? '']));
}

/** One line for each account that would be made. */
export function accountsOf(posts: readonly PlannedPost[]): readonly PlannedPost[] {
  const made = posts.filter(({ personId, username }) => personId === null && username !== '');
  return [...new Map(made.map((post) => [post.username, post])).values()];
}

/**
 * Makes the accounts of planned posts, without a right, and one set of the posts that waits for the 安全管理员. The codes
 * are returned here and nowhere else.
 * @param hash the hash of a password that nobody knows
 */
export async function proposed(
  ctx: Context<WholeHandle>,
  posts: readonly PlannedPost[],
  { fileName, hash }: { readonly fileName: string; readonly hash: string },
) {
  const { actor, now } = ctx;
  const made = accountsOf(posts);
  const initials = await initialsByName(made);
  const accounts = made.map(({ name, username, phone }) => {
    return { id: newId(), name, username, phone, initials: initials.get(name) ?? '' };
  });
  await insertPeople(ctx.db, accounts, { hash, by: actor.userId });
  const idOf = new Map(accounts.map(({ username, id }) => [username, id]));
  const setId = newId();
  const lines = posts
    .filter(({ state }) => state !== 'same')
    .map((post) => ({
      ...{ line: post.row, personId: post.personId ?? idOf.get(post.username)!, isNew: post.personId === null },
      ...{ role: post.role, unitId: post.unitId, schoolId: post.schoolId },
      sectionId: post.sectionId,
    }));
  assertRoomFor('postSets', await countWaitingOf(ctx.db, 'post_sets', actor.userId));
  await insertSet(ctx.db, { id: setId, fileName, by: actor.userId, now }, lines);
  const codes = await giveCodes(ctx, setId, null);
  await ctx.recordAll([
    recordOfSet(setId, 'postSet.proposed', { after: { fileName, accounts: accounts.length, posts: lines.length } }),
    ...accounts.map(({ id, name, username }) =>
      recordOfPerson(id, 'person.created', { after: { username, name, first: 'set' } }),
    ),
  ]);
  return { setId, accounts: accounts.length, posts: lines.length, codes };
}

/** The post of one person as a form names it, judged by the rules of the list. */
export async function onePost(
  ctx: Context<WholeHandle>,
  {
    name,
    phone,
    role,
    place,
  }: { readonly name: string; readonly phone: string; readonly role: string; readonly place: string },
): Promise<PlannedPost> {
  const roleName = (await listRoles(ctx.db)).find(({ key }) => key === role)?.name ?? role;
  const line = {
    ...{ row: 1, name, phone, role: roleName, place },
    ...{ section: '', code: '', username: '', faults: {} },
  };
  const [post] = await plannedOf(ctx, checkPeopleList([line]));
  if (post === undefined) throw problem('import.empty');
  const issues = post.problems.map(({ column, rule, allowed }) =>
    column === 'place' && place === '' && allowed === ''
      ? { path: '', message: '还没有选定本市，请先选定本市，再提出人选' }
      : { path: fieldOf[column], message: rule },
  );
  if (issues.length > 0) throw problem('request.invalid', { issues });
  if (post.state === 'same') {
    throw problem('access.grantRefused', { reason: `${post.name}已有${post.roleName}的岗位，无须再次提出。` });
  }
  return post;
}

/** The field of the form for a column of the list; the username is made from name and telephone. */
const fieldOf = {
  name: 'name',
  phone: 'phone',
  role: 'role',
  place: 'place',
  section: 'place',
  code: 'place',
  username: 'phone',
} as const;
