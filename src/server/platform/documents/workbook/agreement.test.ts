import { type CellObject, read, SSF, utils, type WorkSheet, write } from '@e965/xlsx';
import exceljs from 'exceljs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isProblem } from '#domain/kit/problem.ts';
import { repacked } from '#test/support/workbook/workbook-file.ts';
import { readLimits } from '../workbook-read.ts';
import { showsDay } from './cell/number-format.ts';
import { fifteenDigitText, scanNumber, toFifteenDigits } from './cell/number-text.ts';
import { dayOfSerial, serialOfIso } from './cell/serial-day.ts';
import { parseWorkbook } from './parse.ts';
import { type ReadCell, ReadSheet } from './sheet.ts';

/** One cell in a form to which the results of both readers can be converted. */
type Plain = readonly [row: number, column: number, kind: string, value: unknown];

async function ours(bytes: Uint8Array): Promise<Plain[][]> {
  const book = await parseWorkbook(bytes, readLimits);
  return book.sheets.map((sheet) => new ReadSheet(sheet, book).cells.map(plainOf));
}

function plainOf(cell: ReadCell): Plain {
  const { row, column, kind } = cell;
  if (kind === 'number' || kind === 'date') return [row, column, kind, cell.raw];
  return [row, column, kind, kind === 'empty' ? '' : cell.value];
}

const codes: Readonly<Record<number, string>> = { 7: '#DIV/0!', 15: '#VALUE!', 42: '#N/A' };

function theirs(bytes: Uint8Array): Plain[][] {
  const book = read(bytes, { type: 'array', dense: true, cellNF: true, cellText: false, cellFormula: true });
  return book.SheetNames.map((name) => {
    const rows = (book.Sheets[name]!['!data'] ?? []) as (CellObject | undefined)[][];
    return rows.flatMap((cells, row) =>
      cells.flatMap((cell, column) => {
        const plain = cell && theirCell(cell);
        return plain ? [[row, column, ...plain] as const] : [];
      }),
    );
  });
}

function theirCell({ t, v, z, f }: CellObject): readonly [string, unknown] | undefined {
  if (v === undefined) return f === undefined ? undefined : ['empty', ''];
  if (t === 'n') return [SSF.is_date(String(z ?? 'General')) ? 'date' : 'number', v === 0 ? 0 : v];
  if (t === 'b') return ['boolean', v];
  if (t === 'e') return ['error', codes[Number(v)]];
  // An intended difference: a cell with nothing but blanks does not count as a cell.
  return String(v).trim() === '' ? undefined : ['text', v];
}

/** Whole characters that XML can hold; XML itself changes a lone carriage return. */
const text = fc
  .string({
    unit: fc.oneof(fc.constantFrom(...'学校县区 <>&"\'_x&;\n-=𠮷㐀'), fc.string({ unit: 'grapheme', maxLength: 1 })),
    maxLength: 12,
  })
  .filter((one) => !/(?![\t\n])[\p{Cc}\p{Surrogate}\ufffe\uffff]/u.test(one) && !/_x[\da-f]{4}_/i.test(one));
