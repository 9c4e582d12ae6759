import type { ITableCellOptions, Paragraph, Table } from 'docx';
import { unzipSync, zipSync } from 'fflate';
import type { LaidBlock, LaidLetter } from '#domain/letter/laid-letter.ts';
import {
  characterPitch,
  linePitch,
  measures,
  pointsPerMillimetre,
  recalledMeasures as recalled,
} from '#domain/letter/measures.ts';
import { widthInCharacters } from '#domain/letter/text-width.ts';

/** Loaded by the first letter: its tables are large, and few posts print. */
type Library = typeof import('docx');

/** Names of the fonts on the machines of offices. Word takes another one where a machine has none of the name. */
const fonts = {
  body: '仿宋_GB2312',
  kai: '楷体_GB2312',
  hei: '黑体',
  title: '方正小标宋简体',
  song: '宋体',
} as const;

const red = 'FF0000';
/** Twentieths of a point, of which Word counts its lengths; half points, of which it counts its sizes of type. */
const twips = (points: number) => Math.round(points * 20);
const ofMillimetres = (millimetres: number) => twips(millimetres * pointsPerMillimetre);
const halfPoints = (points: number) => Math.round(points * 2);
/** Eighths of a point, of which Word counts the thickness of lines. */
const eighths = (points: number) => Math.round(points * 8);

/** Rounded down: 22 lines must fit. */
const line = Math.floor(linePitch * 20);
const font = (name: string) => ({ ascii: name, hAnsi: name, eastAsia: name, cs: name });
/**
 * 28 characters in a line, by a little less room for each. A grid of characters would do the same in Word, but other
 * programs of offices read its width in ways of their own.
 */
const body = {
  font: font(fonts.body),
  size: halfPoints(measures.bodySize),
  characterSpacing: Math.floor((characterPitch - measures.bodySize) * 20),
};
const levelFonts = [fonts.hei, fonts.kai, fonts.body, fonts.body] as const;
const tableSize = 12;
const fullWidth = ofMillimetres(measures.area.width);

/**
 * The letter as a Word file, to be edited and sent on: the same words and measures as the PDF, in the fonts that offices
 * have. Line ends inside paragraphs are Word's own. Equal letters give equal bytes.
 */
export async function writeWordLetter(letter: LaidLetter): Promise<Uint8Array> {
  const library = await import('docx');
  const { Document, Packer } = library;
  const { margins, sheet } = measures;
  const footer = (side: 'left' | 'right') => ({ children: [pageNumber(library, side)] });
  const document = new Document({
    title: letter.title.join(''),
    creator: letter.signature.signer,
    lastModifiedBy: letter.signature.signer,
    evenAndOddHeaderAndFooters: true,
    compatibility: { version: 15 },
    styles: {
      default: {
        document: {
          run: { ...body, language: { eastAsia: 'zh-CN' } },
          paragraph: { spacing: { line, lineRule: 'exact', before: 0, after: 0 } },
        },
      },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: ofMillimetres(sheet.width), height: ofMillimetres(sheet.height) },
            margin: {
              top: ofMillimetres(margins.top),
              right: ofMillimetres(margins.right),
              bottom: ofMillimetres(margins.bottom),
              left: ofMillimetres(margins.left),
              // From the lower edge of the sheet to that of the number, whose dashes lie in the middle of its height.
              footer: ofMillimetres(margins.bottom - recalled.pageNumberDrop) - twips(recalled.pageNumberSize / 2),
            },
          },
          // Every line has its height, so no grid is wanted: programs of offices snap to one each in its own way.
          grid: { type: 'default', linePitch: line },
        },
        footers: {
          default: new library.Footer(footer('right')),
          even: new library.Footer(footer('left')),
        },
        children: [
          ...headOf(library, letter),
          ...letter.body.flatMap((block, at) => blockOf(library, block, at === letter.body.length - 1)),
          ...attachmentsOf(library, letter),
          ...signatureOf(library, letter),
          imprintOf(library, letter),
          // Word wants a paragraph after a table. It has no height.
          new library.Paragraph({ ...plain, spacing: { line: 20, lineRule: 'exact' }, children: [] }),
        ],
      },
    ],
  });
  return datedAt(await Packer.toBuffer(document), letter.day);
}

/** No room between ideographs and digits: a line has 28 places. */
const plain = { autoSpaceEastAsianText: false } as const;

const characters = (count: number) => twips(count * characterPitch);

