import { shownLine, shownText } from './characters.ts';

/** Signs that no XML can hold. */
const unprintable = /[\0\p{Surrogate}\p{Noncharacter_Code_Point}]/gu;

/**
 * A line as it is printed: control characters, marks that turn the direction of writing, and signs that no file can hold
 * are left out, so that what is read on paper is all that the file contains.
 */
export function printedLine(text: string): string {
  return shownLine(text).replace(unprintable, '').trim();
}

/** The same for a text whose line ends are kept; a tab becomes a blank. */
export function printedText(text: string): string {
  return shownText(text).replace(/\t/g, ' ').replace(unprintable, '').trim();
}
