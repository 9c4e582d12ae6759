import { foldedName } from '../text/name-folding.ts';
import { digitsOf, type LineProblem, type ListedPerson } from './people-list.ts';
import { type KnownPlaces, placeIndex, placeOf } from './post-place.ts';
import { type GrantableRole, grantRefusal, holdsPost, type PostKey, unsectionedRefusal } from './separation.ts';

/** A role as a list names it. */
export interface KnownRole extends GrantableRole {
  readonly name: string;
}

/** An account that a line of a list may mean. */
export interface KnownPerson {
  readonly id: string;
  readonly username: string;
  readonly name: string;
  readonly phone: string | null;
  readonly status: string;
  readonly posts: ReadonlyArray<Pick<GrantableRole, 'separated'> & PostKey>;
}

/** All stored data with which a list is compared. */
export interface KnownData extends KnownPlaces {
  readonly roles: readonly KnownRole[];
  readonly people: readonly KnownPerson[];
  /** Usernames that have an account. */
  readonly taken: ReadonlySet<string>;
}

/** One line of a list as the post that it would make. */
export interface PlannedPost {
  readonly row: number;
  readonly name: string;
  readonly phone: string;
  /** The username of the account, also of one that would be made; empty where the line has a fault. */
  readonly username: string;
  /** The account that is meant; null where one would be made. */
  readonly personId: string | null;
  readonly role: string;
  readonly roleName: string;
  readonly unitId: number | null;
  readonly schoolId: number | null;
  readonly sectionId: number | null;
  readonly placeName: string;
  /** Empty where the line names no section. */
  readonly sectionName: string;
  /** The unit by which lists and sheets are sorted: of a school its county. */
  readonly countyId: number | null;
  readonly countyName: string;
  /** `same`: the person holds this post already, and the line changes nothing. */
  readonly state: 'new-account' | 'new-post' | 'same';
  readonly problems: readonly LineProblem[];
}

/**
 * The username that an account gets where its list names none: the initials of the name and the last four digits of the
 * telephone, `wxm0218`.
 */
export function suggestedUsername(initials: string, phone: string): string {
  const letters = initials.replace(/^[^a-z]+/, '').slice(0, 20) || 'u';
  return `${letters}${digitsOf(phone).slice(-4)}`;
}

/**
 * Compares a checked list with the stored data: which account each line means, and which post it would give. One line is
 * one person in one post; a person with several lines gets several posts. A person is the username where one is given,
 * otherwise name and telephone.
 * @param initialsOf pinyin initials by name, for the usernames of new accounts
 */
export function planPosts(
  listed: readonly ListedPerson[],
  known: KnownData,
  initialsOf: ReadonlyMap<string, string>,
): PlannedPost[] {
  const roles = new Map(known.roles.map((role) => [foldedName(role.name), role]));
  const accounts = accountsOf(listed, known, initialsOf);
  const places = placeIndex(known);
  const seen = new Map<string, number>();
  return listed.map((line, index) => {
    const problems = [...line.problems];
    const account = accounts[index]!;
    const add = (problem: LineProblem) => {
      if (!line.problems.some(({ column }) => column === problem.column)) problems.push(problem);
    };
    if (account.problem !== null) add(account.problem);
    const role = roles.get(foldedName(line.role));
    const place = role === undefined ? null : placeOf(line, role, places);
    if (role === undefined) {
      const allowed = known.roles.filter(isListed).map(({ name }) => name);
      if (line.role !== '') add({ column: 'role', rule: `没有角色“${line.role}”`, allowed: allowed.join('、') });
    } else if (!isListed(role)) {
      add({ column: 'role', rule: `${role.name}不在名单里授予，请由安全管理员在其账户页办理` });
    } else if (place !== null && 'problem' in place) {
      add(place.problem);
    }
    const found = place === null || 'problem' in place ? null : place;
    const held = account.person?.posts ?? [];
    if (role !== undefined && isListed(role) && found !== null) {
      const refusal = grantRefusal(role, { unitLevel: found.unitLevel, schoolId: found.schoolId }, held, false);
      if (refusal !== null) add({ column: 'role', rule: refusal });
      const unsectioned = unsectionedRefusal(held, { ...found, key: role.key });
      if (unsectioned !== null) add({ column: 'section', rule: unsectioned });
    }
    const post = `${account.key} ${role?.key} ${found?.unitId} ${found?.schoolId} ${found?.sectionId}`;
    const before = seen.get(post);
    if (problems.length === 0 && before !== undefined) add({ column: 'role', rule: `与第 ${before} 行是同一个岗位` });
    else if (problems.length === 0) seen.set(post, line.row);
    const isSame = role !== undefined && found !== null && holdsPost(held, { ...found, key: role.key });
    return {
      ...{ row: line.row, name: line.name, phone: line.phone },
      ...{ username: account.username, personId: account.person?.id ?? null },
      ...{ role: role?.key ?? '', roleName: role?.name ?? line.role },
      ...{ unitId: found?.unitId ?? null, schoolId: found?.schoolId ?? null },
      sectionId: found?.sectionId ?? null,
      placeName: found?.placeName ?? line.place,
      sectionName: found?.sectionName ?? line.section,
      countyId: found?.countyId ?? null,
      countyName: found?.countyName ?? '',
      state: account.person === null ? 'new-account' : isSame ? 'same' : 'new-post',
      problems,
    };
  });
}

