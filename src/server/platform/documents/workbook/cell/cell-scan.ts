import { AttributeCursor } from '../attribute-cursor.ts';
import { itemText } from '../texts.ts';
import { afterMarkup, isTrue, tagEnd, textUntilTag } from '../xml.ts';
import { damaged } from '../zip.ts';
import type { GrowingCells } from './cell-columns.ts';
import { type CellContext, CellMeaning, type CellType, FoundCell } from './cell-meaning.ts';

const less = 0x3c;
const greater = 0x3e;
const slash = 0x2f;
const typeOfName: Readonly<Record<string, CellType>> = { str: 'str', inlineStr: 'inlineStr' };
const typeOfLetter = Array.from({ length: 128 }, (_, code) => {
  const name = String.fromCharCode(code);
  return 'nsbed'.includes(name) ? (name as CellType) : undefined;
});
const typeOf = (name: string) => typeOfName[name] ?? (name.length === 1 ? typeOfLetter[name.charCodeAt(0)] : undefined);
const letter = { c: 0x63, f: 0x66, i: 0x69, o: 0x6f, r: 0x72, s: 0x73, t: 0x74, v: 0x76 };
/** Reads the rows of a sheet by its bytes, and builds nothing but the columns of its cells. */
export class CellScan {
  readonly hiddenRows: number[] = [];
  readonly #bytes: Buffer;
  readonly #prefix: Buffer;
  readonly #attribute: AttributeCursor;
  readonly #context: CellContext;
  readonly #cell = new FoundCell();
  readonly #meaning: CellMeaning;
  #row = -1;
  #column = -1;
  /** @param prefix the prefix of the sheet's own elements, with the colon */
  constructor(bytes: Buffer, prefix: string, context: CellContext) {
    this.#bytes = bytes;
    this.#prefix = Buffer.from(prefix, 'latin1');
    this.#attribute = new AttributeCursor(bytes);
    this.#context = context;
    this.#meaning = new CellMeaning(bytes, context);
  }

  /** The cells that were read. */
  get cells(): GrowingCells {
    return this.#meaning.cells;
  }

  /** Reads from behind `<sheetData>` and returns the place behind `</sheetData>`. */
  read(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    for (;;) {
      at = this.#tag(at);
      const isClosing = bytes[at + 1] === slash;
      const name = this.#ownName(isClosing ? at + 2 : at + 1);
      const first = bytes[name];
      if (isClosing) {
        at = tagEnd(bytes, at);
        // No other element that is allowed here begins like sheetData.
        if (first === letter.s) return at;
      } else if (first === letter.c && endsName(bytes[name + 1])) at = this.#readCell(name + 1);
      else if (first === letter.r && bytes[name + 1] === letter.o && endsName(bytes[name + 3])) {
        at = this.#readRow(name + 3);
      } else at = tagEnd(bytes, at);
    }
  }

