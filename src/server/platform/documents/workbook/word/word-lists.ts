import { chineseNumeral } from '#domain/letter/heading-number.ts';
import type { Package } from '../package.ts';
import { XmlScanner } from '../xml.ts';

/** A level of a list: where an item stands in it. */
export interface ListPlace {
  readonly list: string;
  readonly level: number;
}

/** The mark before each item of a list, as Word counts it: `（二）`, `3.`, `•`. */
export interface WordLists {
  /** Counts the item and returns its mark; empty where the list is not known. */
  mark(place: ListPlace): string;
  /**
   * Where a paragraph of this style stands by itself, as numbered headings do.
   * @param own what the paragraph says of its place; the style gives what it leaves out
   */
  placeOf(
    style: string,
    own: { readonly list: string | undefined; readonly level: number | undefined },
  ): ListPlace | undefined;
}

interface Level {
  start: number;
  format: string;
  /** `%1.%2`: the numbers of the levels above and of this one. */
  text: string;
  /** Numbers of the levels above are written in digits as well. */
  inDigits: boolean;
  /** The style whose paragraphs stand at this level. */
  style: string | undefined;
}

/** A list: the abstract list by which it counts, and what it says otherwise. */
interface List {
  abstract: string;
  readonly levels: Level[];
  /** Levels that begin anew, at this number, with the first item of this list. */
  readonly restarts: Map<number, number>;
}

/** What a style says of lists, itself or by the style on which it is based. */
interface Style {
  list?: string;
  level?: number;
  base?: string;
}

const mostLevels = 9;
const circled = 20;
/** Styles that rest one on the other; more is a circle. */
const mostBases = 20;

/** The lists of a document: each names an abstract list, whose levels say how they count. */
export function readWordLists(from: Package): WordLists {
  const numbering = from.find('word/numbering.xml');
  const { abstract, lists } = numbering === undefined ? noNumbering() : readNumbering(numbering);
  const styles = readStyles(from.find('word/styles.xml'));
  // Lists of one abstract list go on counting one behind the other.
  const counts = new Map<string, number[]>();
  const restarted = new Set<string>();
  const levelOf = ({ abstract: key, levels }: List, level: number) => levels[level] ?? abstract.get(key)?.[level];
  return {
    mark({ list, level }) {
      const known = lists.get(list);
      const own = known && levelOf(known, level);
      if (known === undefined || own === undefined) return '';
      const counted = counts.get(known.abstract) ?? [];
      counts.set(known.abstract, counted);
      const restart = known.restarts.get(level);
      if (restart !== undefined && !restarted.has(`${list} ${level}`)) {
        restarted.add(`${list} ${level}`);
        counted[level] = restart - 1;
      }
      counted[level] = (counted[level] ?? own.start - 1) + 1;
      // What lies deeper begins anew behind this item.
      counted.length = level + 1;
      if (own.format === 'bullet') return '•';
      return own.text.replaceAll(/%([1-9])/g, (_, digit: string) => {
        const at = Number(digit) - 1;
        const of = levelOf(known, at);
        return of === undefined ? '' : numberText(counted[at] ?? of.start, own.inDigits ? 'decimal' : of.format);
      });
    },
    placeOf(style, own) {
      let list = own.list;
      let level = own.level;
      let from = style;
      for (let bases = 0; list === undefined && bases < mostBases; bases += 1) {
        const of = styles.get(from);
        if (of === undefined) break;
        list = of.list;
        level ??= of.level;
        if (list === undefined) from = of.base ?? '';
      }
      if (list === undefined) return undefined;
      const linked = abstract.get(lists.get(list)?.abstract ?? '')?.findIndex((one) => one?.style === from) ?? -1;
      return { list, level: level ?? Math.max(linked, 0) };
    },
  };
}

const noNumbering = () => ({ abstract: new Map<string, Level[]>(), lists: new Map<string, List>() });

function readNumbering(part: Buffer): ReturnType<typeof noNumbering> {
  const { abstract, lists } = noNumbering();
  const scanner = new XmlScanner(part);
  let levels: Level[] = [];
  let level: Level | undefined;
  let list: List | undefined;
  let overridden = 0;
  while (scanner.next()) {
    const { name, own } = scanner;
    if (!own || scanner.kind === 'close') continue;
    const value = () => scanner.attribute('val') ?? '';
    if (name === 'abstractNum') {
      levels = [];
      level = undefined;
      list = undefined;
      abstract.set(scanner.attribute('abstractNumId') ?? '', levels);
    } else if (name === 'num') {
      level = undefined;
      list = { abstract: '', levels: [], restarts: new Map() };
      levels = list.levels;
      lists.set(scanner.attribute('numId') ?? '', list);
    } else if (list !== undefined && name === 'abstractNumId') list.abstract = value();
    else if (name === 'lvlOverride') overridden = levelNumber(scanner);
    else if (list !== undefined && name === 'startOverride') {
      if (overridden >= 0) list.restarts.set(overridden, wholeNumber(value()));
    } else if (name === 'lvl') {
      const at = levelNumber(scanner);
      level = at < 0 ? undefined : { start: 1, format: 'decimal', text: '', inDigits: false, style: undefined };
      if (level !== undefined) levels[at] = level;
    } else if (level !== undefined && name === 'start') level.start = wholeNumber(value());
    else if (level !== undefined && name === 'numFmt') level.format = value();
    else if (level !== undefined && name === 'isLgl') level.inDigits = !/^(0|false|off)$/.test(value());
    else if (level !== undefined && name === 'pStyle') level.style = value();
    else if (level !== undefined && name === 'lvlText') level.text = value().slice(0, 40);
  }
  return { abstract, lists };
}

function readStyles(part: Buffer | undefined): ReadonlyMap<string, Style> {
  const styles = new Map<string, Style>();
  if (part === undefined) return styles;
  const scanner = new XmlScanner(part);
  let style: Style = {};
  while (scanner.next()) {
    const { name, own } = scanner;
    if (!own || scanner.kind === 'close') continue;
    const value = () => scanner.attribute('val') ?? '';
    if (name === 'style') {
      style = {};
      styles.set(scanner.attribute('styleId') ?? '', style);
    } else if (name === 'basedOn') style.base = value();
    else if (name === 'numId') style.list = value();
    else if (name === 'ilvl') style.level = wholeNumber(value());
  }
  return styles;
}

const wholeNumber = (text: string) => Math.trunc(Number(text)) || 0;

/** The level that a tag is about; below 0 where no list has it. */
function levelNumber(scanner: XmlScanner): number {
  const at = Number(scanner.attribute('ilvl') ?? '0');
  return Number.isInteger(at) && at >= 0 && at < mostLevels ? at : -1;
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
