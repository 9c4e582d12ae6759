import type { Permission } from '../access/permissions.ts';
import { bounds } from '../kit/bounds.ts';

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

/** What it means for a person to handle so many drafts, as a sentence; null below the bound: work that is handed over may pass it. */
export function draftsBeyond(drafts: number, name: string): string | null {
  const { most } = bounds.letterDrafts;
  if (drafts < most) return null;
  return `${name}现在经办 ${drafts} 份没有送审的公文，已到上限 ${most} 份，送审或作废到 ${most} 份以下之前不能再拟新的。`;
}
