import type { SourcedName } from '../edition/words.ts';

/** What somebody says of a fact: null takes an answer back, `notApplicable` says that the subject has no such thing. */
export type FactAnswer = number | boolean | string | { readonly notApplicable: true } | null;

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

/**
 * Whether an answer is of the type that is asked: a number, a word, or yes and no. What takes back and what does not apply is of every
 * type. In a sentence what is wanted; null where it fits.
 * @param word what is known of the name; an unknown one is a number
 */
export function isAnswerOf(word: SourcedName | undefined, value: FactAnswer): string | null {
  if (value === null || typeof value === 'object') return null;
  const type = word?.type ?? 'number';
  const wanted = { number: 'number', choice: 'string', truth: 'boolean' }[type];
  if (typeof value === wanted && value !== '') return null;
  const unit = word?.unit ? `（${word.unit}）` : '';
  return { number: `请填写数字${unit}`, choice: '请填写文字', truth: '请选择是或否' }[type];
}

/** An answer in words, as the audit and its history say it. */
export function saidOf(value: unknown): string {
  if (value === null) return '撤下';
  if (typeof value === 'object') return '不适用';
  if (typeof value === 'boolean') return value ? '是' : '否';
  return String(value);
}

/** The source under which stands what the office that concludes has found: whom it is about corrects it not. */
export const officeSource = 'office';
