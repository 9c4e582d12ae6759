import type { Day } from '../kit/school-year.ts';
import { isSameName } from '../text/name-folding.ts';
import { type Relative, relativeTitles, type TieKind, tieTitles } from './inspector.ts';
import type { InspectorRules } from './inspector-rules.shape.ts';
import { yearsLater } from './terms.ts';

/** A unit or a school as it is written, and by the register where it is known there. */
export interface Body {
  readonly written: string;
  readonly unitId: number | null;
  readonly schoolId: number | null;
}

/** A post that the inspector holds or held. */
export interface HeldPost {
  readonly body: Body;
  readonly post: string;
  /** Null: the inspector is still there, or the day is not known; `present` says which. */
  readonly leftOn: Day | null;
  readonly present: boolean;
}

/** A relation that the inspector declared, or that the office knows. */
export interface DeclaredRelation {
  readonly relative: Relative;
  readonly tie: TieKind;
  readonly body: Body;
  readonly post: string;
  readonly note: string;
  /** The day after which it counts no more. */
  readonly until: Day | null;
}

/** What is inspected: a unit or a school, with what it belongs to and took over. */
export interface AvoidedSubject {
  readonly name: string;
  readonly unitIds: readonly number[];
  readonly schoolIds: readonly number[];
}

/** One reason why an inspector keeps away: `block` shuts him out, `ask` is for the inspectorate to decide. */
export interface AvoidanceGround {
  readonly case: 'head' | 'family' | 'own' | 'other';
  readonly effect: 'block' | 'ask';
  readonly reason: string;
  readonly source: string;
}

export const avoidanceCaseTitles: Readonly<Record<AvoidanceGround['case'], string>> = {
  head: '与主要负责人有近亲属关系',
  family: '配偶、父母、子女在此工作或者学习',
  own: '本单位人员，或者离开不满规定年限',
  other: '其他可能影响公正督导的情形',
};

/**
 * Why an inspector keeps away from a subject on a day, by the four cases of 《福建省教育督导条例》 (in force since 2017-06-01): a near
 * relative heads it; spouse, parent or child works or studies there; the inspector is of its staff or left it not long enough
 * ago (the years are in the rules); anything else, for the inspectorate to decide. A body that is known by its written name alone, or a day of
 * leaving that nobody knows, is asked about and shuts nobody out. Empty where the rule does not hold on the day. Never throws.
 */
export function avoidanceOf(
  { posts, relations }: { readonly posts: readonly HeldPost[]; readonly relations: readonly DeclaredRelation[] },
  subject: AvoidedSubject,
  rules: InspectorRules,
  on: Day,
): AvoidanceGround[] {
  const { from, until, document, yearsAfterLeaving } = rules.avoidance;
  if (on < from || (until !== null && on > until)) return [];
  const grounds: AvoidanceGround[] = [];
  const add = (which: AvoidanceGround['case'], effect: AvoidanceGround['effect'], reason: string) =>
    grounds.push({ case: which, effect, reason, source: document });
  for (const relation of relations) {
    const meant = isMeant(relation.body, subject);
    if (meant === 'no' || (relation.until !== null && on > relation.until)) continue;
    const who = relativeTitles[relation.relative];
    const said = `${who}${relation.post === '' ? '' : `（${relation.post}）`}${tieTitles[relation.tie]}：${relation.body.written}`;
    const surely = meant === 'yes' ? 'block' : 'ask';
    if (relation.tie === 'conflict') add('other', 'ask', relation.note === '' ? said : `${said}，${relation.note}`);
    else if (relation.relative === 'self') add('own', surely, said);
    else if (relation.tie === 'heads') add('head', surely, said);
    else if (relation.relative === 'other') add('other', 'ask', said);
    else add('family', surely, said);
  }
  for (const { body, post, leftOn, present } of posts) {
    const meant = isMeant(body, subject);
    if (meant === 'no') continue;
    const where = `${body.written}${post}`;
    const surely = meant === 'yes' ? 'block' : 'ask';
    if (present) add('own', surely, `本人现任职于${where}`);
    else if (leftOn === null) add('own', 'ask', `本人曾任职于${where}，离开日期未登记`);
    else if (on < yearsLater(leftOn, yearsAfterLeaving)) {
      add('own', surely, `本人 ${leftOn} 离开${where}，不满 ${yearsAfterLeaving} 年`);
    }
  }
  return grounds;
}

/** The names of bodies that no register knows: whether they are the subject, a person has to look. */
export function unlinkedBodies(bodies: readonly Body[]): string[] {
  const unlinked = bodies.filter(
    ({ written, unitId, schoolId }) => written !== '' && unitId === null && schoolId === null,
  );
  return [...new Set(unlinked.map(({ written }) => written))];
}

/** Whether a body is the subject: by its number, or perhaps, where its name is written alike or is a part of the other. */
function isMeant(body: Body, subject: AvoidedSubject): 'yes' | 'perhaps' | 'no' {
  if (body.unitId !== null) return subject.unitIds.includes(body.unitId) ? 'yes' : 'no';
  if (body.schoolId !== null) return subject.schoolIds.includes(body.schoolId) ? 'yes' : 'no';
  const [written, name] = [body.written.trim(), subject.name];
  const isPart = written.length >= 2 && (name.includes(written) || written.includes(name));
  return isPart || isSameName(written, name) ? 'perhaps' : 'no';
}
