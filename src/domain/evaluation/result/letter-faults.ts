import { letterShape } from '../../letter/letter.shape.ts';
import type { WantedLetter } from '../opinion.ts';

/** Names of offices of the greatest length that a letter takes: what is added to the wanted letter later fits then, too. */
const longest = '室'.repeat(60);

/**
 * Why a wanted letter could not be drafted, in sentences without a full stop; empty where it can. Whoever wants it asks before
 * he moves on: the letter is drafted by a job, and nobody comes back from a step whose letter never comes.
 */
export function letterFaults({ title, addressees, body, figures }: WantedLetter): string[] {
  const number = { code: longest.slice(0, 30), year: 2999 };
  const offices = { head: longest, signer: longest, printedBy: longest };
  const read = letterShape.safeParse({ ...offices, number, title, addressees, body, figures });
  return read.success ? [] : [...new Set(read.error.issues.map(({ message }) => message))].slice(0, 5);
}
