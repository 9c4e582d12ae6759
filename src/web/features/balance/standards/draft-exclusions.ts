import { type Basis, basisOf } from '#domain/balance/standard/bases.ts';
import type { BalanceStandard } from '#domain/balance/standard/standard.shape.ts';

export type Exclusion = BalanceStandard['exclusions'][number];

/** A condition under way. Its number stays with it when it is moved; `before` is how it stood when the editing began. */
export interface DraftExclusion extends Exclusion {
  readonly id: number;
  readonly before: Exclusion | null;
}

export function draftExclusions(exclusions: readonly Exclusion[]): DraftExclusion[] {
  return exclusions.map((exclusion, id) => ({ ...exclusion, id, before: exclusion }));
}

/** The conditions as they are sent. */
export function sentExclusions(drafts: readonly DraftExclusion[]): Exclusion[] {
  return drafts.map(({ id: _, before: __, ...exclusion }) => exclusion);
}

/**
 * The condition with another text or other levels. The document of the old condition is not that of the new one; a
 * condition that has rested on a document in some revision rests on it again; what the person wrote stays.
 */
export function withCondition(
  draft: DraftExclusion,
  changed: Partial<Pick<Exclusion, 'when' | 'levels'>>,
  bases: readonly Basis[],
): DraftExclusion {
  const written = draft.source !== undefined && draft.source !== basisOf(draft, bases);
  const { source: _, ...next } = { ...draft, ...changed };
  const source = written ? draft.source : basisOf(next, bases);
  return source === undefined ? next : { ...next, source };
}

/** The document that a changed condition rested on before and does not name now; undefined where nothing was lost. */
export function lostBasis({ source, before }: DraftExclusion): string | undefined {
  return source === undefined ? before?.source : undefined;
}
