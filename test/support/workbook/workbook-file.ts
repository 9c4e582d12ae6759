import { crc32, deflateRawSync } from 'node:zlib';
import { readZipDirectory, unfold } from '#platform/documents/workbook/zip.ts';

/** One entry of a zip; keys beside name and content are written in place of the true values. */
export interface ZipPart {
  readonly name: string;
  readonly content: string | Buffer;
  readonly stored?: boolean;
  readonly claimed?: number;
  readonly crc?: number;
  readonly localName?: string;
  readonly flags?: number;
  readonly method?: number;
  /** The sizes stand in the field of zip64, as streaming writers write them even for small entries. */
  readonly long?: boolean;
  /** The entry points to the bytes of an earlier one. */
  readonly bytesOf?: string;
}

/** A zip made by hand, because tests need directories with false entries. */
export function zipOf(parts: readonly ZipPart[], { long = false, comment = '' } = {}): Uint8Array {
  const locals: Buffer[] = [];
  const entries: Buffer[] = [];
  const places = new Map<string, { offset: number; packed: Buffer }>();
  let length = 0;
  for (const part of parts) {
    const content = Buffer.from(part.content as string);
    const name = Buffer.from(part.name);
    let place = places.get(part.bytesOf ?? '');
    if (!place) {
      const packed = part.stored ? content : deflateRawSync(content);
      place = { offset: length, packed };
      places.set(part.name, place);
      const local = localHeader(part, Buffer.from(part.localName ?? part.name), packed, content);
      locals.push(local, packed);
      length += local.length + packed.length;
    }
    entries.push(directoryEntry(part, name, place.packed, content, place.offset));
  }
  const directory = Buffer.concat(entries);
  const end = endOf(parts.length, directory.length, length, long, comment);
  return new Uint8Array(Buffer.concat([...locals, directory, end]));
}

function fields(part: ZipPart, packed: Buffer, content: Buffer): [number, number, number] {
  return [part.crc ?? crc32(content), packed.length, part.claimed ?? content.length];
}

function localHeader(part: ZipPart, name: Buffer, packed: Buffer, content: Buffer): Buffer {
  const header = Buffer.alloc(30);
  const [crc, size, unfolded] = fields(part, packed, content);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(part.flags ?? 0x800, 6);
  header.writeUInt16LE(part.method ?? (part.stored ? 0 : 8), 8);
  header.writeUInt32LE(crc, 14);
  header.writeUInt32LE(size, 18);
  header.writeUInt32LE(unfolded, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name]);
}

function directoryEntry(part: ZipPart, name: Buffer, packed: Buffer, content: Buffer, offset: number): Buffer {
  const header = Buffer.alloc(46);
  const [crc, size, unfolded] = fields(part, packed, content);
  const extra = part.long ? longField(unfolded, size) : Buffer.alloc(0);
  header.writeUInt32LE(0x02014b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(20, 6);
  header.writeUInt16LE(part.flags ?? 0x800, 8);
  header.writeUInt16LE(part.method ?? (part.stored ? 0 : 8), 10);
  header.writeUInt32LE(crc, 16);
  header.writeUInt32LE(part.long ? 0xffffffff : size, 20);
  header.writeUInt32LE(part.long ? 0xffffffff : unfolded, 24);
  header.writeUInt16LE(name.length, 28);
  header.writeUInt16LE(extra.length, 30);
  header.writeUInt32LE(offset, 42);
  return Buffer.concat([header, name, extra]);
}

function longField(unfolded: number, size: number): Buffer {
  const field = Buffer.alloc(20);
  field.writeUInt16LE(1, 0);
  field.writeUInt16LE(16, 2);
  field.writeBigUInt64LE(BigInt(unfolded), 4);
  field.writeBigUInt64LE(BigInt(size), 12);
  return field;
}

function endOf(count: number, size: number, offset: number, long: boolean, comment: string): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(long ? 0xffff : count, 8);
  end.writeUInt16LE(long ? 0xffff : count, 10);
  end.writeUInt32LE(long ? 0xffffffff : size, 12);
  end.writeUInt32LE(long ? 0xffffffff : offset, 16);
  end.writeUInt16LE(comment.length, 20);
  const whole = Buffer.concat([end, Buffer.from(comment, 'latin1')]);
  if (!long) return whole;
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(44n, 4);
  record.writeBigUInt64LE(BigInt(count), 24);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  locator.writeUInt32LE(1, 16);
  return Buffer.concat([record, locator, whole]);
}

const xml = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relationships = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packages = 'http://schemas.openxmlformats.org/package/2006';

/** A worksheet part around rows, with XML before and after them. */
export function sheetXml(rows: string, { before = '', after = '' } = {}): string {
  return `${xml}<worksheet xmlns="${main}" xmlns:r="${relationships}">${before}<sheetData>${rows}</sheetData>${after}</worksheet>`;
}

/** The merged ranges of a worksheet, to stand after its rows. */
export function mergedXml(refs: readonly string[]): string {
  return `<mergeCells>${refs.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`;
}

/**
 * Rows of XML from rows of cells: numbers as numbers, texts in the cell itself; a text that begins with `<` is written
 * as it is.
 */
