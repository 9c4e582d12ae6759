import { HeadingNumbers } from '../letter/heading-number.ts';
import { printedLine } from '../text/printed.ts';
import type { Report, ReportBlock } from './report.ts';

/** A report with every text in its final words: headings numbered, and nothing in it that cannot be seen. */
export function layOutReport(report: Report): Report {
  const numbers = new HeadingNumbers();
  return {
    ...report,
    title: printedLine(report.title),
    subtitle: report.subtitle.map(printedLine),
    author: printedLine(report.author),
    foot: printedLine(report.foot),
    parts: report.parts.map((part) => ({ ...part, blocks: part.blocks.map((block) => printed(block, numbers)) })),
  };
}

function printed(block: ReportBlock, numbers: HeadingNumbers): ReportBlock {
  if (block.kind === 'heading') return { ...block, text: `${numbers.next(block.level)}${printedLine(block.text)}` };
  if (block.kind === 'paragraph') return { ...block, text: printedLine(block.text) };
  const caption = printedLine(block.caption);
  if (block.kind === 'figure') {
    const marks = block.drawing.marks.map((mark) =>
      mark.kind === 'label' ? { ...mark, text: printedLine(mark.text) } : mark,
    );
    return { ...block, caption, description: printedLine(block.description), drawing: { ...block.drawing, marks } };
  }
  return {
    ...block,
    caption,
    columns: block.columns.map((column) => ({ ...column, heading: printedLine(column.heading) })),
    rows: block.rows.map((row) => row.map(printedLine)),
    notes: block.notes.map(printedLine),
  };
}
