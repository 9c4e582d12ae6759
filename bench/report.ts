import {
  Document,
  Footer,
  HeadingLevel,
  Packer,
  PageOrientation,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
} from 'docx';
import { ShapeGroupRun } from 'docx/shapes';
import { outlinesOf } from '#domain/plot/drawing.ts';
import { layOutReport } from '#domain/report/laid-report.ts';
import type { ReportBlock } from '#domain/report/report.ts';
import { openLetterPress } from '#platform/documents/letter/letter-press.ts';
import { writeWordReport } from '#platform/documents/letter/report/word-report.ts';
import { exampleReport } from '#test/support/balance/report-run.ts';
import { fromPairs, type Pair, type Result } from './result.ts';

/** Schools of the county whose report is printed. */
const schools = 60;

/**
 * Measures how long the report of a county takes as a Word file, beside the bare library that writes the same words, cells
 * and shapes, and how long it takes as PDF in a press that has begun.
 * @param rounds pairs of alternating rounds
 */
export async function measureReport(rounds = 9): Promise<Result[]> {
  const report = exampleReport(schools);
  const laid = layOutReport(report);
  const paragraph = (text: string) => new Paragraph({ children: [new TextRun({ text, font: '宋体', size: 18 })] });
  const row = (cells: readonly string[]) =>
    new TableRow({ children: cells.map((text) => new TableCell({ children: [paragraph(text)] })) });
  /** The same block without a place, a width or a style for any of it. */
  const bareBlock = (block: ReportBlock): (Paragraph | Table)[] => {
    if (block.kind === 'heading') return [new Paragraph({ heading: HeadingLevel.HEADING_1, text: block.text })];
    if (block.kind === 'paragraph') return [paragraph(block.text)];
    if (block.kind === 'table') {
      const rows = [block.columns.map(({ heading }) => heading), ...block.rows].map(row);
      return [paragraph(block.caption), new Table({ rows }), ...block.notes.map(paragraph)];
    }
    const { drawing } = block;
    const shapes = [
      ...outlinesOf(drawing).map(({ paths, left, top, right, bottom }) => ({
        type: 'custom' as const,
        paths: paths.map((path) => ({ path })),
        transformation: { offset: { left, top }, width: right - left, height: bottom - top },
      })),
      ...drawing.marks.flatMap((mark) =>
        mark.kind === 'label'
          ? [
              {
                type: 'rectangle' as const,
                transformation: { offset: { left: mark.at[0], top: mark.at[1] }, width: 40, height: 12 },
                children: [paragraph(mark.text)],
              },
            ]
          : [],
      ),
    ];
    return [
      paragraph(block.caption),
      new Paragraph({
        children: [new ShapeGroupRun({ altText: { description: block.description }, children: shapes })],
      }),
    ];
  };
  const bare = () =>
    Packer.toBuffer(
      new Document({
        sections: laid.parts.map(({ landscape, blocks }) => ({
          properties: {
            page: { size: { orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT } },
          },
          footers: { default: new Footer({ children: [paragraph(laid.foot)] }) },
          children: [laid.title, ...laid.subtitle].map(paragraph).concat(blocks.flatMap(bareBlock) as Paragraph[]),
        })),
      }),
    );
  const ours = () => writeWordReport(laid);
  const press = openLetterPress({ fontsDir: null });
  try {
    await ours();
    await bare();
    await press.printReport(report, 'pdf');
    const pairs: Pair[] = [];
    const printing: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      pairs.push({ ours: await timeOf(ours), limit: await timeOf(bare) });
      printing.push(await timeOf(() => press.printReport(report, 'pdf')));
    }
    const about = `the report of a county of ${schools} schools as a Word file, beside the bare library writing its words and shapes`;
    return [
      fromPairs({ name: 'report', what: about, goal: 1.2, more: false, unit: 'ms' }, pairs, {
        'PDF, ms': Math.min(...printing),
      }),
    ];
  } finally {
    press.close();
  }
}

async function timeOf(act: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await act();
  return performance.now() - began;
}
