import { digestOf } from '#core/evidence/digest.ts';
import { grantRefusal, passwordRefusal } from '#domain/access/separation.ts';
import type { LineRow } from './sets.store.ts';

/**
 * A digest of everything that a person sees of a set before granting it: each line with the person's state, the posts
 * held, and the role as it is now.
 */
export function digestOfLines(lines: readonly LineRow[]): string {
  return digestOf(
    lines.map(({ line, personId, role, status, passwordChosen, passwordByOne, held }) => [
      ...[line, personId, role.key, role.revision, role.unitId, role.schoolId, status, passwordChosen, passwordByOne],
      ...held.map(({ key, unitId, schoolId }) => [key, unitId, schoolId]),
    ]),
  );
}

/** Why a rule forbids the post of this line as things stand, as a sentence; null where none does. */
export function refusalOfLine(row: LineRow, granter: string): string | null {
  const { role, held } = row;
  const refusal = grantRefusal(
    role,
    { unitLevel: row.unitLevel, schoolId: role.schoolId },
    held,
    row.personId === granter,
  );
  if (refusal !== null) return refusal;
  if (row.status !== 'active') return '账户已停用，不能授予角色；请先恢复账户。';
  const isHeld = held.some(
    (one) => one.key === role.key && one.unitId === role.unitId && one.schoolId === role.schoolId,
  );
  if (isHeld) return '此人已有这个岗位，无须再次授予。';
  return passwordRefusal(role, row, true);
}
