import type { z } from 'zod';
import type { letterContent } from '#contract/official-documents/letters.ts';

export type WrittenBlock = z.input<typeof letterContent>['body'][number];
export type BlockKind = 'paragraph' | 'heading1' | 'heading2' | 'heading3' | 'heading4' | 'table';

export const blockKinds: readonly { readonly value: BlockKind; readonly label: string }[] = [
  { value: 'paragraph', label: '段落' },
  { value: 'heading1', label: '一、标题' },
  { value: 'heading2', label: '（一）标题' },
  { value: 'heading3', label: '1. 标题' },
  { value: 'heading4', label: '（1）标题' },
  { value: 'table', label: '表格' },
];

export function kindOf(block: WrittenBlock): BlockKind {
  return block.kind === 'heading' ? (`heading${block.level}` as BlockKind) : block.kind;
}

/** The block as another kind, with its words where they fit. */
export function asKind(block: WrittenBlock, kind: BlockKind): WrittenBlock {
  if (kind === 'table') {
    return block.kind === 'table' ? block : tableOf(block.text === '' ? '列一\t列二' : block.text, null);
  }
  const text = block.kind === 'table' ? textOf(block) : block.text;
  return kind === 'paragraph' ? { kind, text } : { kind: 'heading', level: Number(kind.at(-1)), text };
}

/** A table as text: a row a line, a tabulator between cells, the headings first; as a spreadsheet pastes it. */
export function textOf({ columns, rows }: WrittenBlock & { kind: 'table' }): string {
  return [columns.map(({ heading }) => heading), ...rows].map((row) => row.join('\t')).join('\n');
}

/** Reads such a text; bars part cells too, where a person types. Rows get as many cells as there are headings. */
export function tableOf(text: string, caption: string | null): WrittenBlock & { kind: 'table' } {
  const lines = text.split('\n').filter((line, at) => at === 0 || line.trim() !== '');
  const [headings = [''], ...rows] = lines.map((line) => line.split(/[\t|｜]/).map((cell) => cell.trim()));
  return {
    ...{ kind: 'table', caption },
    columns: headings.map((heading) => ({ heading, align: 'center' as const })),
    rows: rows.map((row) => headings.map((_, at) => row[at] ?? '')),
  };
}