function headOf({ Paragraph, TextRun }: Library, letter: LaidLetter): Paragraph[] {
  const { mark } = letter;
  const titled = (text: string, size: number, color?: string) =>
    new TextRun({
      text,
      font: font(fonts.title),
      size: halfPoints(size),
      ...(color && { color }),
      characterSpacing: 0,
    });
  const marks = mark.lines.map(
    (text, at) =>
      new Paragraph({
        ...plain,
        alignment: 'center',
        spacing: {
          before: at === 0 ? ofMillimetres(recalled.markDrop) : twips(mark.size * 0.3),
          line: twips(mark.size),
          lineRule: 'exact',
        },
        children: [titled(text, mark.size, red)],
      }),
  );
  const number = new Paragraph({
    ...plain,
    alignment: 'center',
    spacing: { before: recalled.linesBelowMark * line, line: twips(measures.bodySize + 2), lineRule: 'exact' },
    border: {
      bottom: {
        style: 'single',
        color: red,
        size: eighths(recalled.ruleThickness),
        space: Math.round(recalled.ruleDrop * pointsPerMillimetre),
      },
    },
    children: [new TextRun({ text: letter.number, characterSpacing: 0 })],
  });
  const title = letter.title.map(
    (text, at) =>
      new Paragraph({
        ...plain,
        alignment: 'center',
        spacing: {
          before: at === 0 ? recalled.linesBelowRule * line : 0,
          after: at === letter.title.length - 1 ? recalled.linesBelowTitle * line : 0,
          line: twips(linePitch + measures.titleSize - measures.bodySize),
          lineRule: 'exact',
        },
        children: [titled(text, measures.titleSize)],
      }),
  );
  const addressees =
    letter.addressees === null
      ? []
      : [
          new Paragraph({
            ...plain,
            alignment: 'both',
            children: [new TextRun({ text: letter.addressees })],
          }),
        ];
  return [...marks, number, ...title, ...addressees];
}

/** @param isLast the end of the body stays with the signature: a signature does not stand alone on a page */
function blockOf(library: Library, block: LaidBlock, isLast: boolean): (Paragraph | Table)[] {
  const { Paragraph, TextRun } = library;
  if (block.kind === 'table') return tableOf(library, block, isLast);
  const isHeading = block.kind === 'heading';
  const run = isHeading ? { font: font(levelFonts[block.level - 1]!) } : {};
  return [
    new Paragraph({
      ...plain,
      alignment: 'both',
      indent: { firstLine: characters(2), firstLineChars: 200 },
      ...((isLast || (isHeading && block.leads)) && { keepNext: true }),
      widowControl: false,
      ...(isHeading && { outlineLevel: block.level - 1 }),
      children: [new TextRun({ text: block.text, ...run })],
    }),
  ];
}

function tableOf(
  { Paragraph, Table, TableCell, TableRow, TextRun }: Library,
  { caption, columns, rows }: Extract<LaidBlock, { kind: 'table' }>,
  isLast: boolean,
): (Paragraph | Table)[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0);
  const widths = columns.map(({ share }) => Math.floor((fullWidth * share) / shares));
  const cell = (text: string, at: number, isHeading: boolean, keepNext: boolean) =>
    new TableCell({
      width: { size: widths[at]!, type: 'dxa' },
      verticalAlign: 'center',
      margins: { top: 60, bottom: 60, left: 60, right: 60 },
      children: [
        new Paragraph({
          ...plain,
          alignment: isHeading ? 'center' : columns[at]!.align,
          spacing: { line: twips(tableSize * 1.4), lineRule: 'exact' },
          ...(keepNext && { keepNext }),
          children: [
            new TextRun({
              text,
              size: halfPoints(tableSize),
              characterSpacing: 0,
              ...(isHeading && { font: font(fonts.hei) }),
            }),
          ],
        }),
      ],
    });
  const row = (cells: readonly string[], isHeading: boolean, keepNext: boolean) =>
    new TableRow({
      tableHeader: isHeading,
      cantSplit: true,
      children: cells.map((text, at) => cell(text, at, isHeading, keepNext)),
    });
  const title =
    caption === null
      ? []
      : [
          new Paragraph({
            ...plain,
            alignment: 'center',
            keepNext: true,
            children: [new TextRun({ text: caption, font: font(fonts.hei), size: halfPoints(tableSize) })],
          }),
        ];
  return [
    ...title,
    new Table({
      width: { size: fullWidth, type: 'dxa' },
      columnWidths: widths,
      layout: 'fixed',
      rows: [
        row(
          columns.map(({ heading }) => heading),
          true,
          true,
        ),
        ...rows.map((cells, at) => row(cells, false, isLast && at === rows.length - 1)),
      ],
    }),
  ];
}

/** 附件说明: one blank line below the body, two characters from the left; the names stand below each other. */
function attachmentsOf({ Paragraph, TextRun }: Library, { attachments }: LaidLetter): Paragraph[] {
  const label = '附件：';
  return attachments.map(({ number, name }, at) => {
    const inNumber = widthInCharacters(number);
    return new Paragraph({
      ...plain,
      spacing: { before: at === 0 ? line : 0 },
      indent: {
        left: characters(2 + label.length + inNumber),
        hanging: characters(inNumber + (at === 0 ? label.length : 0)),
      },
      keepNext: true,
      children: [new TextRun({ text: `${at === 0 ? label : ''}${number}${name}` })],
    });
  });
}

