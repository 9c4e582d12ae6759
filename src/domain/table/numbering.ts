import { foldedName } from '../text/name-folding.ts';
import type { RowColumns, RowContent } from './row.ts';

const stems = '甲乙丙丁戊己庚辛壬癸';
const chineseDigits = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
const markers = /^(栏次|列次|栏目|列号|行次|编号|序号|项次|代码|代号)$/;
/** 1, 01, (1), 第1栏, and as statistical tables write how a column is computed: 3=1+2. */
const digits = /^[([]?第?0*(\d{1,3})(栏|列|项)?[)\].、]?(=[-+*/×÷()\d]+)?$/;

const longestToken = 16;

interface Token {
  readonly kind: 'marker' | 'stem' | 'letter' | 'digit' | 'chinese';
  readonly value: number;
  readonly column: number;
  /** Nobody writes a quantity like this: `(1)`, `01`, `第1栏`. */
  readonly isMarked: boolean;
}

/**
 * Whether a row only numbers the columns of its table (甲 乙 1 2 3, 栏次 (1) (2), A B C, 01 02 03) and is not a record.
 * @param isLeading no other row stands between it and the headings
 * @returns `doubtful` where two plain numbers, 1 and 2, may be quantities as well, or a row below the first has a number
 *   for its name
 */
export function numberingIn(row: RowContent, columns: RowColumns, isLeading: boolean): 'certain' | 'doubtful' | 'no' {
  const cells = row.cells.filter((cell) => !columns.running.has(cell.column));
  const tokens: Token[] = [];
  for (const { text, column } of cells) {
    // Names and figures of schools are longer.
    const token = text.length > longestToken ? undefined : tokenOf(foldedName(text), column);
    if (token === undefined) return 'no';
    tokens.push(token);
  }
  if (tokens.length < 2) return 'no';
  if (!tokens.every((token, index) => token.kind !== 'marker' || index === 0)) return 'no';
  for (const kind of ['stem', 'letter', 'digit', 'chinese'] as const) {
    if (!isSequence(tokens.filter((token) => token.kind === kind))) return 'no';
  }
  const isMarked = tokens.some(({ kind, isMarked }) => kind === 'marker' || kind === 'stem' || isMarked);
  if (isMarked) return 'certain';
  if (!isLeading) {
    // A school may be called A or 一 here, but one that is called 1, with the figures 2 and 3, may as well be a numbering.
    return tokens.some(({ kind, column }) => kind === 'digit' && columns.names.has(column)) ? 'doubtful' : 'no';
  }
  // In a table where every row has a name, a nameless row that counts its columns is not a school.
  if (columns.names.size > 0 && !cells.some((cell) => columns.names.has(cell.column))) return 'certain';
  return tokens.length > 2 || tokens.every(({ kind }) => kind === 'letter') ? 'certain' : 'doubtful';
}

function tokenOf(text: string, column: number): Token | undefined {
  if (markers.test(text)) return { kind: 'marker', value: 0, column, isMarked: true };
  if (text.length === 1 && stems.includes(text)) {
    return { kind: 'stem', value: stems.indexOf(text) + 1, column, isMarked: true };
  }
  if (/^[A-Za-z]$/.test(text)) {
    return { kind: 'letter', value: text.toUpperCase().charCodeAt(0) - 64, column, isMarked: false };
  }
  const chinese = /^[([]?([〇一二三四五六七八九十])[)\].、]?$/.exec(text);
  if (chinese) {
    return {
      ...{ kind: 'chinese' as const, value: chineseDigits.indexOf(chinese[1]!), column },
      isMarked: text.length > 1,
    };
  }
  const digit = digits.exec(text);
  if (!digit) return undefined;
  return { kind: 'digit', value: Number(digit[1]), column, isMarked: !/^\d$|^[1-9]\d+$/.test(text) };
}

/** Consecutive without gaps. The first is 0, 1, A, 甲, or the number of the column in which it stands. */
function isSequence(tokens: readonly Token[]): boolean {
  const [first] = tokens;
  if (!first) return true;
  if (first.value > 1 && first.value !== first.column + 1) return false;
  return tokens.every((token, index) => token.value === first.value + index);
}
