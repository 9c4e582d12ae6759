import { canonicalJson } from '../../kit/canonical-json.ts';
import type { Edition, Indicator } from '../edition.ts';
import { methodWords, rollUpWords } from '../method.words.ts';
import type { GridRange } from './grid.ts';
import { pointsWords } from './level-text.ts';

/** The parts of an indicator that stand in a column of their own, with its heading. */
export const writtenParts = [
  ['text', '内容'],
  ['threshold', '达标标准'],
  ['evidence', '佐证材料'],
  ['responsible', '责任单位'],
  ['basis', '政策依据'],
  ['unit', '计量单位'],
  ['note', '备注'],
] as const satisfies readonly (readonly [keyof Indicator, string])[];

/** A row of the visible sheet: one indicator in the columns of `WrittenTable`. */
export interface WrittenRow {
  readonly indicator: Indicator;
  /** From zero. */
  readonly depth: number;
  readonly cells: readonly (string | number | null)[];
}

/** An edition as the visible sheet of its workbook: its head, and a row for each indicator, children below their parent. */
export interface WrittenTable {
  readonly title: string;
  readonly headings: readonly string[];
  /** How many columns the levels take; they stand behind the code. */
  readonly levels: number;
  readonly rows: readonly WrittenRow[];
  /** The name of an indicator stands beside all that is below it, as offices have it; rows and columns of the table, from zero. */
  readonly merges: readonly GridRange[];
}

const numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十', '十一', '十二'];
export const scoringHeading = '计分办法';
export const untitled = '（名称未见）';

/**
 * Writes an edition as a table that a person reads and changes: code, a column for each level, points, weights where there
 * are any, the scoring in words, and the texts. What the table cannot say goes into `carriedPieces`.
 * @param words conditions of the edition in words, by their text
 */
export function writtenTable(edition: Edition, words: Readonly<Record<string, string>> = {}): WrittenTable {
  const children = new Map<string | null, Indicator[]>();
  for (const one of edition.indicators) children.set(one.parent, [...(children.get(one.parent) ?? []), one]);
  const placed: Array<{ readonly indicator: Indicator; readonly depth: number }> = [];
  const place = (parent: string | null, depth: number): void => {
    for (const indicator of children.get(parent) ?? []) {
      placed.push({ indicator, depth });
      place(indicator.code, depth + 1);
    }
  };
  place(null, 0);
  const levels = Math.max(1, ...placed.map(({ depth }) => depth + 1));
  const weighs = edition.indicators.some(({ weight }) => weight !== undefined);
  const parts = writtenParts.filter(
    ([part]) => part === 'text' || edition.indicators.some((one) => one[part] !== undefined),
  );
  const lastBelow = (from: number): number => {
    const next = placed.findIndex(({ depth }, at) => at > from && depth <= placed[from]!.depth);
    return (next === -1 ? placed.length : next) - 1;
  };
  const merges = placed.flatMap(({ depth }, top): GridRange[] => {
    const bottom = lastBelow(top);
    return bottom === top ? [] : [{ top, bottom, left: depth + 1, right: depth + 1 }];
  });
  return {
    title: edition.title,
    levels,
    merges,
    headings: [
      '编号',
      ...numerals.slice(0, levels).map((numeral) => `${numeral}级指标`),
      '分值',
      ...(weighs ? ['权重'] : []),
      scoringHeading,
      ...parts.map(([, heading]) => heading),
    ],
    rows: placed.map(({ indicator, depth }) => ({
      indicator,
      depth,
      cells: [
        indicator.code,
        ...Array.from({ length: levels }, (_, at) => (at === depth ? (indicator.title ?? untitled) : null)),
        pointsCell(indicator),
        ...(weighs ? [weightCell(indicator)] : []),
        scoringWords(indicator, children.has(indicator.code), words),
        ...parts.map(([part]) => indicator[part] ?? null),
      ],
    })),
  };
}

function pointsCell({ points }: Indicator): string | number {
  return points === 'none' ? pointsWords.none : (points ?? pointsWords.unknown);
}

function weightCell({ weight }: Indicator): string | number | null {
  return weight === undefined ? null : (weight ?? pointsWords.unknown);
}

/** How an indicator gets its points, in words: of a leaf its method, of an inner one how those below give them. */
export function scoringWords(
  indicator: Indicator,
  isInner: boolean,
  words: Readonly<Record<string, string>> = {},
): string {
  if (isInner) return rollUpWords(indicator.rollUp);
  const { name, lines } = methodWords(indicator, words);
  return `${name}：${lines.join('；')}`;
}

/** The first cell of the sheet that carries an edition. */
export const carrierMark = 'dudao-framework 1';
const longestPiece = 2000;

/**
 * An edition as pieces of text for the cells of a hidden sheet: its canonical JSON with every blank escaped, because readers
 * of sheets cut blanks at the ends of cells, and never cut inside a pair of surrogates.
 */
export function carriedPieces(edition: Edition): string[] {
  const json = canonicalJson(edition).replace(
    /[\s\ufeff\ufffe\uffff]/g,
    (blank) => `\\u${blank.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  const pieces: string[] = [];
  for (let from = 0; from < json.length; ) {
    const code = json.charCodeAt(from + longestPiece - 1);
    const end = from + longestPiece - (code >= 0xd800 && code <= 0xdbff ? 1 : 0);
    pieces.push(json.slice(from, end));
    from = end;
  }
  return pieces;
}
