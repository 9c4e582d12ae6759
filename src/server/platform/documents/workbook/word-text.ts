import { Package } from './package.ts';
import { textUntilTag, XmlScanner } from './xml.ts';

/** A piece of a Word document as its text: nothing of how it looks. */
export type WordBlock =
  | { readonly kind: 'heading' | 'paragraph'; readonly text: string }
  | { readonly kind: 'table'; readonly rows: readonly (readonly string[])[] };

export interface WordText {
  readonly blocks: readonly WordBlock[];
  /** Whether the document goes on behind what was read. */
  readonly more: boolean;
}

const most = { blocks: 1000, rows: 200, cells: 30, characters: 200_000 };

/**
 * The paragraphs and tables of a .docx. A table within a cell is read as text of the cell; what was deleted while changes
 * are tracked is left out.
 * @throws Problem `import.damaged`, `import.passwordProtected`, `import.tooLarge`
 */
export function readWordText(bytes: Uint8Array): WordText {
  const part = new Package(bytes).get('word/document.xml');
  const scanner = new XmlScanner(part);
  const blocks: WordBlock[] = [];
  let characters = 0;
  let depth = 0;
  let rows: string[][] = [];
  let cell: string[] = [];
  let paragraph = '';
  let isHeading = false;
  while (scanner.next()) {
    const { name, kind, own } = scanner;
    if (!own) continue;
    if (name === 't' && kind === 'open') {
      const { text, end } = textUntilTag(part, scanner.position);
      scanner.position = end;
      paragraph += text;
      characters += text.length;
    } else if ((name === 'tab' || name === 'br') && kind !== 'close') paragraph += name === 'tab' ? '\t' : '\n';
    else if (name === 'pStyle') isHeading ||= /^(heading|标题|[1-9]$|title)/i.test(scanner.attribute('val') ?? '');
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
      if (depth > 0) cell.push(...(text === '' ? [] : [text]));
      else if (text !== '') blocks.push({ kind: isHeading ? 'heading' : 'paragraph', text });
      paragraph = '';
      isHeading = false;
    }
    if (blocks.length >= most.blocks || characters > most.characters) return { blocks, more: true };
  }
  return { blocks, more: false };
}
