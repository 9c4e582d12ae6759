import { editionUnfitFor } from '#domain/framework/edition/edition-fits.ts';
import type { Prepared } from '#domain/framework/result.ts';
import { sponsor, sponsorWord } from '#domain/org/sponsor.ts';
import type { SubjectChoice } from './subject.store.ts';

type Registered = Pick<SubjectChoice, 'type' | 'sponsorCode' | 'ownership'>;

/** Why the edition of a campaign is not meant for somebody of the register, or null. */
export function unfitOf(prepared: Prepared, { type, sponsorCode, ownership }: Registered): string | null {
  const level = sponsorCode === null ? undefined : sponsor(sponsorCode)?.level;
  const known = new Map([
    ['办学类型', type ?? undefined],
    ['举办者', level === undefined || ownership === null ? undefined : sponsorWord(level, ownership)],
  ]);
  return editionUnfitFor(prepared, (name) => known.get(name));
}

/** Those of the register for whom the edition is meant, and those for whom it is not. */
export function partedByFit<One extends Registered>(
  prepared: Prepared,
  all: readonly One[],
): { readonly fit: readonly One[]; readonly unfit: readonly One[] } {
  const fitting = new Set(all.filter((one) => unfitOf(prepared, one) === null));
  return { fit: [...fitting], unfit: all.filter((one) => !fitting.has(one)) };
}
