import { flawOf, type TextFlaw, unescapeCellText, withoutFlaws } from './cell/cell-text.ts';
import type { Budget } from './limits.ts';
import { afterMarkup, longestText, tagEnd, textUntilTag, XmlScanner } from './xml.ts';
import { damaged, tooLarge } from './zip.ts';

const less = 0x3c;

/** The texts that the cells of a workbook refer to, each stored once; the first stands for all texts of only blanks. */
export class Texts {
  readonly all: string[] = [''];
  /** By index, why texts cannot be stored; characters that cannot are replaced in the texts. */
  readonly flaws = new Map<number, TextFlaw>();
  readonly #budget: Budget;

  constructor(budget: Budget) {
    this.#budget = budget;
  }

  /** Stores a text, cut to the maximum length, and returns its index; zero for a text with no content. */
  add(text: string): number {
    if (text.trim() === '') return 0;
    const { textLength } = this.#budget.limits;
    // A cut between the halves of a surrogate pair would create a fault that the file does not have.
    const end = /[\ud800-\udbff]/.test(text[textLength - 1] ?? '') ? textLength - 1 : textLength;
    const kept = text.length > textLength ? text.slice(0, end) : text;
    const unfit = flawOf(kept);
    const flaw = unfit ?? (kept === text ? undefined : { kind: 'cut' as const, kept: kept.length });
    if (flaw) this.flaws.set(this.all.length, flaw);
    return this.all.push(unfit ? withoutFlaws(kept) : kept) - 1;
  }

  /** Counts a text for a cell. Many cells may share one text, and a reader gets it once for each cell. */
  use(index: number): void {
    this.#budget.countCharacters(this.all[index]!.length);
  }
}

/**
 * Texts that cells share, found by their number. The beginning of each text is looked up once; only texts that a cell
 * refers to are read.
 */
export class SharedTexts {
  readonly #bytes: Buffer;
  readonly #texts: Texts;
  readonly #places: number[];
  readonly #kept: Int32Array;

  constructor(bytes: Buffer | undefined, texts: Texts, budget: Budget) {
    this.#bytes = bytes ?? Buffer.alloc(0);
    this.#texts = texts;
    this.#places = bytes ? placesOf(bytes, budget) : [];
    this.#kept = new Int32Array(this.#places.length).fill(-1);
  }

  /** The index of the text among the stored texts. */
  find(index: number): number {
    const place = this.#places[index];
    if (place === undefined) throw damaged(`缺少第 ${index} 条共用文字`);
    const kept = this.#kept[index]!;
    if (kept >= 0) return kept;
    const added = this.#texts.add(place < 0 ? '' : unescapeCellText(itemText(this.#bytes, place, 'si').text));
    this.#kept[index] = added;
    return added;
  }
}

/** Where the content of each item begins; -1 for an item without content. */
function placesOf(bytes: Buffer, budget: Budget): number[] {
  const first = new XmlScanner(bytes);
  first.next();
  // Without comments, CDATA and instructions behind the declaration of XML, only an item's tag can look like one, so it
  // is found without reading the other tags.
  if (bytes.includes('<!') || bytes.includes('<?', 2)) return placesByTags(bytes, budget);
  const places: number[] = [];
  const tag = Buffer.from(`<${first.prefix}si`);
  for (let at = bytes.indexOf(tag); at >= 0; at = bytes.indexOf(tag, at)) {
    at += tag.length;
    if (!endsName(bytes[at])) continue;
    budget.walk();
    const end = tagEnd(bytes, at);
    places.push(bytes[end - 2] === 0x2f ? -1 : end);
  }
  return places;
}

function endsName(byte: number | undefined): boolean {
  return byte !== undefined && (byte <= 0x20 || byte === 0x3e || byte === 0x2f);
}

function placesByTags(bytes: Buffer, budget: Budget): number[] {
  const scanner = new XmlScanner(bytes);
  const places: number[] = [];
  while (scanner.next()) {
    if (scanner.name !== 'si' || !scanner.own || scanner.kind === 'close') continue;
    budget.walk();
    places.push(scanner.kind === 'empty' ? -1 : scanner.position);
  }
  return places;
}

/**
 * The text of an item from behind its opening tag: its runs joined, without the phonetic hints. Escapes of the format
 * stay in it; `end` is behind the closing tag.
 */
export function itemText(bytes: Buffer, from: number, item: string): { text: string; end: number } {
  let text = '';
  let spoken = 0;
  let at = from;
  for (;;) {
    const tag = bytes.indexOf(less, at);
    if (tag < 0) throw damaged('XML 不完整');
    const skipped = afterMarkup(bytes, tag);
    if (skipped !== tag) {
      at = skipped;
      continue;
    }
    const isClosing = bytes[tag + 1] === 0x2f;
    const name = localName(bytes, isClosing ? tag + 2 : tag + 1);
    at = tagEnd(bytes, tag + 1);
    if (isClosing) {
      if (name === item) return { text, end: at };
      if (name === 'rPh') spoken -= 1;
      continue;
    }
    if (bytes[at - 2] === 0x2f) continue;
    if (name === 'rPh') spoken += 1;
    else if (name === 't') {
      const read = textUntilTag(bytes, at);
      if (spoken === 0) text += read.text;
      if (text.length > longestText) throw tooLarge();
      at = read.end;
    }
  }
}

function localName(bytes: Buffer, from: number): string {
  let to = from;
  let start = from;
  for (let byte = bytes[to]!; byte > 0x20 && byte !== 0x3e && byte !== 0x2f; byte = bytes[to]!) {
    if (byte === 0x3a) start = to + 1;
    to += 1;
  }
  return bytes.toString('latin1', start, to);
}
