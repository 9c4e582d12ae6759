import type { ITableCellOptions, Paragraph, Table } from 'docx';
import type { LaidBlock, LaidLetter } from '#domain/letter/laid-letter.ts';
import {
  certificateMeasures,
  characterPitch,
  linePitch,
  measures,
  pointsPerMillimetre,
  recalledMeasures as recalled,
} from '#domain/letter/measures.ts';
import { widthInCharacters } from '#domain/letter/text-width.ts';
import { writableParts } from '#domain/text/writable.ts';
import { type WordLibrary as Library, packWord, wordLibrary } from './word-file.ts';
import { wordRows } from './word-table.ts';
import { halfPoints, twips, wordFont } from './word-units.ts';

/** Names of the fonts on the machines of offices. Word takes another one where a machine has none of the name. */
const fonts = {
  body: '仿宋_GB2312',
  kai: '楷体_GB2312',
  hei: '黑体',
  title: '方正小标宋简体',
  song: '宋体',
} as const;

const red = 'FF0000';
const ofMillimetres = (millimetres: number) => twips(millimetres * pointsPerMillimetre);
/** Eighths of a point, of which Word counts the thickness of lines. */
const eighths = (points: number) => Math.round(points * 8);

/** Rounded down: 22 lines must fit. */
const line = Math.floor(linePitch * 20);
/**
 * 28 characters in a line, by a little less room for each. A grid of characters would do the same in Word, but other
 * programs of offices read its width in ways of their own.
 */
const body = {
  font: wordFont(fonts.body),
  size: halfPoints(measures.bodySize),
  characterSpacing: Math.floor((characterPitch - measures.bodySize) * 20),
};
const levelFonts = [fonts.hei, fonts.kai, fonts.body, fonts.body] as const;
const { tableSize } = recalled;
const fullWidth = ofMillimetres(measures.area.width);

const characters = (count: number) => twips(count * characterPitch);

/**
 * No room between ideographs and digits, because a line has 28 places, and every page is filled to its 22 lines. What all
 * paragraphs share stands in the defaults and in two styles: an editor changes it once, and it is written once.
 */
const plain = { autoSpaceEastAsianText: false, widowControl: false } as const;
const bodyStyle = {
  id: 'LetterBody',
  name: '公文正文',
  paragraph: { alignment: 'both', indent: { firstLine: characters(2), firstLineChars: 200 } },
} as const;
const cellStyle = {
  id: 'LetterCell',
  name: '公文表格',
  paragraph: { spacing: { line: twips(tableSize * 1.4), lineRule: 'exact' } },
  run: { size: halfPoints(tableSize), characterSpacing: 0 },
} as const;

/**
 * The letter as a Word file, to be edited and sent on: the same words and measures as the PDF, in the fonts that offices
 * have. Line ends inside paragraphs are Word's own. Equal letters give equal bytes.
 */
export async function writeWordLetter(given: LaidLetter): Promise<Uint8Array> {
  const letter = writableParts(given);
  const library = await wordLibrary();
  const { Document } = library;
  const { margins, sheet } = measures;
  const footer = (side: 'left' | 'right') => ({ children: [pageNumber(library, side)] });
  const document = new Document({
    evenAndOddHeaderAndFooters: true,
    compatibility: { version: 15 },
    styles: {
      // In place of the twenty styles that the library brings: a letter uses none of them.
      importedStyles: [
        new library.DocumentDefaults({
          run: { ...body, language: { eastAsia: 'zh-CN' } },
          paragraph: { ...plain, spacing: { line, lineRule: 'exact', before: 0, after: 0 } },
        }),
      ],
      paragraphStyles: [bodyStyle, cellStyle],
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
        ...(!letter.certificate && {
          footers: {
            default: new library.Footer(footer('right')),
            even: new library.Footer(footer('left')),
          },
        }),
        children: [
          ...(letter.certificate ? certificateHead(library, letter) : headOf(library, letter)),
          ...letter.body.flatMap((block, at) => blockOf(library, block, at === letter.body.length - 1)),
          ...attachmentsOf(library, letter),
          ...signatureOf(library, letter),
          ...(letter.certificate
            ? []
            : [
                imprintOf(library, letter),
                // Word wants a paragraph after a table. It has no height.
                new library.Paragraph({ spacing: { line: 20, lineRule: 'exact' }, children: [] }),
              ]),
        ],
      },
    ],
  });
  return packWord(document, { title: letter.title.join(''), author: letter.signature.signer, day: letter.day });
}

/** A run in the type of titles. */
const titled = ({ TextRun }: Pick<Library, 'TextRun'>, text: string, size: number, color?: string) =>
  new TextRun({
    text,
    font: wordFont(fonts.title),
    size: halfPoints(size),
    ...(color && { color }),
    characterSpacing: 0,
  });

