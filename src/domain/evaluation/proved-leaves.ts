import { editionMark, type MarkedEdition } from '../framework/edition/edition-mark.ts';
import type { Code } from '../framework/edition.ts';

/** The leaves of one evaluation that a piece of evidence proves. */
export interface ProvedLeaves {
  /** The calendar year that is assessed. Null, as the edition, where the evaluation is out of reach. */
  readonly year: number | null;
  /** The framework by whose codes they are called. */
  readonly edition: (MarkedEdition & { readonly title: string }) | null;
  /** In their order. */
  readonly codes: readonly Code[];
}

/** The framework and the year that tell codes apart: two rounds use the same ones for other leaves. Never throws. */
export function provedBy({ year, edition }: Pick<ProvedLeaves, 'year' | 'edition'>): string {
  if (edition === null) return '其他项目';
  return `${edition.title}${year === null ? '' : ` ${year} 年`}（${editionMark(edition)}）`;
}

/**
 * What a piece of evidence proves, as a catalogue says it: `县级督导评估 2025 年（样本，非官方文本）C5、C9；…`. Never throws.
 * @param most codes of one evaluation that are named; of more it says how many there are
 */
export function provedText(proved: readonly ProvedLeaves[], most = Number.POSITIVE_INFINITY): string {
  return proved
    .map((one) => {
      const more = one.codes.length > most ? ` 等 ${one.codes.length} 项` : '';
      return `${provedBy(one)}${one.codes.slice(0, most).join('、')}${more}`;
    })
    .join('；');
}
