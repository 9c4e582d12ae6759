import { layOutReport } from '#domain/report/laid-report.ts';
import type { Report } from '#domain/report/report.ts';
import type { WorkbookCell, WorkbookSheet } from '#platform/documents/workbook.ts';

const cell = (value: string, look: WorkbookCell['look'] = 'label'): WorkbookCell => ({ value, look });

/** Headings, sentences and tables of a report, in their order. */
export function reportSheet(report: Report): WorkbookSheet {
  const { title, subtitle, parts } = layOutReport(report);
  const rows = parts.flatMap(({ blocks }) =>
    blocks.flatMap((block): WorkbookCell[][] => {
      if (block.kind === 'heading') return [[], [cell(block.text, 'title')]];
      if (block.kind === 'paragraph') return [[cell(block.text, 'note')]];
      if (block.kind === 'figure') return [];
      return [
        [cell(block.caption, 'note')],
        block.columns.map((column) => cell(column.heading, 'heading')),
        ...block.rows.map((row) => row.map((text) => cell(text))),
        ...block.notes.map((note) => [cell(note, 'note')]),
      ];
    }),
  );
  return {
    name: '跟踪报告',
    columnWidths: [48, 20, 16, 16, 22, 48],
    rows: [[cell(title, 'title')], ...subtitle.map((line) => [cell(line, 'note')]), ...rows],
  };
}
