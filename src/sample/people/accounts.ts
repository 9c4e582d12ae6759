import { randomInt } from 'node:crypto';
import { randomPassword } from '#domain/access/password.ts';
import { generator } from '#domain/kit/generator.ts';
import { addDays, dayInChina } from '#domain/kit/school-year.ts';
import { sampleIds } from '../ids.ts';
import type { SamplePerson } from '../model.ts';
import type { SampleRows } from '../part.ts';
import { sampleInspectors } from '../plan/plan.ts';
import { Table } from '../table.ts';

export interface SamplePassword {
  readonly password: string;
  readonly hash: string;
}

/** Roles of an installation are numbered from 1; roles that the installation adds get lower numbers than this. */
const behindTheOthers = 1000;

/** A random password of this installation for each person; hashing runs in parallel with other work. */
export function samplePasswords(
  people: readonly SamplePerson[],
  hash: (password: string) => Promise<string>,
): Promise<SamplePassword[]> {
  const passwords = people.map(() => randomPassword((below) => randomInt(below)));
  return Promise.all(passwords.map(async (password) => ({ password, hash: await hash(password) })));
}

/** The accounts with their posts. */
export function accountRows(
  people: readonly SamplePerson[],
  passwords: readonly SamplePassword[],
  initials: ReadonlyMap<string, string>,
  now: Date,
): SampleRows {
  const ids = sampleIds(generator('sample accounts'), '2023-08-16T08:00:00+08:00');
  const persons = new Table('people', 'id name username email email_verified initials password_changed_at phone');
  const accounts = new Table('accounts', 'id user_id account_id provider_id password');
  const history = new Table('password_history', 'person_id changed_at hash');
  const grants = new Table('grants', 'id person_id role_key unit_id school_id section_id');
  const standIns = new Table('stand_ins', 'id grant_id person_id valid_from until');
  const assignments = new Table('assignments', 'id grant_id school_id campaign_id valid_from valid_to');
  const firstPosts = new Map<string, string>();
  const give = (
    personId: string,
    role: string,
    {
      unitId,
      schoolId = null,
      sectionId = null,
      seat,
    }: Partial<Pick<SamplePerson, 'unitId' | 'schoolId' | 'sectionId' | 'seat'>>,
  ) => {
    const id = seat?.grantId ?? ids.next();
    grants.add(id, personId, role, unitId ?? null, schoolId, sectionId);
    return id;
  };
  people.forEach((person, index) => {
    const email = `${person.id}@people.invalid`;
    persons.add(
      person.id,
      person.name,
      person.username,
      email,
      true,
      initials.get(person.name)!,
      now,
      phoneOf(person, index),
    );
    accounts.add(ids.next(), person.id, person.id, 'credential', passwords[index]!.hash);
    history.add(person.id, now, passwords[index]!.hash);
    // A post at a school names only the school.
    const unitId = person.schoolId === null ? person.unitId : null;
    firstPosts.set(person.username, give(person.id, person.role, { ...person, unitId }));
  });
  const until = dayInChina(new Date(now.getTime() + 30 * 86_400_000));
  for (const person of people) {
    for (const post of person.further) give(person.id, post.role, { unitId: post.unitId });
    const lent = person.standsInFor === null ? undefined : firstPosts.get(person.standsInFor);
    for (const schoolId of person.assigned) {
      assignments.add(ids.next(), firstPosts.get(person.username)!, schoolId, null, dayInChina(now), null);
    }
    if (person.seat !== null) {
      // A seat ends with its round; none of the sample lasts longer.
      const last = addDays(dayInChina(now), longestRound);
      assignments.add(ids.next(), person.seat.grantId, null, person.seat.id, '2024-01-01', last);
    }
    if (lent !== undefined) standIns.add(ids.next(), lent, person.id, now, until);
  }
  const signIns = people.map((person, index) => ({
    role: person.role,
    title: person.roleTitle,
    unit: person.place,
    username: person.username,
    password: passwords[index]!.password,
  }));
  return { tables: [rolesOfSample(), persons, accounts, history, grants, standIns, assignments], signIns };
}

/** People of schools have a telephone, by which they are called when they have not filed: no exchange assigns such a number. */
function phoneOf({ schoolId }: SamplePerson, at: number): string | null {
  return schoolId === null ? null : `0595-0001${String(at).padStart(4, '0')}`;
}

/** Calendar days: as long as the timetable of a round goes on from the day of the sample. */
const longestRound = 240;

/** Roles that a real installation receives together with the features that need them. */
function rolesOfSample(): Table {
  const roles = new Table('roles', 'key name reach permissions sort_order');
  const { key, name, permissions } = sampleInspectors.role;
  roles.add(key, name, 'schools', permissions, behindTheOthers);
  return roles;
}
