import { canonicalFormula } from '../../formula/canonical.ts';
import { compulsoryLevels } from '../../org/school-level.ts';
import type { BalanceStandard } from './standard.shape.ts';

type Exclusion = BalanceStandard['exclusions'][number];

/** A condition of some revision with the document that it rests on. */
export interface Basis extends Pick<Exclusion, 'levels' | 'when'> {
  readonly source: string;
}

/** Every condition with a basis in these definitions, each once; where two name a basis, the first. */
export function basesOf(definitions: readonly Pick<BalanceStandard, 'exclusions'>[]): Basis[] {
  const found = new Map<string, Basis>();
  for (const { levels, when, source } of definitions.flatMap(({ exclusions }) => exclusions)) {
    const key = conditionKey({ levels, when });
    if (source !== undefined && !found.has(key)) found.set(key, { levels, when, source });
  }
  return [...found.values()];
}

/** The basis that a condition has had before; undefined for a condition that had none. */
export function basisOf(condition: Pick<Exclusion, 'levels' | 'when'>, bases: readonly Basis[]): string | undefined {
  const key = conditionKey(condition);
  return bases.find((basis) => conditionKey(basis) === key)?.source;
}

/**
 * Exclusions that name their basis again where they had one before: a condition that was edited and put back, moved or
 * typed anew does not lose the document that it rests on. A basis that is written stays as written.
 */
export function withBases(exclusions: readonly Exclusion[], bases: readonly Basis[]): Exclusion[] {
  return exclusions.map((exclusion) => {
    const source = exclusion.source ?? basisOf(exclusion, bases);
    return source === undefined ? exclusion : { ...exclusion, source };
  });
}

/** Equal for conditions that leave out the same schools by the same words. */
function conditionKey({ levels, when }: Pick<Exclusion, 'levels' | 'when'>): string {
  return `${compulsoryLevels.filter((level) => levels.includes(level)).join()} ${canonicalFormula(when)}`;
}
