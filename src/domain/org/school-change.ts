import { type Problem, problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { changesClass, codeClassOf } from './school-facts.ts';
import { schoolType } from './school-type.ts';

export const schoolStatuses = ['open', 'merged', 'closed'] as const;
export type SchoolStatus = (typeof schoolStatuses)[number];

export const schoolStatusNames: Readonly<Record<SchoolStatus, string>> = {
  open: '在办',
  merged: '已并入他校',
  closed: '已撤销',
};

export const schoolChanges = ['rename', 'move', 'merge', 'split', 'close', 'reopen', 'retype', 'correct'] as const;
export type SchoolChange = (typeof schoolChanges)[number];

export const schoolChangeTitles: Readonly<Record<SchoolChange, string>> = {
  rename: '更名',
  move: '变更隶属或所在地',
  merge: '合并',
  split: '分设',
  close: '撤销',
  reopen: '恢复办学',
  retype: '变更办学类型',
  correct: '更正登记',
};

/** The facts about a school that the rules need. */
export interface ChangeSubject {
  readonly status: SchoolStatus;
  /** First day of the last version. */
  readonly lastChange: Day;
  /** The day on which it closed or was merged; null while open. */
  readonly closedOn: Day | null;
}

/** Whether an act fits a school in this state: an open one changes, a closed or merged one can only come back. */
export function fitsStatus(change: SchoolChange, status: SchoolStatus): boolean {
  if (change === 'reopen') return status !== 'open';
  return status === 'open';
}

/** The possible acts, for `can` of a reply; `manages` is the right of the person. */
export function permittedChanges(status: SchoolStatus, manages: boolean): Record<SchoolChange, boolean> {
  return Object.fromEntries(schoolChanges.map((change) => [change, manages && fitsStatus(change, status)])) as Record<
    SchoolChange,
    boolean
  >;
}

/**
 * Why a change on `day` is refused, or undefined. History is written forwards: a change may not lie before the last
 * change or before the closing that it undoes. It may not lie after `today`, because the register records the present.
 */
export function changeRefusal(change: SchoolChange, subject: ChangeSubject, day: Day, today: Day): Problem | undefined {
  if (!fitsStatus(change, subject.status)) {
    return problem('school.notInState', {
      act: schoolChangeTitles[change],
      state: schoolStatusNames[subject.status],
    });
  }
  if (change === 'correct') return undefined;
  if (day > today) return problem('school.dayInFuture', { day, today });
  const last = subject.closedOn ?? subject.lastChange;
  if (day < last) return problem('school.dayTooEarly', { day, last });
  // A version lasts at least a day: closing needs one that has begun before.
  if (change === 'close' && day === last) return problem('school.dayTaken', { day });
  return undefined;
}

/**
 * The code after a change of 办学类型: the same while the class stays, a new one when it changes, which must then be given
 * and belong to the new class (学校〔机构〕代码编制规则: closed or class changed, code void, never reused). A school without a code
 * may be given one, but need not be.
 */
export function codeAfterRetyping(
  from: { readonly schoolType: string; readonly code: string | null },
  to: { readonly schoolType: string; readonly code?: string | undefined },
): { readonly code: string | null } | { readonly refusal: Problem } {
  if (from.schoolType === to.schoolType) return { refusal: problem('school.nothingChanges') };
  const name = schoolType(to.schoolType)?.name ?? to.schoolType;
  if (from.code !== null && !changesClass(from.schoolType, to.schoolType)) {
    return to.code === undefined || to.code === from.code
      ? { code: from.code }
      : { refusal: problem('school.codeStays') };
  }
  if (to.code === undefined && from.code === null) return { code: null };
  if (to.code === undefined || to.code === from.code)
    return { refusal: problem('school.newCodeNeeded', { type: name }) };
  const wanted = codeClassOf(to.schoolType);
  if (to.code.slice(0, 2) !== wanted) {
    const sentence = `“${name}”的学校标识码应以 ${wanted} 开头`;
    return { refusal: problem('school.facts', { faults: [{ field: 'code', sentence }] }) };
  }
  return { code: to.code };
}

/**
 * Why a school that was closed or merged cannot come back, or undefined. Its code has to be its own: where the school into
 * which it was merged goes on with it, the merger stands.
 * @param holder the school that has the code now; undefined where nobody has it
 */
export function returnRefusal(
  school: { readonly id: number; readonly name: string; readonly code: string | null },
  holder: { readonly id: number; readonly name: string } | undefined,
): Problem | undefined {
  if (school.code === null || holder === undefined || holder.id === school.id) return undefined;
  return problem('school.codeWentOn', { name: school.name, code: school.code, holder: holder.name });
}

/** The facts about the absorbed school that merging needs. */
export interface MergingGuest extends ChangeSubject {
  readonly id: number;
  readonly name: string;
}

/** Why a school cannot be merged into a host, or undefined. */
export function mergeRefusal(
  host: { readonly id: number },
  guest: MergingGuest,
  day: Day,
  today: Day,
): Problem | undefined {
  const refuse = (reason: string) => problem('school.notMergeable', { name: guest.name, reason });
  if (guest.id === host.id) return refuse('学校不能并入自己');
  if (guest.status !== 'open') return refuse(`它目前“${schoolStatusNames[guest.status]}”`);
  const tooEarly = changeRefusal('close', guest, day, today);
  return tooEarly ? refuse(tooEarly.message.replace(/。$/, '')) : undefined;
}
