import { Document, ImageRun, Packer, Paragraph, Table, TableCell, TableRow, TextRun } from 'docx';
import { buildWorkbook } from '#platform/documents/workbook.ts';
import type { Written } from './texts.ts';

/** A picture as the bytes of a JPEG, with its pixels. */
export interface Jpeg {
  readonly bytes: Uint8Array;
  readonly width: number;
  readonly height: number;
}

const paragraph = (text: string) => new Paragraph({ children: [new TextRun(text)] });

/** A Word document, with a picture behind the text where there is one. */
export async function writeWord({ title, paragraphs, rows }: Written, picture?: Jpeg): Promise<Uint8Array> {
  const table = rows.map(
    (row) => new TableRow({ children: row.map((text) => new TableCell({ children: [paragraph(text)] })) }),
  );
  const image = picture && {
    type: 'jpg' as const,
    data: picture.bytes,
    transformation: { width: 480, height: Math.round((480 * picture.height) / picture.width) },
  };
  const document = new Document({
    sections: [
      {
        children: [
          ...[title, ...paragraphs].map(paragraph),
          ...(table.length === 0 ? [] : [new Table({ rows: table })]),
          ...(image === undefined ? [] : [new Paragraph({ children: [new ImageRun(image)] })]),
        ],
      },
    ],
  });
  return Packer.toBuffer(document);
}

/** A workbook with the title, the paragraphs and the table below each other. */
export function writeSheet({ title, paragraphs, rows }: Written): Promise<Uint8Array> {
  const value = (text: string) => (/^\d{1,9}(\.\d{1,4})?$/.test(text) ? Number(text) : text);
  return buildWorkbook([
    {
      name: '表一',
      columnWidths: [30, 14, 14, 20],
      rows: [
        ...[title, ...paragraphs].map((text) => [{ value: text }]),
        ...rows.map((row) => row.map((text) => ({ value: value(text) }))),
      ],
    },
  ]);
}

const sheetSize = { width: 595, height: 842 };
const lineLength = 40;
const linesOnPage = 40;

/**
 * A PDF with Chinese text in a font that it names and does not carry, as old programs of offices write it: a reader must
 * have the tables of the character set.
 */
export function writeTextPdf({ title, paragraphs, rows }: Written): Uint8Array {
  const lines = [title, ...paragraphs, ...rows.map((row) => row.join('  '))].flatMap((text) => {
    const cut = text.match(new RegExp(`.{1,${lineLength}}`, 'gu'));
    return cut ?? [];
  });
  const pages: string[] = [];
  for (let at = 0; at < lines.length; at += linesOnPage) {
    const shown = lines.slice(at, at + linesOnPage).map((line) => {
      const units = Array.from({ length: line.length }, (_, unit) =>
        line.charCodeAt(unit).toString(16).padStart(4, '0'),
      );
      return `<${units.join('')}> Tj T*`;
    });
    pages.push(`BT /F1 12 Tf 18 TL 50 780 Td\n${shown.join('\n')}\nET`);
  }
  const font = [
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>',
  ];
  return pdfOf(
    font,
    pages.map((content) => ({ content, resources: '/Font << /F1 3 0 R >>' })),
  );
}

/** A PDF of scanned pages: each is one picture within a margin (points), and no text. */
export function writeScanPdf(pictures: readonly Jpeg[], margin: number): Uint8Array {
  const images = pictures.map(({ bytes, width, height }) => ({
    head: `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode`,
    bytes,
  }));
  return pdfOf(
    images,
    pictures.map(({ width, height }, at) => {
      const scale = Math.min((sheetSize.width - 2 * margin) / width, (sheetSize.height - 2 * margin) / height);
      const [across, down] = [width * scale, height * scale];
      const [left, bottom] = [(sheetSize.width - across) / 2, (sheetSize.height - down) / 2];
      return {
        content: `q ${across} 0 0 ${down} ${left} ${bottom} cm /I Do Q`,
        resources: `/XObject << /I ${at + 3} 0 R >>`,
      };
    }),
  );
}

type PdfObject = string | { readonly head: string; readonly bytes: Uint8Array };

/** The objects from the third on are those given; behind them each page and its content. */
function pdfOf(
  given: readonly PdfObject[],
  pages: readonly { readonly content: string; readonly resources: string }[],
): Uint8Array {
  const firstPage = 3 + given.length;
  const objects: PdfObject[] = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, at) => `${firstPage + 2 * at} 0 R`).join(' ')}] >>`,
    ...given,
    ...pages.flatMap(({ content, resources }, at): PdfObject[] => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 ${sheetSize.width} ${sheetSize.height}] /Resources << ${resources} >> /Contents ${firstPage + 2 * at + 1} 0 R >>`,
      { head: '', bytes: Buffer.from(content) },
    ]),
  ];
  const parts: Buffer[] = [Buffer.from('%PDF-1.4\n')];
  const places: number[] = [];
  let length = parts[0]!.length;
  const put = (bytes: Buffer) => {
    parts.push(bytes);
    length += bytes.length;
  };
  for (const [at, object] of objects.entries()) {
    places.push(length);
    if (typeof object === 'string') put(Buffer.from(`${at + 1} 0 obj\n${object}\nendobj\n`));
    else {
      put(Buffer.from(`${at + 1} 0 obj\n<< ${object.head} /Length ${object.bytes.length} >>\nstream\n`));
      put(Buffer.from(object.bytes));
      put(Buffer.from('\nendstream\nendobj\n'));
    }
  }
  const table = places.map((place) => `${String(place).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  parts.push(
    Buffer.from(
      `xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${length}\n%%EOF`,
    ),
  );
  return Buffer.concat(parts);
}
