import type { SourcedName } from '../framework/edition/words.ts';

/** Units in which things are counted: a count is a whole number. */
const counted: ReadonlySet<string> = new Set(['人', '所', '件', '起', '个', '次', '校次', '项', '份']);

/** A mean or a share of what is counted has decimals all the same. */
const isComputed = /均|率|比例|占比/;

/** What grows may also shrink. */
const isGrowth = /增长|增减|差/;

/**
 * What is wrong with a number that somebody enters as a fact, in a sentence; null where nothing is. Counts are whole numbers, and
 * nothing but a growth lies below zero.
 * @param word what is known of the name; of an unknown name everything may be entered
 */
export function factFault(word: SourcedName | undefined, value: unknown): string | null {
  if (word === undefined || word.type !== 'number' || typeof value !== 'number') return null;
  if (value < 0 && !isGrowth.test(word.name)) return '不能小于 0';
  const isCount = counted.has(word.unit ?? '') && !isComputed.test(word.name);
  return isCount && !Number.isInteger(value) ? `请填写整数（${word.unit}）` : null;
}
