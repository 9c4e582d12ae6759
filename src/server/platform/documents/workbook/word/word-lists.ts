import { chineseNumeral } from '#domain/letter/heading-number.ts';
import type { Package } from '../package.ts';
import { XmlScanner } from '../xml.ts';

/** The mark before each item of a list, as Word counts it: `（二）`, `3.`, `•`. */
export interface WordLists {
  /** Counts the item and returns its mark; empty where the list is not known. */
  mark(list: string, level: number): string;
}

interface Level {
  start: number;
  format: string;
  /** `%1.%2`: the numbers of the levels above and of this one. */
  text: string;
  /** Numbers of the levels above are written in digits as well. */
  inDigits: boolean;
}

const mostLevels = 9;
const circled = 20;

/** The lists of a document: each names an abstract list, whose levels say how they count. */
export function readWordLists(from: Package): WordLists {
  const part = from.find('word/numbering.xml');
  const { abstract, lists } = part === undefined ? { abstract: new Map(), lists: new Map() } : readNumbering(part);
  const counts = new Map<string, number[]>();
  return {
    mark(list, level) {
      const key = lists.get(list);
      const levels: Level[] = abstract.get(key ?? '') ?? [];
      const own = levels[level];
      if (key === undefined || own === undefined) return '';
      const counted = counts.get(key) ?? [];
      counts.set(key, counted);
      counted[level] = (counted[level] ?? own.start - 1) + 1;
      // What lies deeper begins anew behind this item.
      counted.length = level + 1;
      if (own.format === 'bullet') return '•';
      return own.text.replaceAll(/%([1-9])/g, (_, digit: string) => {
        const at = Number(digit) - 1;
        const of = levels[at];
        return of === undefined ? '' : numberText(counted[at] ?? of.start, own.inDigits ? 'decimal' : of.format);
      });
    },
  };
}

function readNumbering(part: Buffer) {
  const abstract = new Map<string, Level[]>();
  const lists = new Map<string, string>();
  const scanner = new XmlScanner(part);
  let levels: Level[] = [];
  let level: Level | undefined;
  let list = '';
  while (scanner.next()) {
    const { name, own } = scanner;
    if (!own || scanner.kind === 'close') continue;
    const value = () => scanner.attribute('val') ?? '';
    if (name === 'abstractNum') {
      levels = [];
      level = undefined;
      abstract.set(scanner.attribute('abstractNumId') ?? '', levels);
    } else if (name === 'num') {
      // What a list says otherwise than its abstract list is left out.
      level = undefined;
      list = scanner.attribute('numId') ?? '';
    } else if (name === 'abstractNumId') lists.set(list, value());
    else if (name === 'lvl') {
      const at = Number(scanner.attribute('ilvl') ?? '0');
      level = undefined;
      if (list === '' && Number.isInteger(at) && at >= 0 && at < mostLevels) {
        level = { start: 1, format: 'decimal', text: '', inDigits: false };
        levels[at] = level;
      }
    } else if (level !== undefined && name === 'start') level.start = Math.trunc(Number(value())) || 0;
    else if (level !== undefined && name === 'numFmt') level.format = value();
    else if (level !== undefined && name === 'isLgl') level.inDigits = scanner.attribute('val') !== '0';
    else if (level !== undefined && name === 'lvlText') level.text = value().slice(0, 40);
  }
  return { abstract, lists };
}

/** A number as the format of its level writes it; a format that is not known is written in digits. */
function numberText(value: number, format: string): string {
  if (value < 1 || value > 9999) return String(value);
  if (/^(chinese|ideographDigital|japaneseCounting|taiwanese)/.test(format)) return chineseNumeral(value);
  if (/^decimalEnclosedCircle/.test(format) && value <= circled) return String.fromCodePoint(0x2460 + value - 1);
  if (format === 'decimalZero') return String(value).padStart(2, '0');
  if (/Letter$/.test(format) && value <= 26) {
    return String.fromCodePoint((format.startsWith('upper') ? 0x41 : 0x61) + value - 1);
  }
  if (/Roman$/.test(format)) return format.startsWith('upper') ? roman(value) : roman(value).toLowerCase();
  return String(value);
}

function roman(value: number): string {
  const signs = ['M', 'CM', 'D', 'CD', 'C', 'XC', 'L', 'XL', 'X', 'IX', 'V', 'IV', 'I'];
  const worth = [1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1];
  let left = value;
  let text = '';
  for (const [at, sign] of signs.entries()) {
    while (left >= worth[at]!) {
      text += sign;
      left -= worth[at]!;
    }
  }
  return text;
}