  /** The next tag; comments and the like are skipped. */
  #tag(from: number): number {
    const bytes = this.#bytes;
    const end = bytes.length;
    let at = from;
    for (;;) {
      while (at < end && bytes[at] !== less) at += 1;
      if (at >= end) throw damaged(`工作表“${this.#context.sheet}”不完整`);
      const next = afterMarkup(bytes, at);
      if (next === at) return at;
      at = next;
    }
  }

  /**
   * The place where the element's name begins behind the sheet's prefix. For other elements, a place that holds no
   * name.
   */
  #ownName(at: number): number {
    const prefix = this.#prefix;
    for (let index = 0; index < prefix.length; index += 1) {
      if (this.#bytes[at + index] !== prefix[index]) return this.#bytes.length;
    }
    return at + prefix.length;
  }

  #readRow(from: number): number {
    const attribute = this.#attribute;
    this.#context.budget.walk();
    this.#row += 1;
    this.#column = -1;
    let isHidden = false;
    let at = attribute.next(from);
    for (; at >= 0; at = attribute.next(at)) {
      if (attribute.letter === letter.r) this.#row = attribute.whole() - 1;
      else if (attribute.is('hidden')) isHidden = isTrue(attribute.value);
      else if (attribute.is('ht')) isHidden ||= attribute.value === '0';
    }
    if (this.#row < 0 || this.#row > 1_048_575) throw this.#misplaced();
    if (isHidden) this.hiddenRows.push(this.#row);
    return this.#bytes[-at] === slash ? 2 - at : 1 - at;
  }

  #readCell(from: number): number {
    const attribute = this.#attribute;
    this.#context.budget.walk();
    const cell = this.#cell;
    cell.reset(this.#row, this.#column + 1);
    let at = attribute.next(from);
    for (; at >= 0; at = attribute.next(at)) {
      if (attribute.letter === letter.r) this.#readPlace(cell);
      else if (attribute.letter === letter.s) cell.style = this.#style();
      else if (attribute.letter === letter.t) cell.type = this.#type();
    }
    if (cell.row < 0 || cell.column > 16_383) throw this.#misplaced();
    this.#column = cell.column;
    if (this.#bytes[-at] === slash) return 2 - at;
    at = this.#readContent(cell, 1 - at);
    this.#meaning.keep(cell);
    return at;
  }

  /** Reads the content of a cell and returns the place behind the closing tag. */
  #readContent(cell: FoundCell, from: number): number {
    const bytes = this.#bytes;
    let at = from;
    for (;;) {
      at = this.#tag(at);
      const isClosing = bytes[at + 1] === slash;
      const name = this.#ownName(isClosing ? at + 2 : at + 1);
      const first = bytes[name];
      const isShort = endsName(bytes[name + 1]);
      at = tagEnd(bytes, at);
      if (isClosing) {
        if (first === letter.c && isShort) return at;
        continue;
      }
      const isEmpty = bytes[at - 2] === slash;
      if (first === letter.v && isShort) {
        cell.valueFrom = at;
        cell.valueTo = at;
        if (!isEmpty) at = this.#readValue(cell, at);
      } else if (first === letter.f && isShort) {
        cell.hasFormula = true;
        if (isEmpty) continue;
        cell.formulaFrom = at;
        at = this.#tag(at);
        cell.formulaTo = at;
      } else if (first === letter.i && bytes[name + 1] === letter.s && !isEmpty) {
        const read = itemText(bytes, at, 'is');
        cell.text = read.text;
        at = read.end;
      }
    }
  }

  #readValue(cell: FoundCell, from: number): number {
    const bytes = this.#bytes;
    let at = from;
    while (at < bytes.length && bytes[at] !== less) at += 1;
    if (bytes[at + 1] === slash) {
      cell.valueTo = at;
      return at;
    }
    const read = textUntilTag(bytes, from);
    cell.text = read.text;
    return read.end;
  }

  #style(): number {
    const style = this.#attribute.whole();
    // Without its style, a day would become a number.
    if (style < 0) throw damaged(`工作表“${this.#context.sheet}”有格式不明的单元格`);
    return style;
  }

  #type(): CellType {
    const { valueFrom, valueTo } = this.#attribute;
    const type = valueTo - valueFrom === 1 ? typeOfLetter[this.#bytes[valueFrom]!] : typeOf(this.#attribute.value);
    if (type === undefined) throw damaged(`工作表“${this.#context.sheet}”有类型不明的单元格`);
    return type;
  }

  /** `AB12`: letters of the column, number of the row; a cell stands in the row that holds it. */
  #readPlace(cell: FoundCell): void {
    const bytes = this.#bytes;
    const attribute = this.#attribute;
    let at = attribute.valueFrom;
    let column = 0;
    for (; at < attribute.valueTo; at += 1) {
      const place = (bytes[at]! | 0x20) - 0x60;
      if (place < 1 || place > 26) break;
      column = column * 26 + place;
    }
    const row = attribute.whole(at) - 1;
    if (column < 1 || column > 16_384 || row < 0 || (this.#row >= 0 && row !== this.#row)) throw this.#misplaced();
    cell.row = row;
    cell.column = column - 1;
  }

  #misplaced() {
    return damaged(`工作表“${this.#context.sheet}”有位置不合规的单元格`);
  }
}

function endsName(byte: number | undefined): boolean {
  return byte !== undefined && (byte <= 0x20 || byte === greater || byte === slash);
}
