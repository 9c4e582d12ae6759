import { type LetterTurn, letterKindTitles, letterStateTitles, receiptStateTitles } from '#domain/letter/state.ts';
import { choices } from '#web/shared/words/choices.ts';

export const kindChoices = choices(letterKindTitles);
export const letterStateChoices = choices(letterStateTitles);
export const receiptStateChoices = choices(receiptStateTitles);

/** What a list shows that a line of the home page opened. */
export const turnTitles: Readonly<Record<LetterTurn, string>> = {
  issue: '等您印发的公文',
  sign: '等您签发的公文',
  cosign: '等您会签的公文',
  check: '等您审核的公文',
  returned: '等本单位修改的公文',
  draft: '您经办的草稿',
};

/** A title in one line; its writer may have parted it for print. */
export const inOneLine = (title: string): string => title.replaceAll('\n', '');
