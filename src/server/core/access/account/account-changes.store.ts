import { lockCount } from '#platform/db/named-lock.ts';
import type { Revised } from '../../audit/last-change.ts';
import type { AccessHandle } from './accounts.store.ts';
import { writePeopleSearch } from './people-search.store.ts';

/** What changes the row of an account. */
export const personRevised: Revised = {
  ...{ table: 'people', type: 'person' },
  acts: [
    'updated',
    'disabled',
    'enabled',
    'requestConfirmed',
    'passwordChosen',
    'passwordReset',
    'mobileAsked',
    'mobileSet',
    'secondFactorRemoved',
  ].map((done) => `person.${done}`),
};

/** Names and phone numbers as an administrator corrects them; false when somebody else was quicker. */
export async function updatePerson(
  db: AccessHandle,
  personId: string,
  change: { name: string; initials: string; phone: string | null; revision: number; now: Date },
): Promise<boolean> {
  const changed = await db
    .updateTable('people')
    .set({
      name: change.name,
      initials: change.initials,
      also_found_by: null,
      phone: change.phone,
      updated_at: change.now,
      revision: change.revision + 1,
    })
    .where('id', '=', personId)
    .where('revision', '=', change.revision)
    .executeTakeFirst();
  if (Number(changed.numUpdatedRows) !== 1) return false;
  await writePeopleSearch(db, [personId]);
  return true;
}

/** The number that a person asks for; without one, neither this nor the number that signs in stays. */
export async function updateMobileAsked(
  db: AccessHandle,
  personId: string,
  mobile: string | null,
  now: Date,
): Promise<void> {
  await db
    .updateTable('people')
    .set((set) => ({
      ...(mobile === null ? { mobile: null } : {}),
      ...{ mobile_asked: mobile, updated_at: now, revision: set('revision', '+', 1) },
    }))
    .where('id', '=', personId)
    .execute();
}

/** The number by which a person signs in from now on; false where it is that of somebody else. */
export async function updateMobile(
  db: AccessHandle,
  personId: string,
  mobile: string | null,
  now: Date,
): Promise<boolean> {
  // Of two who set one number at once the later one waits, and sees that it is taken.
  if (mobile !== null) await lockCount(db, 'mobiles', mobile);
  const changed = await db
    .updateTable('people')
    .set((set) => ({ mobile, mobile_asked: null, updated_at: now, revision: set('revision', '+', 1) }))
    .where('id', '=', personId)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('people as other').where('other.mobile', '=', mobile).where('other.id', '<>', personId))),
    )
    .executeTakeFirst();
  return Number(changed.numUpdatedRows) === 1;
}

export async function updatePersonStatus(
  db: AccessHandle,
  personId: string,
  status: 'active' | 'disabled',
  now: Date,
): Promise<void> {
  await db
    .updateTable('people')
    .set((set) => ({ status, updated_at: now, revision: set('revision', '+', 1) }))
    .where('id', '=', personId)
    .execute();
}

/** Ends every lock of an account; what was typed is the key, its name or its number. Known addresses stay known. */
export async function deleteFailures(db: AccessHandle, username: string): Promise<void> {
  const ofAccount = db
    .updateTable('sign_in_failures')
    .where((is) =>
      is.or([
        is('account', '=', username),
        is('account', '=', is.selectFrom('people').where('username', '=', username).select('mobile')),
      ]),
    );
  await ofAccount.set({ failures: 0, locked_until: null, tries: 0, tried_since: null }).execute();
}

/** Takes the second factor off an account; the person binds a new telephone at the next sign-in. */
export async function deleteSecondFactor(db: AccessHandle, personId: string, now: Date): Promise<void> {
  await db.deleteFrom('second_factors').where('user_id', '=', personId).execute();
  await db
    .updateTable('people')
    .set((set) => ({ two_factor_enabled: false, updated_at: now, revision: set('revision', '+', 1) }))
    .where('id', '=', personId)
    .execute();
}
