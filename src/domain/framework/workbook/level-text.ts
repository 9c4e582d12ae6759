import { halfWidth } from '../../kit/half-width.ts';
import { readNumberText } from '../../kit/number-text.ts';
import type { Points } from '../edition.ts';

/** What the cell of an indicator says beside its name. */
export interface LevelText {
  readonly title: string;
  /** The number of the document, where it is one by which an indicator can be named: `A1`, `2.1`. */
  readonly code: string | null;
  /** Points in brackets: `（5分）`. */
  readonly points: number | null;
}

const pointsInBrackets = /[(（［[]\s*(?:共|满分|计)?\s*(\d+(?:[.．]\d+)?)\s*分\s*[)）］\]]/;
const lettered = /^([A-Za-z]\d{1,3}(?:[.-]\d{1,3})*)[\s.、:：．]*(?=\S)/;
const dotted = /^(\d{1,2}(?:\.\d{1,2})+)[\s、:：．.]*(?=[^\d\s])/;
/** Numbers that only say the order, which the rows keep: 一、 （二） 3. ④ */
const ordinal =
  /^(?:第?[一二三四五六七八九十]+[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,3}[、.．)）](?!\d)|[①-⑳])\s*/;

/** Reads the name of an indicator as offices write it: `A1 领导职责（20分）`, `一、领导职责`, `2.1 经费保障`. */
export function readLevelText(written: string): LevelText {
  const line = written.replace(/\s+/g, ' ').trim();
  const points = pointsInBrackets.exec(line);
  const rest = (points === null ? line : line.replace(points[0], ' ')).replace(/\s+/g, ' ').trim();
  const numbered = lettered.exec(halfWidth(rest)) ?? dotted.exec(halfWidth(rest));
  const title = numbered === null ? rest.replace(ordinal, '') : rest.slice(numbered[0].length);
  return {
    title: title === '' ? rest : title.trim(),
    code: numbered?.[1] ?? null,
    points: points === null ? null : Number(halfWidth(points[1]!)),
  };
}

/** What the cell of points says. */
export type PointsText = { readonly points: Points } | { readonly blank: true } | { readonly fault: string };

/** The words for points in a workbook that this product writes and reads. */
export const pointsWords = { none: '不计分', unknown: '未见' } as const;

/**
 * Points of a cell: a number, `5分`, `不计分` or `未见`. A range or a word is not guessed at.
 * @param number of a cell that holds a number
 */
export function readPoints(text: string, number?: number): PointsText {
  const plain = halfWidth(text).replace(/\s/g, '');
  if (number === undefined && plain === '') return { blank: true };
  if (plain === pointsWords.none || plain === '-' || plain === '—' || plain === '/') return { points: 'none' };
  if (plain === pointsWords.unknown) return { points: null };
  const read =
    number === undefined ? readNumberText(plain.replace(/分$/, '')) : { kind: 'number' as const, value: number };
  if (read.kind !== 'number') return { fault: `“${text}”不是分值` };
  if (read.value < 0) return { fault: `分值“${text}”不能小于 0` };
  return { points: read.value };
}
