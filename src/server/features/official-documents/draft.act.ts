import type { z } from 'zod';
import type { letterContent } from '#contract/official-documents/letters.ts';
import { spellingsOf } from '#core/directory/initials.ts';
import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { type Letter, letterShape } from '#domain/letter/letter.shape.ts';
import { officeOf } from '#domain/letter/office.ts';
import type { LetterRow } from './letter.store.ts';
import type { SeriesRow } from './series/series.store.ts';

export type LetterContent = z.output<typeof letterContent>;

/** What stands for a series that nobody has chosen yet. */
const unknownCode = '（未定）';

/**
 * The letter as it would be printed today: head and signature come from its series. Number and day stay open until it is
 * issued.
 * @throws Problem `definition.invalid` with every fault, each with its place
 */
export function composeLetter(
  content: LetterContent,
  series: SeriesRow | undefined,
  { unitName, today }: { readonly unitName: string; readonly today: Day },
): Letter {
  const { title, addressees, body, attachments, copyTo, sealed } = content;
  const office = officeOf(unitName);
  const filled = (names: readonly string[]) => names.filter((name) => name !== '');
  const letter = {
    head: series?.head ?? `${office}文件`,
    number: { code: series?.code ?? unknownCode, year: Number(today.slice(0, 4)), ordinal: null },
    ...{ title, body, sealed },
    ...{ addressees: filled(addressees), attachments: filled(attachments), copyTo: filled(copyTo) },
    signer: series?.signer ?? office,
    printedBy: series?.printedBy ?? office,
  };
  return readDefinition(letterShape, letter, '公文');
}

/** What a person writes of a letter, from the letter as it is kept; null where it was issued on paper. */
export function contentOf({
  kind,
  seriesId,
  restricted,
  model,
}: Pick<LetterRow, 'kind' | 'seriesId' | 'restricted' | 'model'>): LetterContent | null {
  if (model === null) return null;
  const { title, addressees, body, attachments, copyTo, sealed } = model;
  return { kind, seriesId, restricted, title, addressees, body, attachments, copyTo, sealed };
}

/** A letter with its number and its two days, as it is frozen. It is numbered in the year of its print. */
export function numberedLetter(
  letter: Letter,
  ordinal: number,
  { date, printedOn }: { readonly date: Day; readonly printedOn: Day },
): Letter {
  const year = Number(printedOn.slice(0, 4));
  return { ...letter, number: { ...letter.number, year, ordinal }, date, printedOn };
}

/** Pinyin and initials of a title, by which lists find it too. */
export async function alsoFoundBy(title: string): Promise<string> {
  const spelt = await spellingsOf([title]);
  return spelt.map(({ spelling, initials }) => `${spelling} ${initials}`).join(' ');
}
