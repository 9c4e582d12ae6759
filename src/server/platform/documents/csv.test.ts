import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { guarded, withoutGuard } from '#domain/text/formula-guard.ts';
import { parseCsv, separators } from './csv.ts';
import { sheetOfCsv } from './sheet.ts';
import { decodeText } from './text-encoding.ts';
import { writeCsv } from './workbook.ts';

const parsed = (text: string) => parseCsv(text, ',');

describe('CSV', () => {
  it('keeps the text between separators, quotes and line breaks of every kind', () => {
    expect(parsed('a,"b ""c"", d",\r\n"1\n2",0123,5"屏\r\r\n').rows).toEqual([
      ['a', 'b "c", d', ''],
      ['1\n2', '0123', '5"屏'],
      [''],
    ]);
    expect(parsed('a,b').rows).toEqual([['a', 'b']]);
    expect(parsed('a,').rows).toEqual([['a', '']]);
    expect(parsed('').rows).toEqual([]);
  });

  it.each(separators)('separated by %j is read as written', (separator) => {
    const field = fc.string({ unit: fc.constantFrom('a', '学', '"', ',', ';', '\t', ' ', '1') });
    fc.assert(
      fc.property(fc.array(fc.array(field, { minLength: 1, maxLength: 5 }), { minLength: 1 }), (rows) => {
        const lines = rows.map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(separator));
        expect(parseCsv(lines.join('\r\n'), separator)).toEqual({ rows, fault: undefined });
      }),
    );
  });

  it('a quoted note may contain line breaks and separators', () => {
    const rows = ['校名,人数,备注', '一小,420,"已核,\n第二行"', '二小,186,', '三小,98,"a\nb\nc"'];
    expect(parsed(rows.join('\n')).fault).toBeUndefined();
    expect(parsed(['"学校\n名称","在校\n生数","备\n注"', ...rows.slice(1)].join('\n')).fault).toBeUndefined();
    expect(parsed(['"某县\n2025 学年"', ...rows].join('\n')).fault).toBeUndefined();
  });
});

describe('a quote that opens a field', () => {
  it('and is never closed is refused with the place where it was opened', () => {
    const text = ['校名,人数,册数', '一小,420,6300', '"二小,186,3906', '三小,655,7205'].join('\n');
    expect(parsed(text)).toEqual({
      rows: [
        ['校名', '人数', '册数'],
        ['一小', '420', '6300'],
      ],
      fault: { row: 3, nextRow: undefined },
    });
  });

  it.each([
    ['where the next one opens a field', '甲,1,"已核\n乙,2,\n丙,3,"已核', { row: 1, nextRow: 3 }],
    ['where something stands behind the next one', '甲,1,2\n"乙,2,3\n丙"小学,3,4', { row: 2, nextRow: 3 }],
    ['inside its own row', '甲,"1"2,3', { row: 1, nextRow: 1 }],
  ])('and %s', (_, text, fault) => expect(parsed(text).fault).toEqual(fault));

  it('and is closed by the quote of any later row, at any place, is refused with the place where it was opened', () => {
    const cell = fc.stringMatching(/^[一-龥0-9]{1,4}$/);
    const table = fc.integer({ min: 2, max: 6 }).chain((width) =>
      fc.record({
        width: fc.constant(width),
        rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 12, maxLength: 20 }),
        open: fc.record({ row: fc.integer({ min: 1, max: 4 }), column: fc.nat(width - 1) }),
        close: fc.record({ after: fc.integer({ min: 1, max: 3 }), column: fc.nat(width - 1) }),
        // The later quote stands behind its field, before it, or around it.
        how: fc.constantFrom('behind', 'before', 'around'),
      }),
    );
    fc.assert(
      fc.property(table, ({ rows, open, close, how }) => {
        const written = rows.map((row) => [...row]);
        written[open.row]![open.column] = `"${written[open.row]![open.column]}`;
        const later = written[open.row + close.after]!;
        const text = later[close.column]!;
        later[close.column] = { behind: `${text}"`, before: `"${text}`, around: `"${text}"` }[how];
        const { fault } = parsed(written.map((row) => row.join(',')).join('\n'));
        expect(fault?.row).toBe(open.row + 1);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a text that begins like a formula', () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '＝', '＋', '－', '＠', '"', ',', 'a', '一', ' ') }),
    fc.string({ unit: 'grapheme' }).filter((one) => !one.includes('\0')),
  );

  it('is written as a text and read back unchanged', () => {
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 1, maxLength: 4 }), { minLength: 1 }), (rows) => {
        const bytes = writeCsv(rows);
        const { rows: read } = parsed(decodeText(bytes).texts![0]!);
        for (const field of read.flat()) expect(field).not.toMatch(/^[=+\-@＝＋－＠\t\r]/);
        expect(read.map((row) => row.map(withoutGuard))).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it('names keep their sign and their apostrophe in a sheet', () => {
    const names = ['=一小', '+二小', '-三小', '@四小', "'=五小", "'六小", '＝七小', "''八小"];
    const [row] = sheetOfCsv(parsed(decodeText(writeCsv([names])).texts![0]!).rows).rows;
    expect(row!.map((cell) => cell?.text)).toEqual(names);
    expect(names.map(guarded)).toEqual([
      "'=一小",
      "'+二小",
      "'-三小",
      "'@四小",
      "''=五小",
      "'六小",
      "'＝七小",
      "''八小",
    ]);
  });

  it('the text that other programs write as ="0123" is read as shown', () => {
    const [row] = sheetOfCsv(parsed('="420","=""0123""","=""a """"b""""""",=1+1,=""').rows).rows;
    expect(row!.map((cell) => cell?.text)).toEqual(['420', '0123', 'a "b"', '=1+1', undefined]);
  });
});
