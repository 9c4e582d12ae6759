import type { Paragraph, ParagraphChild, Table } from 'docx';
import type { IShapeGroupChildOptions } from 'docx/shapes';
import { widthInCharacters } from '#domain/letter/text-width.ts';
import { type Drawing, outlinesOf, shadeColours } from '#domain/plot/drawing.ts';
import { type Report, type ReportBlock, type ReportPart, type ReportTable, reportPage } from '#domain/report/report.ts';
import { writableParts } from '#domain/text/writable.ts';
import { packWord, type WordLibrary, wordLibrary } from '../word-file.ts';
import { wordRows } from '../word-table.ts';
import { halfPoints, twips, wordFont } from '../word-units.ts';
import { reportSizes as sizes, usualColumns, wholeParagraph, wholeRows } from './report-measures.ts';

type Library = WordLibrary & Pick<typeof import('docx/shapes'), 'ShapeGroupRun'>;

/** Names of the fonts on the machines of offices. */
const fonts = { song: '宋体', hei: '黑体' } as const;

const ofMillimetres = (millimetres: number) => twips((millimetres * 72) / 25.4);
/** The pixels in which the library counts drawings: 96 to 72 points. */
const pixels = (points: number) => (points * 4) / 3;

const styles = {
  body: {
    id: 'ReportBody',
    name: '报告正文',
    paragraph: { alignment: 'both', indent: { firstLine: twips(sizes.body * 2), firstLineChars: 200 } },
  },
  caption: {
    id: 'ReportCaption',
    name: '报告图表标题',
    paragraph: { alignment: 'center', keepNext: true, spacing: { before: 160, after: 80 } },
    run: { font: wordFont(fonts.hei), size: halfPoints(sizes.caption) },
  },
  cell: {
    id: 'ReportCell',
    name: '报告表格',
    paragraph: { spacing: { line: 240, lineRule: 'auto', before: 0, after: 0 } },
    run: { size: halfPoints(sizes.table) },
  },
  wideCell: {
    id: 'ReportWideCell',
    name: '报告宽表格',
    paragraph: { spacing: { line: 240, lineRule: 'auto', before: 0, after: 0 } },
    run: { size: halfPoints(sizes.wideTable) },
  },
  note: {
    id: 'ReportNote',
    name: '报告表注',
    paragraph: { spacing: { before: 40, after: 160, line: 240, lineRule: 'auto' } },
    run: { size: halfPoints(sizes.note) },
  },
  label: {
    id: 'ReportLabel',
    name: '报告图中文字',
    paragraph: { spacing: { line: 240, lineRule: 'auto', before: 0, after: 0 } },
  },
} as const;

/**
 * The report as a Word file, to be edited and sent on: the same words, tables and drawings as the PDF. Drawings are Word's
 * own shapes, sharp at every size. Equal reports give equal bytes.
 * @param report as `layOutReport` leaves it
 */
export async function writeWordReport(given: Report): Promise<Uint8Array> {
  const report = writableParts(given);
  const [word, shapes] = await Promise.all([wordLibrary(), import('docx/shapes')]);
  const library = { ...word, ShapeGroupRun: shapes.ShapeGroupRun };
  const numbers = new ShapeNumbers();
  const footer = new word.Footer({ children: [footLine(library, report)] });
  const document = new word.Document({
    compatibility: { version: 15 },
    styles: {
      default: {
        document: {
          run: { font: wordFont(fonts.song), size: halfPoints(sizes.body), language: { eastAsia: 'zh-CN' } },
          paragraph: { spacing: { line: 400, lineRule: 'atLeast', before: 0, after: 0 } },
        },
        heading1: headingStyle(0),
        heading2: headingStyle(1),
      },
      paragraphStyles: Object.values(styles),
    },
    sections: report.parts.map((part, at) => ({
      properties: { page: pageOf(library, part) },
      footers: { default: footer },
      children: [
        ...(at === 0 ? titleOf(library, report) : []),
        ...part.blocks.flatMap((block) => blockOf(library, block, part, numbers)),
      ],
    })),
  });
  return packWord(document, { title: report.title, author: report.author, day: report.day });
}

function headingStyle(level: 0 | 1) {
  return {
    run: { font: wordFont(fonts.hei), size: halfPoints(sizes.heading[level]), bold: false, color: '000000' },
    paragraph: { keepNext: true, spacing: { before: [320, 240][level]!, after: 120 } },
  };
}

