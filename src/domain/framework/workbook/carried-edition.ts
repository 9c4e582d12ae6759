import { withPoints } from '../draft/written-cell.ts';
import { compareEditions } from '../edition/compare-editions.ts';
import type { Code, Edition, Indicator } from '../edition.ts';
import { wholeCode } from '../lists.ts';
import { findHead, plainHeading, type TableHead } from './columns.ts';
import { addressOf, type Grid, type Place, seenText, type WorkbookFault } from './grid.ts';
import { type GuessedMethod, guessMethod } from './guess-method.ts';
import { pointsWords, readPoints } from './level-text.ts';
import { sumFaults } from './sum-faults.ts';
import {
  carrierMark,
  scoringHeading,
  untitled,
  type WrittenTable,
  writtenParts,
  writtenTable,
} from './written-edition.ts';

/** A visible cell that differs from what the workbook carries: it counts, and the preview shows it. */
export interface VisibleChange {
  readonly place: Place;
  readonly code: Code;
  /** The heading of its column; `指标` for a row that was added, taken out or moved. */
  readonly column: string;
  readonly from: string;
  readonly to: string;
}

/** The edition of a workbook that this product wrote, with what somebody changed in its visible cells. */
export interface CarriedEdition {
  /** As it was exported. */
  readonly base: Edition;
  readonly edition: Edition;
  readonly changes: readonly VisibleChange[];
  readonly places: ReadonlyMap<Code, Place>;
  readonly guesses: ReadonlyMap<Code, GuessedMethod>;
  readonly faults: readonly WorkbookFault[];
  readonly rows: number;
  readonly sheet: string;
}

/** The JSON that a workbook of this product carries; undefined for every other workbook. */
export function carriedJson(grids: readonly Grid[]): string | undefined {
  const carrier = grids.find((grid) => grid.rows[0]?.[0]?.text === carrierMark);
  return carrier?.rows
    .slice(1)
    .map((cells) => cells?.[0]?.text ?? '')
    .join('');
}

/**
 * Reads a workbook that this product wrote. Untouched cells leave the carried edition as it is, to the last digit; a changed
 * cell wins over what is carried. Rows are known by their codes: a new code is a new indicator, a row that is gone takes its
 * indicator with it, and the order of the rows is the order of the tree.
 * @param base the carried edition, read by its shape
 * @param words conditions of the edition in words, as at the export
 */
export function readCarried(
  grids: readonly Grid[],
  base: Edition,
  words: Readonly<Record<string, string>> = {},
): CarriedEdition {
  const table = writtenTable(base, words);
  const grid = grids.find((one) => !one.hidden && isWritten(one, table));
  const found = grid && findHead(grid);
  if (grid === undefined || found === undefined) {
    const first = grids.find(({ hidden }) => !hidden)?.name ?? '';
    const rule = `找不到指标表的表头：“编号”“一级指标”“分值”各列应保留`;
    const place = { sheet: first, row: 0, column: 0 };
    const faults = [
      { cause: 'head' as const, place, subject: '', column: '', value: '', rule, allowed: table.headings.join('、') },
    ];
    return { base, edition: base, changes: [], places: new Map(), guesses: new Map(), faults, rows: 0, sheet: first };
  }
  return new CarriedReading(grid, found, base, table).read();
}

function isWritten(grid: Grid, { headings }: WrittenTable): boolean {
  const head = findHead(grid);
  const named = new Set(head?.columns.map(({ heading }) => plainHeading(heading)));
  return head !== undefined && ['编号', headings[1]!, '分值'].every((heading) => named.has(heading));
}

type Mutable = { -readonly [Part in keyof Indicator]: Indicator[Part] };

class CarriedReading {
  readonly #faults: WorkbookFault[] = [];
  readonly #changes: VisibleChange[] = [];
  readonly #places = new Map<Code, Place>();
  readonly #guesses = new Map<Code, GuessedMethod>();
  readonly #columns: ReadonlyMap<string, number>;
  readonly #grid: Grid;
  readonly #head: TableHead;
  readonly #base: Edition;
  readonly #table: WrittenTable;
  #max: Edition['max'];
  #totalPlace: Place | undefined;