const number = fc.oneof(
  fc.integer({ min: -1_000_000, max: 1_000_000 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
  fc.integer({ min: 0, max: 100_000 }).map((cents) => cents / 100),
);
const day = fc.tuple(
  fc.double({ min: 61, max: 60_000, noNaN: true }),
  fc.constantFrom('yyyy-mm-dd', 'm/d/yy h:mm', '[h]:mm', 'yyyy"年"'),
);
type Content =
  | string
  | number
  | boolean
  | { serial: number; format: string }
  | { error: '#N/A' | '#DIV/0!' }
  | { formula: number | string | undefined }
  | null;
const content: fc.Arbitrary<Content> = fc.oneof(
  fc.constant(null),
  text,
  number,
  fc.boolean(),
  day.map(([serial, format]) => ({ serial, format })),
  fc.constantFrom({ error: '#N/A' as const }, { error: '#DIV/0!' as const }),
  fc
    .oneof(
      number,
      text.filter((one) => one.trim() !== ''),
    )
    .map((formula) => ({ formula })),
);
const grid = fc.array(fc.array(content, { maxLength: 7 }), { maxLength: 7 });

/** The expected reading of a grid, independent of its writer. */
function expectedOf(rows: readonly (readonly Content[])[]): Plain[] {
  return rows.flatMap((cells, row) =>
    cells.flatMap((cell, column): Plain[] => {
      const kind = kindOf(cell);
      return kind ? [[row, column, ...kind]] : [];
    }),
  );
}

function kindOf(cell: Content): readonly [string, unknown] | undefined {
  if (cell === null) return undefined;
  if (typeof cell === 'number') return ['number', cell === 0 ? 0 : cell];
  if (typeof cell === 'boolean') return ['boolean', cell];
  if (typeof cell === 'string') return cell.trim() === '' ? undefined : ['text', cell];
  if ('serial' in cell) return ['date', cell.serial];
  if ('error' in cell) return ['error', cell.error];
  return cell.formula === undefined ? ['empty', ''] : kindOf(cell.formula);
}

function bySheetJs(
  rows: readonly (readonly Content[])[],
  options: { bookSST: boolean; compression: boolean },
): Uint8Array {
  const sheet: WorkSheet = { '!ref': 'A1:H8' };
  rows.forEach((cells, r) => {
    cells.forEach((cell, c) => {
      if (cell !== null) sheet[utils.encode_cell({ r, c })] = sheetJsCell(cell);
    });
  });
  const book = utils.book_new();
  utils.book_append_sheet(book, sheet, '表');
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx', ...options }));
}

function sheetJsCell(cell: Exclude<Content, null>): CellObject {
  if (typeof cell === 'number') return { t: 'n', v: cell };
  if (typeof cell === 'boolean') return { t: 'b', v: cell };
  if (typeof cell === 'string') return { t: 's', v: cell };
  if ('serial' in cell) return { t: 'n', v: cell.serial, z: cell.format };
  if ('error' in cell) return { t: 'e', v: cell.error === '#N/A' ? 42 : 7 };
  return { ...sheetJsCell(cell.formula ?? ''), f: '1+1' };
}

async function byExcelJs(rows: readonly (readonly Content[])[]): Promise<Uint8Array> {
  const book = new exceljs.Workbook();
  const sheet = book.addWorksheet('表');
  rows.forEach((cells, row) => {
    cells.forEach((cell, column) => {
      const place = sheet.getCell(row + 1, column + 1);
      if (typeof cell === 'object' && cell !== null && 'serial' in cell) {
        place.value = cell.serial;
        place.numFmt = cell.format;
      } else if (typeof cell === 'object' && cell !== null && 'formula' in cell) {
        place.value = { formula: '1+1', ...(cell.formula === undefined ? {} : { result: cell.formula }) };
      } else place.value = cell as exceljs.CellValue;
    });
  });
  return new Uint8Array(await book.xlsx.writeBuffer());
}

/** Per property. It also ends the search for the smallest case, which goes on for long after a workbook has failed. */
const bounds = { interruptAfterTimeLimit: 4000 };

describe('random workbooks', () => {
  it('of SheetJS are read as written, and as SheetJS reads them', async () => {
    await fc.assert(
      fc.asyncProperty(grid, fc.record({ bookSST: fc.boolean(), compression: fc.boolean() }), async (rows, options) => {
        const bytes = bySheetJs(rows, options);
        const [read] = await ours(bytes);
        expect(read).toEqual(expectedOf(rows));
        expect(read).toEqual(theirs(bytes)[0]);
      }),
      { ...bounds, numRuns: 150 },
    );
  });

  it('of exceljs are read as written, and as SheetJS reads them', async () => {
    const withUnknown = fc.array(fc.array(fc.oneof(content, fc.constant({ formula: undefined })), { maxLength: 7 }), {
      maxLength: 7,
    });
    await fc.assert(
      fc.asyncProperty(withUnknown, async (rows) => {
        const bytes = await byExcelJs(rows);
        const [read] = await ours(bytes);
        expect(read).toEqual(expectedOf(rows));
        // An intended difference: SheetJS skips a formula without a stored result.
        expect(read!.filter(([, , kind]) => kind !== 'empty')).toEqual(theirs(bytes)[0]);
      }),
      { ...bounds, numRuns: 60 },
    );
  });

  it('with changed bytes are either read or refused with a sentence', async () => {
    const book = bySheetJs(
      [
        ['甲', 7, { serial: 45_901, format: 'yyyy' }],
        [{ formula: 3 }, true, { error: '#N/A' }],
      ],
      { bookSST: true, compression: false },
    );
    const begin = Buffer.from(book).indexOf('<sheetData');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'<>/"\'=&! cvrt\0\u00ff9')), { minLength: 1, maxLength: 4 }),
        async (changes) => {
          const bytes = book.slice();
          for (const [at, sign] of changes) bytes[begin + (at % 900)] = sign.charCodeAt(0);
          await withoutChecksums(bytes);
        },
      ),
      { ...bounds, numRuns: 400 },
    );
  });
});