const margin = { side: ofMillimetres(reportPage.side), end: ofMillimetres(reportPage.end) };

function pageOf({ PageOrientation }: Library, { landscape }: ReportPart) {
  const { LANDSCAPE, PORTRAIT } = PageOrientation;
  return {
    size: {
      width: ofMillimetres(reportPage.width),
      height: ofMillimetres(reportPage.height),
      orientation: landscape ? LANDSCAPE : PORTRAIT,
    },
    margin: { top: margin.end, bottom: margin.end, left: margin.side, right: margin.side, footer: twips(30) },
  };
}

const widthOf = ({ landscape }: ReportPart): number =>
  ofMillimetres(landscape ? reportPage.height : reportPage.width) - 2 * margin.side;

function titleOf({ Paragraph, TextRun }: Library, { title, subtitle }: Report): Paragraph[] {
  const centred = (text: string, run: { size: number; font?: ReturnType<typeof wordFont> }, after: number) =>
    new Paragraph({ alignment: 'center', spacing: { after }, children: [new TextRun({ text, ...run })] });
  return [
    new Paragraph({
      alignment: 'center',
      spacing: { before: twips(17), after: twips(10), line: 480, lineRule: 'atLeast' },
      children: [new TextRun({ text: title, font: wordFont(fonts.hei), size: halfPoints(sizes.title) })],
    }),
    ...subtitle.map((text, at) =>
      centred(text, { size: halfPoints(sizes.subtitle) }, at === subtitle.length - 1 ? twips(12) : 0),
    ),
  ];
}

function footLine({ PageNumber, Paragraph, TextRun }: Library, { foot }: Report): Paragraph {
  const run = { size: halfPoints(sizes.foot), color: '5A5A5A' };
  return new Paragraph({
    spacing: { line: 240, lineRule: 'auto' },
    children: [
      new TextRun({ ...run, text: `${foot}　　` }),
      new TextRun({ ...run, children: ['第 ', PageNumber.CURRENT, ' 页　共 ', PageNumber.TOTAL_PAGES, ' 页'] }),
    ],
  });
}

function blockOf(library: Library, block: ReportBlock, part: ReportPart, numbers: ShapeNumbers): (Paragraph | Table)[] {
  const { HeadingLevel, Paragraph, TextRun } = library;
  const said = (style: string, text: string) => new Paragraph({ style, children: [new TextRun(text)] });
  if (block.kind === 'heading') {
    const level = block.level === 1 ? HeadingLevel.HEADING_1 : HeadingLevel.HEADING_2;
    return [new Paragraph({ heading: level, children: [new TextRun(block.text)] })];
  }
  if (block.kind === 'paragraph') {
    const keepLines = block.text.length <= wholeParagraph;
    return [new Paragraph({ style: styles.body.id, keepLines, children: [new TextRun(block.text)] })];
  }
  if (block.kind === 'table') {
    return [
      said(styles.caption.id, block.caption),
      tableOf(library, block, widthOf(part)),
      ...(block.notes.length === 0
        ? [said(styles.note.id, '')]
        : block.notes.map((note) => said(styles.note.id, note))),
    ];
  }
  return [
    said(styles.caption.id, block.caption),
    new Paragraph({
      alignment: 'center',
      spacing: { line: 240, lineRule: 'auto', after: 160 },
      children: [drawn(library, block, numbers)],
    }),
  ];
}

function tableOf(library: Library, { columns, rows }: ReportTable, width: number): Table {
  const { widths, row } = wordRows(library, {
    ...{ columns, width, headingFont: fonts.hei, headingFill: 'ECECEC' },
    style: columns.length > usualColumns ? styles.wideCell.id : styles.cell.id,
  });
  const rule = { style: 'single', size: 4, color: '5A5A5A' } as const;
  return new library.Table({
    width: { size: width, type: 'dxa' },
    columnWidths: [...widths],
    layout: 'fixed',
    margins: { top: 40, bottom: 40, left: 50, right: 50 },
    borders: { top: rule, bottom: rule, left: rule, right: rule, insideHorizontal: rule, insideVertical: rule },
    rows: [
      row(
        columns.map(({ heading }) => heading),
        true,
        true,
      ),
      ...rows.map((cells, at) => row(cells, false, rows.length <= wholeRows && at < rows.length - 1)),
    ],
  });
}