  constructor(grid: Grid, head: TableHead, base: Edition, table: WrittenTable) {
    this.#max = base.max;
    this.#grid = grid;
    this.#head = head;
    this.#base = base;
    this.#table = table;
    this.#columns = new Map(head.columns.map(({ column, heading }) => [plainHeading(heading), column]));
  }

  read(): CarriedEdition {
    const known = new Map(this.#table.rows.map((row) => [row.indicator.code, row]));
    const levels = this.#head.columns.filter(({ kind }) => kind === 'level').map(({ column }) => column);
    const path: Code[] = [];
    const read: Indicator[] = [];
    let rows = 0;
    for (let row = this.#head.firstRow; row < this.#grid.rows.length; row += 1) {
      const cells = this.#grid.rows[row] ?? [];
      const code = this.#text(row, '编号');
      const named = levels.findIndex((column) => seenText(this.#grid, row, column) !== '');
      if (isTotal(code) || (code === '' && isTotal(seenText(this.#grid, row, levels[named] ?? -1)))) {
        this.#total(row);
        continue;
      }
      if (code === '' && named === -1) continue;
      rows += 1;
      const place = { sheet: this.#grid.name, row, column: this.#columns.get('编号')! };
      for (const [column, cell] of cells.entries()) {
        if (cell?.fault !== undefined && !cell.covered) this.#fault('cell', { ...place, column }, code, cell.fault);
      }
      if (code === '') {
        this.#fault('code', place, '', '这一行有指标名称而没有编号', '没有用过的编号，如 C99');
        continue;
      }
      if (this.#places.has(code)) {
        const rule = `编号“${code}”在 ${addressOf(this.#places.get(code)!)} 已经用过，每项指标的编号只能用一次`;
        this.#fault('code', place, code, rule);
        continue;
      }
      if (named === -1) {
        this.#fault('tree', place, code, `指标“${code}”没有名称；没有见到名称的写“${untitled}”`);
        continue;
      }
      if (levels.filter((column) => seenText(this.#grid, row, column) !== '').length > 1) {
        const rule = '一行只写一项指标：名称只写在它所属的一级';
        this.#fault('tree', { ...place, column: levels[named]! }, code, rule);
        continue;
      }
      if (named > path.length) {
        const rule = `指标“${code}”没有上级：上面没有第 ${named} 级的指标`;
        this.#fault('tree', { ...place, column: levels[named]! }, code, rule);
        continue;
      }
      this.#places.set(code, place);
      path.length = named;
      const parent = path.at(-1) ?? null;
      path.push(code);
      read.push(this.#indicator(row, code, parent, seenText(this.#grid, row, levels[named]!), known.get(code)));
    }
    const edition = this.#whole(read);
    const points = (code: Code | null) => {
      if (code === null) return this.#totalPlace;
      const place = this.#places.get(code);
      return place && { ...place, column: this.#columns.get('分值')! };
    };
    if (this.#faults.length === 0) this.#faults.push(...sumFaults(edition, points));
    return {
      base: this.#base,
      edition,
      changes: this.#changes,
      places: this.#places,
      guesses: this.#guesses,
      faults: this.#faults,
      rows,
      sheet: this.#grid.name,
    };
  }

  #indicator(
    row: number,
    code: Code,
    parent: Code | null,
    title: string,
    before: WrittenTable['rows'][number] | undefined,
  ): Indicator {
    const had = before?.indicator;
    let now: Mutable = had ? { ...had } : { code, parent, title: null, points: null };
    if (had === undefined) this.#changed(row, code, '指标', '', `增加：${title}`);
    if (had !== undefined && had.parent !== parent) {
      this.#changed(row, code, '指标', had.parent ?? '整个体系', `移到 ${parent ?? '整个体系'} 下`);
      now.parent = parent;
    }
    const wasTitled = had?.title ?? (had === undefined ? '' : untitled);
    if (title !== wasTitled) {
      if (had !== undefined) this.#changed(row, code, '名称', wasTitled, title);
      now.title = title === untitled ? null : title;
    }
    const points = this.#ifChanged(row, '分值', before);
    if (points !== undefined) {
      const cell = this.#cell(row, '分值');
      const given = readPoints(points, cell?.number);
      if ('fault' in given) {
        this.#fault('points', this.#at(row, '分值'), code, given.fault, '数字、“不计分”或“未见”');
      } else {
        now = { ...withPoints(now, 'blank' in given ? null : given.points) };
        this.#said(row, code, '分值', before, points === '' ? '（空）' : points);
      }
    }
    const weight = this.#ifChanged(row, '权重', before);
    if (weight !== undefined) this.#weight(row, code, weight, now, before);
    for (const [part, heading] of writtenParts) {
      const text = this.#ifChanged(row, heading, before);
      if (text === undefined) continue;
      this.#said(row, code, heading, before, text);
      if (text === '') delete now[part];
      else now[part] = text;
    }
    const scoring = this.#ifChanged(row, scoringHeading, before);
    if (scoring !== undefined) this.#scoring(row, code, scoring, now, before);
    return now;
  }

  /** The full mark of the whole, in the row of the sum. */
  #total(row: number): void {
    const cell = this.#cell(row, '分值');
    const given = readPoints(cell?.text ?? '', cell?.number);
    if ('fault' in given || ('points' in given && given.points === 'none')) {
      this.#fault('points', this.#at(row, '分值'), '', `“${cell?.text ?? ''}”不是总分`, '数字或“未见”');
      return;
    }
    if ('blank' in given || given.points === 'none') return;
    this.#totalPlace = this.#at(row, '分值');
    if (given.points === this.#max) return;
    this.#changed(row, wholeCode, '分值', String(this.#max ?? pointsWords.unknown), cell!.text);
    this.#max = given.points === 0 ? null : given.points;
  }

  #weight(row: number, code: Code, text: string, now: Mutable, before: WrittenTable['rows'][number] | undefined): void {
    const given = readPoints(text.replace(/[%％]$/, ''), this.#cell(row, '权重')?.number);
    if ('fault' in given || ('points' in given && (given.points === 'none' || given.points === 0))) {
      this.#fault('points', this.#at(row, '权重'), code, `“${text}”不是权重`, '大于 0 的数字');
      return;
    }
    this.#said(row, code, '权重', before, text);
    if ('blank' in given) delete now.weight;
    else now.weight = given.points as number | null;
  }

  #scoring(
    row: number,
    code: Code,
    text: string,
    now: Mutable,
    before: WrittenTable['rows'][number] | undefined,
  ): void {
    const alike = this.#table.rows.find(({ cells }) => cells[this.#table.headings.indexOf(scoringHeading)] === text);
    if (before === undefined && (text === '' || alike !== undefined)) {
      // A row copied from another is judged as that one; its formula names the same data.
      const { method, formula } = alike?.indicator ?? {};
      if (method !== undefined) now.method = method;
      if (formula !== undefined) now.formula = formula;
      return;
    }
    const guess = guessMethod(text, now, this.#base);
    if (guess === null && before === undefined) {
      now.text = now.text === undefined ? text : `${now.text}\n${text}`;
      return;
    }
    if (guess === null) {
      const rule = '改过的计分办法看不懂：请恢复原文，导入后在草稿中改计分方法';
      this.#fault('method', this.#at(row, scoringHeading), code, rule, '如“每缺一项扣 0.5 分”“优秀 10 分，良好 8 分”');
      return;
    }
    this.#said(row, code, scoringHeading, before, text);
    now.method = guess.method;
    this.#guesses.set(code, guess);
  }

  /** The text of a cell where it differs from what was written there; undefined where it is as it was. */
  #ifChanged(row: number, heading: string, before: WrittenTable['rows'][number] | undefined): string | undefined {
    const column = this.#columns.get(heading);
    if (column === undefined) return undefined;
    const cell = this.#cell(row, heading);
    if (cell?.fault !== undefined) return undefined;
    const text = plain(cell?.text ?? '');
    const written = this.#was(heading, before);
    if (cell?.number !== undefined && typeof written === 'number') return cell.number === written ? undefined : text;
    return text === plain(String(written ?? '')) ? undefined : text;
  }

  #was(heading: string, before: WrittenTable['rows'][number] | undefined): string | number | null {
    return before?.cells[this.#table.headings.indexOf(heading)] ?? null;
  }

  #said(row: number, code: Code, heading: string, before: WrittenTable['rows'][number] | undefined, to: string): void {
    if (before !== undefined) this.#changed(row, code, heading, String(this.#was(heading, before) ?? ''), to);
  }

  #changed(row: number, code: Code, column: string, from: string, to: string): void {
    this.#changes.push({ place: this.#at(row, column), code, column, from, to });
  }

  /** The edition with these rows: the carried order where they stand as they were written, else the order of the rows. */
  #whole(read: readonly Indicator[]): Edition {
    const written = this.#table.rows.map(({ indicator }) => indicator.code);
    const now = read.map(({ code }) => code);
    const isSameOrder = written.length === now.length && written.every((code, at) => code === now[at]);
    const byCode = new Map(read.map((one) => [one.code, one]));
    const indicators = isSameOrder ? this.#base.indicators.map(({ code }) => byCode.get(code)!) : read;
    for (const { indicator } of this.#table.rows) {
      if (byCode.has(indicator.code)) continue;
      const place = { sheet: this.#grid.name, row: this.#head.row, column: this.#columns.get('编号')! };
      this.#changes.push({
        place,
        code: indicator.code,
        column: '指标',
        from: indicator.title ?? untitled,
        to: '删去',
      });
    }
    const title = this.#title();
    const before: Edition = { ...this.#base, indicators, max: this.#max };
    if (title !== undefined) {
      const place = { sheet: this.#grid.name, row: 0, column: 0 };
      this.#changes.push({ place, code: wholeCode, column: '标题', from: this.#base.title, to: title });
    }
    const edition = title === undefined ? before : { ...before, title };
    const moved = compareEditions(this.#base, edition).indicators.filter(({ moved: one }) => one?.order === true);
    for (const { code } of moved) {
      if (this.#changes.some((one) => one.code === code && one.column === '指标')) continue;
      this.#changes.push({ place: this.#places.get(code)!, code, column: '指标', from: '原来的位置', to: '换了位置' });
    }
    return edition;
  }

  /** The title above the table, where somebody has changed it. */
  #title(): string | undefined {
    const text = this.#grid.rows[0]?.find((cell) => cell && !cell.covered && cell.text !== '')?.text;
    return text === undefined || this.#head.row === 0 || text === this.#base.title ? undefined : text.slice(0, 200);
  }

  #text(row: number, heading: string): string {
    return this.#cell(row, heading)?.text ?? '';
  }

  #cell(row: number, heading: string) {
    const cell = this.#grid.rows[row]?.[this.#columns.get(heading) ?? -1];
    return cell?.covered ? undefined : cell;
  }

  #at(row: number, heading: string): Place {
    return { sheet: this.#grid.name, row, column: this.#columns.get(heading) ?? this.#columns.get('编号')! };
  }

  #fault(
    cause: WorkbookFault['cause'],
    place: Place,
    subject: string,
    rule: string,
    allowed: string | null = null,
  ): void {
    const column = this.#head.columns.find((one) => one.column === place.column)?.heading ?? '';
    const value = this.#grid.rows[place.row]?.[place.column]?.text ?? '';
    this.#faults.push({ cause, place, subject, column, value, rule, allowed });
  }
}

const isTotal = (text: string) => /^(合计|总计|总分)/.test(text);

/** Line ends are written differently by different programs, and blanks at the ends of a cell are not seen. */
const plain = (text: string) => text.replaceAll(/\r\n?/g, '\n').trim();
