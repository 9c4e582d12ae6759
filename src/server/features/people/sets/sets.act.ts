import { writeCodes } from '#core/access/account/codes.store.ts';
import { digestOf } from '#core/evidence/digest.ts';
import type { Actor } from '#domain/access/actor.ts';
import {
  grantRefusal,
  holdsPost,
  passwordRefusal,
  sectionRefusal,
  unsectionedRefusal,
} from '#domain/access/separation.ts';
import { type LineRow, listRecipients, type RecipientRow, type SetHandle } from './sets.store.ts';

/**
 * A digest of everything that a person sees of a set before granting it: each line with the person's state, the posts
 * held, and the role as it is now.
 */
export function digestOfLines(lines: readonly LineRow[]): string {
  return digestOf(
    lines.map(({ line, personId, role, status, passwordChosen, passwordByOne, held }) => [
      ...[line, personId, role.key, role.revision, role.unitId, role.schoolId, role.sectionId, status],
      ...[passwordChosen, passwordByOne],
      ...held.map(({ key, unitId, schoolId, sectionId }) => [key, unitId, schoolId, sectionId]),
    ]),
  );
}

/** Why a rule forbids the post of this line as things stand, as a sentence; null where none does. */
export function refusalOfLine(row: LineRow, granter: string): string | null {
  const { role, held, section } = row;
  const refusal = grantRefusal(
    role,
    { unitLevel: row.unitLevel, schoolId: role.schoolId },
    held,
    row.personId === granter,
  );
  if (refusal !== null) return refusal;
  if (row.status !== 'active') return '账户已停用，不能授予角色；请先恢复账户。';
  const lapsed = section === null ? null : sectionRefusal(section, role.unitId);
  if (lapsed !== null) return lapsed;
  if (holdsPost(held, role)) return '此人已有这个岗位，无须再次授予。';
  return unsectionedRefusal(held, role) ?? passwordRefusal(role, row, true);
}

/**
 * Gives everybody of a set who has no password yet a new code, within one unit where one is named. The codes are shown
 * once; the earlier ones and the links that went with them end.
 */
export async function giveCodes(
  { db, actor, now }: { readonly db: SetHandle; readonly actor: Pick<Actor, 'userId'>; readonly now: Date },
  setId: string,
  unitId: number | null,
) {
  const people = await listRecipients(db, setId, unitId);
  const waiting = people.filter(({ passwordChosen }) => !passwordChosen);
  const ids = waiting.map(({ personId }) => personId);
  const codes = await writeCodes(db, ids, { by: actor.userId, now });
  return waiting.map((one) => ({ ...recipientOf(one), code: codes.get(one.personId)! }));
}

/** A person of a set as a sheet names them. */
export function recipientOf({ passwordChosen: _chosen, contact: _contact, ...person }: RecipientRow) {
  return person;
}
