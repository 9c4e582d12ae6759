import { expect, it } from 'vitest';
import { atOnce } from '#test/support/workbook/at-once.ts';
import { bookOf, rowsXml, sheetXml } from '#test/support/workbook/workbook-file.ts';
import { sheetOfWorkbook } from '../sheet.ts';
import { readWorkbook } from '../workbook-read.ts';
import { hiddenNotes, hiddenSheetNote } from './hidden-notes.ts';

it('name the first of many rows, only rows that were read, and nothing where all are visible', async () => {
  const rows = rowsXml(Array.from({ length: 12 }, (_, row) => [row])).replaceAll('<row ', '<row hidden="1" ');
  const book = await readWorkbook(bookOf({ sheets: [{ name: '表', xml: sheetXml(rows) }] }));
  const sheet = atOnce(sheetOfWorkbook(book.sheets[0]!));
  expect(hiddenNotes(sheet, [2, 3, 2], [0])).toEqual(['工作表“表”的第 3、4 行是隐藏的，已照常读取。']);
  expect(hiddenNotes(sheet, [...Array(12).keys()], [0])).toEqual([
    '工作表“表”的第 1、2、3、4、5 行等 12 行是隐藏的，已照常读取。',
  ]);
  expect(hiddenNotes(sheet, [20], [1])).toEqual([]);
  expect(hiddenSheetNote([])).toEqual([]);
  expect(hiddenSheetNote(['旧', '更旧'])[0]).toContain('“旧”、“更旧”没有读取');
});