/** A drawing as one group of shapes: an outline for each style, and a box of text for each label. */
function drawn(
  library: Library,
  { drawing, caption, description }: Extract<ReportBlock, { kind: 'figure' }>,
  numbers: ShapeNumbers,
): ParagraphChild {
  const run = new library.ShapeGroupRun({
    altText: { name: caption, description },
    transformation: { width: pixels(drawing.width), height: pixels(drawing.height) },
    children: [frame(drawing), ...outlines(drawing), ...labels(library, drawing)],
  });
  const prepare = run.prepForXml.bind(run);
  run.prepForXml = (context) => numbers.renew(prepare(context));
  return run;
}

type Prepared = ReturnType<Paragraph['prepForXml']>;

/**
 * The numbers of the shapes of one file. The library counts on from one file to the next, so that an equal report would
 * give other bytes; here each file counts from one.
 */
class ShapeNumbers {
  #last = 0;

  renew(prepared: Prepared): Prepared {
    this.#walk(prepared);
    return prepared;
  }

  #walk(part: unknown): void {
    if (typeof part !== 'object' || part === null) return;
    for (const [name, inside] of Object.entries(part)) {
      if (name === 'wp:docPr' || name === 'wps:cNvPr') this.#number(inside);
      else this.#walk(inside);
    }
  }

  #number(inside: unknown): void {
    const parts = (Array.isArray(inside) ? inside : [inside]) as { _attr?: { id?: unknown; name?: unknown } }[];
    for (const { _attr: attributes } of parts) {
      if (attributes?.id === undefined) continue;
      this.#last += 1;
      const { id, name } = attributes;
      attributes.id = this.#last;
      if (typeof name === 'string') attributes.name = name.replace(new RegExp(` ${id}$`), ` ${this.#last}`);
    }
  }
}

/** Keeps the size of the group, whatever is drawn in it. */
function frame({ width, height }: Drawing): Shape {
  return {
    type: 'rectangle',
    transformation: { offset: { left: 0, top: 0 }, width: pixels(width), height: pixels(height) },
    line: { width: 0.25, transparency: 100 },
  };
}

type Shape = Exclude<IShapeGroupChildOptions, { type: 'connector' | 'picture' | 'group' }>;

function outlines(drawing: Drawing): Shape[] {
  return outlinesOf(drawing).map(({ paths, left, top, right, bottom, fill, stroke }) => ({
    // A path for each mark: in one for all, the library would look for each mark in each other one. Nothing is tied to them.
    ...{ type: 'custom', paths: paths.map((path) => ({ path })), connectionPoints: [] },
    transformation: {
      offset: { left: pixels(left), top: pixels(top) },
      width: pixels(right - left),
      height: pixels(bottom - top),
    },
    ...(fill !== null && { fill: shadeColours[fill] }),
    line:
      stroke === null
        ? { width: 0.25, transparency: 100 }
        : { color: shadeColours[stroke.shade], width: stroke.width, ...(stroke.dashed && { dash: 'dash' }) },
  }));
}

function labels({ Paragraph, TextRun }: Library, { marks }: Drawing): Shape[] {
  return marks.flatMap((mark): Shape[] => {
    if (mark.kind !== 'label') return [];
    const [x, y] = mark.at;
    // Wider than the text, because a font of another machine may be.
    const width = widthInCharacters(mark.text) * mark.size * 1.15 + 6;
    const left = { left: x, center: x - width / 2, right: x - width }[mark.align];
    const height = mark.size * 1.8;
    const run = { text: mark.text, size: halfPoints(mark.size), ...(mark.strong && { font: wordFont(fonts.hei) }) };
    return [
      {
        type: 'rectangle',
        transformation: {
          offset: { left: pixels(left), top: pixels(y - height / 2) },
          width: pixels(width),
          height: pixels(height),
        },
        line: { width: 0.25, transparency: 100 },
        textOptions: { verticalAlignment: 'center', wrap: false, margins: { top: 0, right: 0, bottom: 0, left: 0 } },
        children: [new Paragraph({ style: styles.label.id, alignment: mark.align, children: [new TextRun(run)] })],
      },
    ];
  });
}