/** The three administrators are granted one by one, and the people of a campaign by the campaign. */
function isListed({ separated, reach }: KnownRole): boolean {
  return !separated && reach !== 'campaign' && reach !== 'none';
}

interface MeantAccount {
  /** Equal for the lines of one person. */
  readonly key: string;
  readonly username: string;
  readonly person: KnownPerson | null;
  readonly problem: LineProblem | null;
}

const samePerson = (name: string, phone: string) => `${foldedName(name)} ${digitsOf(phone)}`;

function groups<One>(all: readonly One[], keyOf: (one: One) => string): ReadonlyMap<string, readonly One[]> {
  const found = new Map<string, One[]>();
  for (const one of all) {
    const group = found.get(keyOf(one));
    if (group === undefined) found.set(keyOf(one), [one]);
    else group.push(one);
  }
  return found;
}

function accountsOf(
  listed: readonly ListedPerson[],
  known: KnownData,
  initialsOf: ReadonlyMap<string, string>,
): MeantAccount[] {
  const byUsername = new Map(known.people.map((person) => [person.username, person]));
  const byPair = groups(known.people, (person) => samePerson(person.name, person.phone ?? ''));
  const named = groups(
    listed.filter(({ username }) => username !== ''),
    (line) => samePerson(line.name, line.phone),
  );
  const owners = new Map<string, string>();
  const given = new Map<string, string>();
  const used = new Set([...known.taken, ...listed.map(({ username }) => username)]);
  const free = (base: string) => {
    let name = base;
    for (let number = 2; used.has(name); number += 1) name = `${base}-${number}`;
    used.add(name);
    return name;
  };
  return listed.map((line): MeantAccount => {
    const pair = samePerson(line.name, line.phone);
    const inList = new Set((named.get(pair) ?? []).map(({ username }) => username));
    const username = line.username || (inList.size === 1 ? [...inList][0]! : '');
    const fail = (rule: string): MeantAccount => {
      return { key: `row ${line.row}`, username, person: null, problem: { column: 'username', rule } };
    };
    if (username !== '') {
      const owner = owners.get(username) ?? foldedName(line.name);
      owners.set(username, owner);
      if (owner !== foldedName(line.name)) return fail(`用户名“${username}”在名单中用于不同的人`);
      const person = byUsername.get(username) ?? null;
      if (person !== null && foldedName(person.name) !== foldedName(line.name)) {
        return fail(`用户名“${username}”已有账户，属于${person.name}`);
      }
      if (person === null && known.taken.has(username)) return fail(`用户名“${username}”已有账户`);
      return statusOf({ key: username, username, person, problem: null });
    }
    const people = byPair.get(pair) ?? [];
    if (people.length > 1) {
      const names = people.map((one) => one.username).join('、');
      return fail(`姓名和电话相同的账户有 ${people.length} 个（${names}），请填写用户名`);
    }
    if (inList.size > 1) return fail(`名单中同名同电话的人有几个用户名（${[...inList].join('、')}），请填写用户名`);
    const [person = null] = people;
    if (person !== null) return statusOf({ key: person.username, username: person.username, person, problem: null });
    if (line.problems.length > 0) return { key: pair, username: '', person: null, problem: null };
    const made = given.get(pair) ?? free(suggestedUsername(initialsOf.get(line.name) ?? '', line.phone));
    given.set(pair, made);
    return { key: made, username: made, person: null, problem: null };
  });
}

function statusOf(meant: MeantAccount): MeantAccount {
  if (meant.person === null || meant.person.status === 'active') return meant;
  return { ...meant, problem: { column: 'name', rule: '此人的账户已停用，请先恢复账户，或从名单中删去这一行' } };
}