export function rowsXml(rows: ReadonlyArray<ReadonlyArray<string | number | null>>): string {
  const lines = rows.map((cells, row) => {
    const inside = cells.map((cell, column) => cellXml(cell, `${String.fromCharCode(65 + column)}${row + 1}`));
    return `<row r="${row + 1}">${inside.join('')}</row>`;
  });
  return lines.join('');
}

function cellXml(cell: string | number | null, place: string): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return `<c r="${place}"><v>${cell}</v></c>`;
  if (cell.startsWith('<')) return cell.replace('<c', `<c r="${place}"`);
  const escaped = cell.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<c r="${place}" t="inlineStr"><is><t xml:space="preserve">${escaped}</t></is></c>`;
}

interface SheetPlan {
  readonly name?: string;
  readonly state?: 'hidden' | 'veryHidden';
  /** The whole part. */
  readonly xml: string | Buffer;
}

interface BookPlan {
  readonly sheets: readonly SheetPlan[];
  readonly shared?: string;
  readonly styles?: string;
  readonly workbookPr?: string;
  /** Replaces or adds parts; `null` leaves one out. */
  readonly parts?: Readonly<Record<string, string | Buffer | null>>;
}

/** The parts of a workbook, as the smallest writers make them. */
export function partsOf({ sheets, shared, styles, workbookPr = '', parts = {} }: BookPlan): ZipPart[] {
  const type = (kind: string) => `application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml`;
  const lists = sheets.map(({ name, state }, index) => {
    const visibility = state ? ` state="${state}"` : '';
    return `<sheet name="${name ?? `表${index + 1}`}" sheetId="${index + 1}"${visibility} r:id="rId${index + 1}"/>`;
  });
  const links = [
    ...sheets.map((_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`]),
    ...(shared === undefined ? [] : [['sharedStrings', 'sharedStrings.xml']]),
    ...(styles === undefined ? [] : [['styles', 'styles.xml']]),
  ];
  const all: Record<string, string | Buffer | null> = {
    '[Content_Types].xml': `${xml}<Types xmlns="${packages}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${type('sheet.main')}"/></Types>`,
    '_rels/.rels': `${xml}<Relationships xmlns="${packages}/relationships"><Relationship Id="rId1" Type="${relationships}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/workbook.xml': `${xml}<workbook xmlns="${main}" xmlns:r="${relationships}">${workbookPr}<sheets>${lists.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${xml}<Relationships xmlns="${packages}/relationships">${links
      .map(
        ([kind, target], index) =>
          `<Relationship Id="rId${index + 1}" Type="${relationships}/${kind}" Target="${target}"/>`,
      )
      .join('')}</Relationships>`,
    ...(shared === undefined ? {} : { 'xl/sharedStrings.xml': `${xml}<sst xmlns="${main}">${shared}</sst>` }),
    ...(styles === undefined ? {} : { 'xl/styles.xml': `${xml}<styleSheet xmlns="${main}">${styles}</styleSheet>` }),
    ...Object.fromEntries(sheets.map((sheet, index) => [`xl/worksheets/sheet${index + 1}.xml`, sheet.xml])),
    ...parts,
  };
  return Object.entries(all).flatMap(([name, content]) => (content === null ? [] : [{ name, content }]));
}

/** A workbook from its parts. */
export function bookOf(plan: BookPlan): Uint8Array {
  return zipOf(partsOf(plan));
}

/** A workbook of one sheet with these rows of XML. */
export function bookOfRows(rows: string, plan: Omit<BookPlan, 'sheets'> = {}): Uint8Array {
  return bookOf({ ...plan, sheets: [{ xml: sheetXml(rows) }] });
}

/** A workbook of one sheet with these cells. */
export function bookOfCells(rows: ReadonlyArray<ReadonlyArray<string | number | null>>): Uint8Array {
  return bookOfRows(rowsXml(rows));
}

/** The same zip with checksums and sizes that are right for its bytes; works for stored entries only. */
export function repacked(bytes: Uint8Array): Uint8Array {
  const buffer = Buffer.from(bytes);
  const parts: ZipPart[] = [];
  let at = 0;
  while (at + 30 <= buffer.length && buffer.readUInt32LE(at) === 0x04034b50) {
    const size = buffer.readUInt32LE(at + 18);
    const nameLength = buffer.readUInt16LE(at + 26);
    const start = at + 30 + nameLength + buffer.readUInt16LE(at + 28);
    const name = buffer.toString('utf8', at + 30, at + 30 + nameLength);
    parts.push({ name, content: buffer.subarray(start, start + size), stored: true });
    at = start + size;
  }
  return zipOf(parts);
}

/** A workbook with one of its parts rewritten. */
export function withPart(bytes: Uint8Array, wanted: string, change: (xml: string) => string): Uint8Array {
  const entries = [...readZipDirectory(bytes).values()];
  return zipOf(
    entries.map((entry) => {
      const content = unfold(bytes, entry);
      return { name: entry.name, content: entry.name === wanted ? change(content.toString('utf8')) : content };
    }),
  );
}
