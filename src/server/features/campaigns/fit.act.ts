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