/** Reads a workbook whose bytes were changed; only refusals with a sentence may be thrown. */
async function withoutChecksums(bytes: Uint8Array): Promise<void> {
  try {
    await parseWorkbook(repacked(bytes), readLimits);
  } catch (error) {
    if (!isProblem(error)) throw error;
  }
}

describe('numbers', () => {
  const scan = (written: string) => {
    const into = { value: Number.NaN, long: false, inexact: false };
    const bytes = Buffer.from(` ${written} `);
    return scanNumber(bytes, 0, bytes.length, into) ? into : undefined;
  };

  /** JavaScript's own reading; zero has no sign, and too large a value does not count as a number. */
  const plainNumber = (written: string) => (Number.isFinite(Number(written)) ? Number(written) || 0 : undefined);

  it('are scanned as JavaScript itself reads them', () => {
    const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(finite, fc.integer({ min: 0, max: 20 }), (value, digits) => {
        for (const written of [
          String(value),
          value.toExponential(digits),
          value.toPrecision(digits + 1),
          value.toFixed(digits),
        ]) {
          expect(scan(written)?.value).toBe(plainNumber(written));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('are rejected where XML Schema rejects them', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789+-.eExN_ ,'), maxLength: 8 }), (written) => {
        const isNumber =
          /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(written) && Number.isFinite(Number(written));
        expect(scan(written)?.value).toBe(isNumber ? plainNumber(written) : undefined);
      }),
      { numRuns: 3000 },
    );
  });

  it('to fifteen digits equal the nearest decimal of fifteen digits', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        const short = toFifteenDigits(value);
        expect(Object.is(short, -0) ? 0 : short).toBe(Number(value.toPrecision(15)) || 0);
        expect(Number(fifteenDigitText(value))).toBe(short || 0);
        expect(toFifteenDigits(short)).toBe(short);
      }),
      { numRuns: 2000 },
    );
  });
});

it('formats show days where SheetJS says so, too', () => {
  const pieces = [
    'yyyy',
    'm',
    'd',
    'h:mm',
    '0.00',
    '#,##0',
    '"日"',
    '\\d',
    '_)',
    '[Red]',
    '[$-804]',
    ';',
    '@',
    '0.00E+00',
    ' ',
    '-',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 5 }), (parts) => {
      const code = parts.join('');
      // A section behind the first shows other numbers. Our reader asks whether any of them shows days; SheetJS does
      // too.
      expect([code, showsDay(code)]).toEqual([code, Boolean(SSF.is_date(code))]);
    }),
    { numRuns: 2000 },
  );
});

it('of days become the same days as in SheetJS', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2_958_465 }), fc.boolean(), (serial, from1904) => {
      const theirDay = SSF.parse_date_code(serial, { date1904: from1904 }) as { y: number; m: number; d: number };
      const two = (part: number) => String(part).padStart(2, '0');
      const known = serial !== 60 && !(from1904 && serial > 2_957_003);
      fc.pre(known);
      expect(dayOfSerial(serial, from1904)).toBe(`${theirDay.y}-${two(theirDay.m)}-${two(theirDay.d)}`);
      expect(serialOfIso(dayOfSerial(serial, from1904)!, from1904)).toBe(serial);
    }),
    { numRuns: 2000 },
  );
});
