import type { z } from 'zod';
import type { letterContent } from '#contract/official-documents/letters.ts';
import { spellingsOf } from '#core/directory/initials.ts';
import { issuesOf } from '#domain/kit/definition.shape.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { figureFaults } from '#domain/letter/figure.ts';
import { type Letter, letterShape } from '#domain/letter/letter.shape.ts';
import { officeOf } from '#domain/letter/office.ts';
import { formOf } from '#domain/letter/state.ts';
import type { LetterRow } from '../letter.store.ts';
import type { SeriesRow } from '../series/series.store.ts';

export type LetterContent = z.output<typeof letterContent>;

/** What stands for a series that nobody has chosen yet. */
const unknownCode = '（未定）';

interface Composing {
  /** The unit that writes. */
  readonly unitName: string;
  /** The unit with which it is issued, where there is one. */
  readonly jointSigner?: string | null | undefined;
  readonly today: Day;
}

/** The unit with which a letter is issued: the one that signs beside the writer, as long as it was not taken out. */
export const jointSignerOf = ({
  cosignerName,
  cosignerDropped,
}: Pick<LetterRow, 'cosignerName' | 'cosignerDropped'>) => (cosignerDropped === null ? cosignerName : null);

/**
 * The letter as it would be printed today: head and signature come from its series. Number and day stay open until it is
 * issued.
 * @throws Problem `letter.textWrong` with every fault, each with its place
 */
export function composeLetter(
  content: LetterContent,
  series: SeriesRow | undefined,
  { unitName, jointSigner = null, today }: Composing,
): Letter {
  const { title, addressees, attachments, copyTo, sealed, figures = [] } = content;
  // A table that shows a figure has no rows of its own.
  const body = content.body.map((block) =>
    block.kind === 'table' && block.from !== undefined ? { ...block, rows: [] } : block,
  );
  const office = officeOf(unitName);
  const filled = (names: readonly string[]) => names.filter((name) => name !== '');
  const letter = {
    head: series?.head ?? `${office}文件`,
    number: { code: series?.code ?? unknownCode, year: Number(today.slice(0, 4)), ordinal: null },
    form: formOf(content.kind),
    ...{ title, body, sealed },
    ...{ addressees: filled(addressees), attachments: filled(attachments), copyTo: filled(copyTo) },
    signer: series?.signer ?? office,
    ...(jointSigner === null ? {} : { jointSigner }),
    printedBy: series?.printedBy ?? office,
    ...(figures.length === 0 ? {} : { figures }),
  };
  const read = letterShape.safeParse(letter);
  if (!read.success) throw problem('letter.textWrong', { issues: issuesOf(read.error) });
  const faults = figureFaults(read.data.body, figures);
  if (faults.length > 0) {
    throw problem('letter.textWrong', {
      issues: faults.map(({ path, message }) => ({ path: path.join('.'), message })),
    });
  }
  return read.data;
}

/** What a person writes of a letter, from the letter as it is kept; null where it was issued on paper. */
export function contentOf({
  kind,
  seriesId,
  restricted,
  model,
}: Pick<LetterRow, 'kind' | 'seriesId' | 'restricted' | 'model'>): LetterContent | null {
  if (model === null) return null;
  const { title, addressees, body, attachments, copyTo, sealed, figures } = model;
  return {
    ...{ kind, seriesId, restricted, title, addressees, body, attachments, copyTo, sealed },
    ...(figures === undefined ? {} : { figures }),
  };
}

/** Pinyin and initials of a title, by which lists find it too. */
export async function alsoFoundBy(title: string): Promise<string> {
  const spelt = await spellingsOf([title]);
  return spelt.map(({ spelling, initials }) => `${spelling} ${initials}`).join(' ');
}