function signatureOf({ Paragraph, TextRun }: Library, { signature }: LaidLetter): Paragraph[] {
  const row = (text: string, right: number, before: number, keepNext: boolean) =>
    new Paragraph({
      ...plain,
      alignment: 'right',
      spacing: { before },
      indent: { right: characters(right) },
      ...(keepNext && { keepNext }),
      keepLines: true,
      children: [new TextRun({ text })],
    });
  return [
    row(signature.signer, signature.signerRight, signature.linesAbove * line, true),
    row(signature.date, signature.dateRight, 0, false),
  ];
}

/** 版记: a table that hangs on the lower edge of the area of type, on the page on which the letter ends. */
function imprintOf(library: Library, { imprint }: LaidLetter): Table {
  const { Paragraph, Table, TableCell, TableRow, TextRun } = library;
  const none = { style: 'none', size: 0, color: 'auto' } as const;
  const rule = (millimetres: number) =>
    ({ style: 'single', size: eighths(millimetres * pointsPerMillimetre), color: '000000' }) as const;
  const thick = rule(recalled.imprintThick);
  const thin = rule(recalled.imprintThin);
  const size = halfPoints(recalled.imprintSize);
  const text = (words: string) => new TextRun({ text: words, size, characterSpacing: 0 });
  const side = twips(recalled.imprintSize);
  const rowHeight = twips(recalled.imprintSize * 1.5);
  const label = '抄送：';
  const room = (fullWidth - side * (2 + label.length)) / side;
  const copyLines = imprint.copyTo === null ? 0 : Math.ceil(widthInCharacters(imprint.copyTo) / Math.floor(room));
  const paragraph = (words: readonly string[], hanging: number) =>
    new Paragraph({
      ...plain,
      spacing: { line: rowHeight, lineRule: 'exact' },
      indent: { left: side + hanging, right: side, hanging },
      tabStops: [{ type: 'right', position: fullWidth - side }],
      children: words.flatMap((part, at) =>
        at === 0 ? [text(part)] : [new TextRun({ children: ['\t'] }), text(part)],
      ),
    });
  const cell = (child: Paragraph, borders: NonNullable<ITableCellOptions['borders']>) =>
    new TableRow({
      cantSplit: true,
      children: [
        new TableCell({
          width: { size: fullWidth, type: 'dxa' },
          margins: { top: 0, bottom: 0, left: 0, right: 0 },
          borders: { left: none, right: none, ...borders },
          children: [child],
        }),
      ],
    });
  const copies =
    imprint.copyTo === null
      ? []
      : [cell(paragraph([`${label}${imprint.copyTo}`], side * label.length), { top: thick, bottom: thin })];
  // Its place is counted from above: not every program of offices knows what hangs on the lower edge.
  const height = rowHeight * (copyLines + 1);
  return new Table({
    width: { size: fullWidth, type: 'dxa' },
    columnWidths: [fullWidth],
    layout: 'fixed',
    borders: { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none },
    float: {
      horizontalAnchor: 'page',
      verticalAnchor: 'page',
      absoluteHorizontalPosition: ofMillimetres(measures.margins.left),
      absoluteVerticalPosition: ofMillimetres(measures.margins.top + measures.area.height) - height,
      overlap: 'never',
    },
    rows: [
      ...copies,
      cell(paragraph([imprint.printedBy, imprint.printedOn], 0), {
        top: copies.length === 0 ? thick : thin,
        bottom: thick,
      }),
    ],
  });
}

/** `— 1 —`, on an odd page at the right, on an even one at the left, one character from the side. */
function pageNumber({ PageNumber, Paragraph, TextRun }: Library, side: 'left' | 'right'): Paragraph {
  const run = { font: font(fonts.song), size: halfPoints(recalled.pageNumberSize), characterSpacing: 0 };
  return new Paragraph({
    ...plain,
    alignment: side,
    indent: { [side]: twips(recalled.pageNumberSize) },
    spacing: { line: twips(recalled.pageNumberSize), lineRule: 'exact' },
    children: [new TextRun({ ...run, children: ['— ', PageNumber.CURRENT, ' —'] })],
  });
}

/** The days that a zip knows. A letter that has no day yet carries the first. */
const zipDays = { first: '1980-01-01', last: '2099-12-31' };

/** The library writes the present moment into the file and its zip. Both get the day of the letter instead. */
function datedAt(bytes: Uint8Array, day: string | null): Uint8Array {
  const parts = unzipSync(bytes);
  const date = day ?? zipDays.first;
  const core = 'docProps/core.xml';
  const text = new TextDecoder().decode(parts[core]);
  const dated = text.replaceAll(/(<dcterms:(created|modified)[^>]*>)[^<]*/g, `$1${date}T00:00:00Z`);
  parts[core] = new TextEncoder().encode(dated);
  const [, packed] = [zipDays.first, date, zipDays.last].sort();
  const [year, month, dayOfMonth] = packed!.split('-').map(Number);
  // The fastest packing: a letter is small, and a better one would take a third of the time of writing it.
  return zipSync(parts, { mtime: new Date(year!, month! - 1, dayOfMonth), level: 1 });
}
