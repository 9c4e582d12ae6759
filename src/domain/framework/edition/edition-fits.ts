import { isMissing, missing } from '../../kit/value.ts';
import { schoolType } from '../../org/school-type.ts';
import type { FactValue } from '../answer.ts';
import type { Prepared } from '../result.ts';
import { factReader } from '../score/fact-reader.ts';

/**
 * Why an edition is not meant for a subject, by its own condition (`Edition.applies`), or null. Whoever of whom the
 * condition asks something that is not known is not refused: nothing is known against it.
 * @param read what the register says of the subject, by the names of formulas (`办学类型`, `举办者`); undefined where it says nothing
 * @returns a sentence without a full stop
 */
export function editionUnfitFor(
  { edition, applies }: Pick<Prepared, 'edition' | 'applies'>,
  read: (name: string) => FactValue | undefined,
): string | null {
  if (applies === null) return null;
  const reader = factReader({
    read(name) {
      const value = read(name);
      return value === undefined ? missing('not-filed', [name]) : { value, source: 'directory', certificate: {} };
    },
    members: () => [],
  });
  const fits = reader.valueOf(applies);
  if (isMissing(fits) ? fits.missing !== 'not-applicable' : fits === true) return null;
  return `不在指标体系的适用范围（${conditionSaid(edition.applies ?? applies.source)}）`;
}

/** The condition with the names of the types of schools in place of their codes. */
function conditionSaid(condition: string): string {
  return condition.replaceAll(/"(\d{3})"/g, (written, code: string) => schoolType(code)?.name ?? written);
}
