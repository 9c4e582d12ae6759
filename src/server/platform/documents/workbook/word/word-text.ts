import { Package } from '../package.ts';
import { textUntilTag, XmlScanner } from '../xml.ts';
import { readWordLists } from './word-lists.ts';

/** A piece of a Word document as its text: nothing of how it looks. */
export type WordBlock =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  /** `mark`: `（二）`, `3.`, `•`. The outermost level is 0. */
  | { readonly kind: 'item'; readonly mark: string; readonly level: number; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

export interface WordText {
  readonly blocks: readonly WordBlock[];
  /** Whether the document goes on behind what was read. */
  readonly more: boolean;
}

const most = { blocks: 1000, rows: 200, cells: 30, characters: 200_000 };

/**
 * The paragraphs, lists and tables of a .docx. A table within a cell is read as text of the cell; what was deleted while
 * changes are tracked is left out, and so is the second form in which a drawing repeats its text for old programs. Links,
 * pictures, fields and whatever else a document can hold are not read.
 * @throws Problem `import.damaged`, `import.passwordProtected`, `import.tooLarge`
 */
export function readWordText(bytes: Uint8Array): WordText {
  const file = new Package(bytes);
  const part = file.get('word/document.xml');
  const lists = readWordLists(file);
  const scanner = new XmlScanner(part);
  const blocks: WordBlock[] = [];
  let characters = 0;
  let depth = 0;
  let rows: string[][] = [];
  let cell: string[] = [];
  let paragraph = '';
  let isHeading = false;
  let style = '';
  let list: string | undefined;
  let level: number | undefined;
  while (scanner.next()) {
    const { name, kind, own } = scanner;
    if (kind === 'open' && (own ? name === 'pPrChange' : name === 'Fallback')) {
      skip(scanner, name);
      continue;
    }
    if (!own) continue;
    if (name === 't' && kind === 'open') {
      const { text, end } = textUntilTag(part, scanner.position);
      scanner.position = end;
      paragraph += text;
      characters += text.length;
    } else if ((name === 'tab' || name === 'br') && kind !== 'close') paragraph += name === 'tab' ? '\t' : '\n';
    else if (name === 'pStyle' && kind !== 'close') {
      style = scanner.attribute('val') ?? '';
      isHeading ||= /^(heading|标题|[1-9]$|title)/i.test(style);
    } else if (name === 'numId' && kind !== 'close') list = scanner.attribute('val') ?? '';
    else if (name === 'ilvl' && kind !== 'close') level = Number(scanner.attribute('val') ?? 0);
    else if (name === 'tbl') {
      if (kind === 'open') depth += 1;
      else if (kind === 'close') depth -= 1;
      if (kind === 'open' && depth === 1) rows = [];
      else if (kind === 'close' && depth === 0) blocks.push({ kind: 'table', rows });
    } else if (name === 'tr' && kind === 'open' && depth === 1 && rows.length < most.rows) rows.push([]);
    else if (name === 'tc' && depth === 1) {
      if (kind === 'open') cell = [];
      else if (kind === 'close' && (rows.at(-1)?.length ?? most.cells) < most.cells) rows.at(-1)!.push(cell.join('\n'));
    } else if (name === 'p' && kind !== 'open') {
      const text = paragraph.trim();
      const place = text === '' ? undefined : lists.placeOf(style, { list, level });
      const mark = place === undefined ? '' : lists.mark(place);
      if (text !== '' && (depth > 0 || isHeading)) {
        const marked = `${mark}${text}`;
        if (depth > 0) cell.push(marked);
        else blocks.push({ kind: 'heading', text: marked });
      } else if (text !== '')
        blocks.push(
          place === undefined || mark === ''
            ? { kind: 'paragraph', text }
            : { kind: 'item', mark, level: place.level, text },
        );
      paragraph = '';
      isHeading = false;
      style = '';
      list = undefined;
      level = undefined;
    }
    if (blocks.length >= most.blocks || characters > most.characters) return { blocks, more: true };
  }
  return { blocks, more: false };
}

/** Goes behind the end of the element that was opened last. */
function skip(scanner: XmlScanner, element: string): void {
  let depth = 1;
  while (depth > 0 && scanner.next()) {
    if (scanner.name === element && scanner.kind !== 'empty') depth += scanner.kind === 'open' ? 1 : -1;
  }
}
