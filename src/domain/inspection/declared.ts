import type { Day } from '../kit/school-year.ts';
import type { DeclaredRelation, HeldPost } from './avoidance.ts';
import type { Relative, TieKind } from './inspector.ts';
import type { InspectorRules } from './inspector-rules.shape.ts';
import { yearsLater } from './terms.ts';

/** A post as the register publishes it (`inspector_pool`). */
export interface RegisteredPost {
  readonly written: string;
  readonly unitId: number | null;
  readonly schoolId: number | null;
  readonly post: string;
  readonly leftOn: Day | null;
  readonly present: boolean;
}

/** A relation as the register publishes it: without post and note. */
export interface RegisteredRelation extends Pick<RegisteredPost, 'written' | 'unitId' | 'schoolId'> {
  readonly relative: Relative;
  readonly tie: TieKind;
  readonly until: Day | null;
}

/** A post of the program that somebody holds or held; that of a school names its county. */
export interface ProgramPost {
  readonly unitId: number;
  readonly schoolId: number | null;
  readonly unitName: string;
  readonly role: string;
  /** The day on which it was taken; null while it stands. */
  readonly leftOn: Day | null;
}

/**
 * What a person declared and is known for, as the rule of avoidance reads it (`avoidanceOf`). The posts of the program count as those of
 * the register do, and need no entry there; whoever works at a school is no staff of its county, so the inspectorate is asked.
 * Never throws.
 * @param entries the person's entries in the registers in reach
 */
export function declaredBy(
  entries: readonly { readonly posts: readonly RegisteredPost[]; readonly relations: readonly RegisteredRelation[] }[],
  held: readonly ProgramPost[],
  { avoidance: { yearsAfterLeaving } }: Pick<InspectorRules, 'avoidance'>,
): { posts: HeldPost[]; relations: DeclaredRelation[] } {
  const declared = entries.flatMap(({ posts }) =>
    posts
      .filter(({ written }) => written !== '')
      .map(({ written, unitId, schoolId, post, leftOn, present }) => ({
        ...{ body: { written, unitId, schoolId }, post, leftOn, present },
      })),
  );
  const ties = entries.flatMap(({ relations }) =>
    relations.map(({ written, unitId, schoolId, ...said }) => ({
      ...{ ...said, body: { written, unitId, schoolId }, post: '', note: '' },
    })),
  );
  return {
    posts: [
      ...declared,
      ...held.map(({ unitId, schoolId, unitName: written, role: post, leftOn }) => ({
        body: schoolId === null ? { written, unitId, schoolId } : { written, unitId: null, schoolId },
        ...{ post, leftOn, present: leftOn === null },
      })),
    ],
    relations: [
      ...ties,
      ...held
        .filter(({ schoolId }) => schoolId !== null)
        .map(({ unitId, unitName: written, role: post, leftOn }) => ({
          ...{ relative: 'self' as const, tie: 'conflict' as const, post, note: '任职于所辖学校' },
          body: { written, unitId, schoolId: null },
          until: leftOn === null ? null : yearsLater(leftOn, yearsAfterLeaving),
        })),
    ],
  };
}
