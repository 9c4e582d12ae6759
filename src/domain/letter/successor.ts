import type { Permission } from '../access/permissions.ts';

interface Post {
  readonly personId: string;
  readonly name: string;
  readonly permissions: readonly Permission[];
}

const judgements = [
  ['letter.check', '审核'],
  ['letter.sign', '签发'],
] as const satisfies readonly (readonly [Permission, string])[];

/**
 * Why a unit's letters may not pass to this person, as a sentence; null when they may. Whoever writes a letter neither checks
 * nor signs it (`judgesText`), so somebody else of the unit has to be able to.
 * @param office the posts of the unit, without the one who leaves
 */
export function soleJudge(to: Post, office: readonly Post[]): string | null {
  const others = office.filter(({ personId }) => personId !== to.personId);
  const lacking = judgements
    .filter(([permission]) => !others.some(({ permissions }) => permissions.includes(permission)))
    .map(([, title]) => title);
  if (lacking.length === 0) return null;
  return `本单位除${to.name}外没有人能${lacking.join('、')}公文；经办的人不能${lacking.join('、')}自己修改的公文。请移交给其他人，或先为别人授予相应的角色。`;
}
