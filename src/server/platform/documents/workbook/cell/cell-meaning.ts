import type { Budget } from '../limits.ts';
import type { SharedTexts, Texts } from '../texts.ts';
import { longestText, unescapeXml } from '../xml.ts';
import { damaged, tooLarge } from '../zip.ts';
import { type CellKind, flags, GrowingCells, kinds } from './cell-columns.ts';
import { unescapeCellText } from './cell-text.ts';
import { type ScannedNumber, scanNumber } from './number-text.ts';
import { serialOfIso } from './serial-day.ts';

/** The data needed to interpret the cells of a sheet. */
export interface CellContext {
  readonly sheet: string;
  readonly dayStyles: Uint8Array;
  readonly from1904: boolean;
  readonly shared: SharedTexts;
  readonly texts: Texts;
  readonly budget: Budget;
}

/** The type attribute of a cell (ECMA-376 part 1, 18.18.11). */
export type CellType = 'n' | 's' | 'str' | 'inlineStr' | 'b' | 'e' | 'd';
/** The data of the cell that is being read; one object for all cells. */
export class FoundCell {
  row = 0;
  column = 0;
  style = 0;
  type: CellType = 'n';
  hasFormula = false;
  formulaFrom = 0;
  formulaTo = 0;
  /** The place of the value; -1 without one. */
  valueFrom = -1;
  valueTo = -1;
  /** The value where it is not in one piece in the file, or the text that stands in the cell itself. */
  text: string | undefined;

  reset(row: number, column: number): void {
    this.row = row;
    this.column = column;
    this.style = 0;
    this.type = 'n';
    this.hasFormula = false;
    this.formulaFrom = 0;
    this.formulaTo = 0;
    this.valueFrom = -1;
    this.valueTo = -1;
    this.text = undefined;
  }
}

/** Bytes of `<c><v>1</v></c>`. */
const shortestCell = 15;
const markOf = Object.fromEntries(kinds.map((kind, mark) => [kind, mark])) as Record<CellKind, number>;

/** Interprets the data found in a cell, and stores the result. */
export class CellMeaning {
  readonly cells: GrowingCells;
  readonly #bytes: Buffer;
  readonly #context: CellContext;
  readonly #number: ScannedNumber = { value: 0, long: false, inexact: false };

  constructor(bytes: Buffer, context: CellContext) {
    this.#bytes = bytes;
    this.#context = context;
    this.cells = new GrowingCells(Math.min(context.budget.limits.cells, Math.ceil(bytes.length / shortestCell)));
  }

  /** Stores the cell, unless it holds nothing. */
  keep(cell: FoundCell): void {
    if (cell.text === undefined && cell.valueFrom < 0) {
      if (cell.hasFormula) this.#keepFormula(cell);
      return;
    }
    switch (cell.type) {
      case 'n':
        this.#keepNumber(cell);
        break;
      case 's':
        this.#keepShared(cell);
        break;
      case 'b':
        this.#keepBoolean(cell);
        break;
      case 'e':
        this.#add(cell, 'error', 0, this.#context.texts.add(this.#text(cell)));
        break;
      case 'd':
        this.#keepDay(cell);
        break;
      default:
        this.#add(cell, 'text', 0, this.#context.texts.add(unescapeCellText(this.#text(cell))));
    }
  }

  #keepFormula(cell: FoundCell): void {
    const source = unescapeXml(this.#bytes.toString('utf8', cell.formulaFrom, cell.formulaTo));
    this.#add(cell, 'empty', 0, this.#context.texts.add(`=${source}`));
  }

  #keepNumber(cell: FoundCell): void {
    const number = this.#number;
    const isRead =
      cell.text === undefined
        ? scanNumber(this.#bytes, cell.valueFrom, cell.valueTo, number)
        : scanNumber(Buffer.from(cell.text), 0, Buffer.byteLength(cell.text), number);
    if (isRead && number.inexact) this.#add(cell, 'text', 0, this.#context.texts.add(this.#text(cell).trim()));
    else if (isRead) this.#add(cell, this.#context.dayStyles[cell.style] === 1 ? 'date' : 'number', number.value, 0);
    else this.#keepUnreadable(cell);
  }

  #keepShared(cell: FoundCell): void {
    const { shared, sheet } = this.#context;
    if (scanNumber(this.#bytes, cell.valueFrom, cell.valueTo, this.#number)) {
      this.#add(cell, 'text', 0, shared.find(this.#number.value));
    } else if (this.#text(cell).trim() !== '') throw damaged(`工作表“${sheet}”有无法识别的共用文字`);
  }

  #keepBoolean(cell: FoundCell): void {
    const text = this.#text(cell).trim();
    if (/^(1|true)$/i.test(text)) this.#add(cell, 'boolean', 1, 0);
    else if (/^(0|false)$/i.test(text)) this.#add(cell, 'boolean', 0, 0);
    else this.#keepUnreadable(cell);
  }

  #keepDay(cell: FoundCell): void {
    const serial = serialOfIso(this.#text(cell), this.#context.from1904);
    if (serial === undefined) this.#keepUnreadable(cell);
    else this.#add(cell, 'date', serial, 0);
  }

  /** The content of a number cell that is not a number; a value of blanks does not count as a value. */
  #keepUnreadable(cell: FoundCell): void {
    const text = this.#context.texts.add(this.#text(cell));
    if (text > 0) this.#add(cell, 'not-a-number', 0, text);
    else if (cell.hasFormula) this.#keepFormula(cell);
  }

  #text(cell: FoundCell): string {
    if (cell.valueTo - cell.valueFrom > longestText) throw tooLarge();
    return cell.text ?? unescapeXml(this.#bytes.toString('utf8', cell.valueFrom, cell.valueTo));
  }

  #add(cell: FoundCell, kind: CellKind, number: number, text: number): void {
    const needsText = kind === 'text' || kind === 'error';
    if (needsText && text === 0) return;
    const { budget, texts, sheet } = this.#context;
    budget.keep(sheet, cell.row, cell.column);
    if (text > 0) texts.use(text);
    const isLong = kind === 'number' && this.#number.long;
    const mark = markOf[kind] | (cell.hasFormula ? flags.formula : 0) | (isLong ? flags.long : 0);
    this.cells.add(cell.row, cell.column, mark, number, text);
  }
}