function headOf({ Paragraph, TextRun }: Library, letter: LaidLetter): Paragraph[] {
  const { mark } = letter;
  const marks = mark.lines.map(
    (text, at) =>
      new Paragraph({
        alignment: 'center',
        spacing: {
          before: at === 0 ? ofMillimetres(recalled.markDrop) : twips(mark.size * 0.3),
          line: twips(mark.size),
          lineRule: 'exact',
        },
        children: [titled({ TextRun }, text, mark.size, red)],
      }),
  );
  const number = new Paragraph({
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
        alignment: 'center',
        spacing: {
          before: at === 0 ? recalled.linesBelowRule * line : 0,
          after: at === letter.title.length - 1 ? recalled.linesBelowTitle * line : 0,
          line: twips(linePitch + measures.titleSize - measures.bodySize),
          lineRule: 'exact',
        },
        children: [titled({ TextRun }, text, measures.titleSize)],
      }),
  );
  return [...marks, number, ...title, ...addresseesOf({ Paragraph, TextRun }, letter)];
}

const addresseesOf = ({ Paragraph, TextRun }: Pick<Library, 'Paragraph' | 'TextRun'>, { addressees }: LaidLetter) =>
  addressees === null ? [] : [new Paragraph({ alignment: 'both', children: [new TextRun({ text: addressees })] })];

/** A certificate begins with its title; the number stands below it at the right. */
function certificateHead({ Paragraph, TextRun }: Library, letter: LaidLetter): Paragraph[] {
  const { title: size, linesAbove, linesBelow } = certificateMeasures;
  const title = letter.title.map(
    (text, at) =>
      new Paragraph({
        alignment: 'center',
        spacing: { before: at === 0 ? linesAbove * line : 0, line: twips(size * 1.4), lineRule: 'exact' },
        children: [titled({ TextRun }, text, size)],
      }),
  );
  const number = new Paragraph({
    alignment: 'right',
    spacing: { before: linesBelow * line, after: line },
    children: [new TextRun({ text: letter.number, characterSpacing: 0 })],
  });
  return [...title, number, ...addresseesOf({ Paragraph, TextRun }, letter)];
}

/** @param isLast the end of the body stays with the signature: a signature does not stand alone on a page */
function blockOf(library: Library, block: LaidBlock, isLast: boolean): (Paragraph | Table)[] {
  const { Paragraph, TextRun } = library;
  if (block.kind === 'table') return tableOf(library, block, isLast);
  const isHeading = block.kind === 'heading';
  const run = isHeading ? { font: wordFont(levelFonts[block.level - 1]!) } : {};
  return [
    new Paragraph({
      style: bodyStyle.id,
      ...((isLast || (isHeading && block.leads)) && { keepNext: true }),
      ...(isHeading && { outlineLevel: block.level - 1 }),
      children: [new TextRun({ text: block.text, ...run })],
    }),
  ];
}

function tableOf(
  library: Library,
  { caption, columns, rows, breaks }: Extract<LaidBlock, { kind: 'table' }>,
  isLast: boolean,
): (Paragraph | Table)[] {
  const { Paragraph, Table, TextRun } = library;
  const { widths, row } = wordRows(library, {
    ...{ columns, width: fullWidth, style: cellStyle.id, headingFont: fonts.hei },
  });
  const title =
    caption === null
      ? []
      : [
          new Paragraph({
            alignment: 'center',
            keepNext: true,
            children: [new TextRun({ text: caption, font: wordFont(fonts.hei), size: halfPoints(tableSize) })],
          }),
        ];
  return [
    ...title,
    new Table({
      width: { size: fullWidth, type: 'dxa' },
      columnWidths: [...widths],
      layout: 'fixed',
      margins: { top: 60, bottom: 60, left: 100, right: 100 },
      rows: [
        row(
          columns.map(({ heading }) => heading),
          true,
          true,
        ),
        ...rows.map((cells, at) => row(cells, false, isLast && at === rows.length - 1, breaks[at])),
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
      alignment: 'right',
      spacing: { before },
      indent: { right: characters(right) },
      ...(keepNext && { keepNext }),
      keepLines: true,
      children: [new TextRun({ text })],
    });
  const { signer, signerRight, joint } = signature;
  const above = signature.linesAbove * line;
  const date = row(signature.date, signature.dateRight, 0, false);
  if (joint === null) return [row(signer, signerRight, above, true), date];
  if (joint.linesAbove !== null) {
    return [row(signer, signerRight, above, true), row(joint.name, joint.right, joint.linesAbove * line, true), date];
  }
  const end = (right: number) => ({ type: 'right' as const, position: fullWidth - characters(right) });
  const beside = new Paragraph({
    spacing: { before: above },
    tabStops: [end(signerRight), end(joint.right)],
    keepNext: true,
    keepLines: true,
    children: [signer, joint.name].flatMap((name) => [new TextRun({ children: ['\t'] }), new TextRun({ text: name })]),
  });
  return [beside, date];
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
  const run = { font: wordFont(fonts.song), size: halfPoints(recalled.pageNumberSize), characterSpacing: 0 };
  return new Paragraph({
    alignment: side,
    indent: { [side]: twips(recalled.pageNumberSize) },
    spacing: { line: twips(recalled.pageNumberSize), lineRule: 'exact' },
    children: [new TextRun({ ...run, children: ['— ', PageNumber.CURRENT, ' —'] })],
  });
}
