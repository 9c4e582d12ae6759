import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { damaged, refusal, tooLarge, varied } from '#test/support/workbook/refusal.ts';
import { bookOf, bookOfRows, mergedXml, rowsXml, sheetXml } from '#test/support/workbook/workbook-file.ts';
import { columnName } from '../cell-address.ts';
import { readLimits } from '../workbook-read.ts';
import { parseWorkbook } from './parse.ts';

const rows = rowsXml([['甲', 7]]);

describe('more than anybody fills in', () => {
  const around = (inside: string, after: string, before = '') =>
    bookOf({ sheets: [{ xml: sheetXml(inside, { after, before }) }] });

  it('300,000 rows with only a style are read in a moment', async () => {
    const styled = Array.from(
      { length: 300_000 },
      (_, row) => `<row r="${row + 2}" s="1" customFormat="1"><c r="A${row + 2}" s="1"/></row>`,
    );
    const { code, moments } = await refusal(bookOfRows(rows + styled.join('')));
    expect(code).toBe('read');
    expect(moments).toBeLessThan(200);
  });

  it('millions of empty cells are refused by the count of walked cells', async () => {
    const { code, sentence, moments } = await refusal(bookOfRows(`<row r="1">${varied('<c/>', 10_500_000)}</row>`));
    expect([code, sentence]).toEqual(['import.damaged', expect.stringContaining('位置不合规')]);
    expect(moments).toBeLessThan(300);
    const many = await refusal(bookOfRows(varied(`<row>${'<c/>'.repeat(8)}</row>`, 1_000_000)));
    expect(many).toMatchObject(tooLarge('5000000 个单元格'));
    expect(many.moments).toBeLessThan(300);
  });

  it('texts without end are refused before they fill the memory', async () => {
    const long = `<si><t>${varied('长', 1_200_000)}</t></si>`;
    expect(await refusal(bookOfRows('<row r="1"><c t="s"><v>0</v></c></row>', { shared: long }))).toMatchObject(
      tooLarge('60 MB'),
    );
    const runs = `<si>${varied(`<r><t>${'长'.repeat(100)}</t></r>`, 20_000)}</si>`;
    expect(await refusal(bookOfRows('<row r="1"><c t="s"><v>0</v></c></row>', { shared: runs }))).toMatchObject(
      tooLarge('60 MB'),
    );
    const own = randomBytes(900_000).toString('base64');
    for (const inside of [`<v>${varied('x', 8)}${own}</v>`, `<v>${own}</v>`, `<is><t>${own}</t></is>`]) {
      expect(await refusal(bookOfRows(`<row r="1"><c t="str">${inside}</c></row>`))).toMatchObject(tooLarge('60 MB'));
    }
    // The same where no cell names the text: the text is not read.
    expect((await refusal(bookOfRows(rows, { shared: long }))).code).toBe('read');
  });

  it('one text that very many cells name is counted for each cell', async () => {
    const shared = `<si><t>${'长'.repeat(600)}</t></si>`;
    const lines = Array.from({ length: 140 }, () => `<row>${'<c t="s"><v>0</v></c>'.repeat(100)}</row>`);
    expect(await refusal(bookOfRows(lines.join(''), { shared }))).toMatchObject(tooLarge('8000000 个字'));
  });

  it('columns, filters and texts without number count as walked, too', async () => {
    const limits = { ...readLimits, walked: 1000 };
    for (const bytes of [
      around(rows, '<autoFilter ref="A1:B9"><filterColumn/></autoFilter>'.repeat(501)),
      around(rows, '', `<cols>${'<col min="1" max="16384"/>'.repeat(1001)}</cols>`),
      bookOfRows(rows, { shared: '<si/>'.repeat(1001) }),
    ]) {
      await expect(parseWorkbook(bytes, limits)).rejects.toMatchObject({ code: 'import.tooLarge' });
    }
  });

  const far = '<row r="1"><c r="A1"><v>1</v></c><c r="AMJ1"><v>1</v></c></row>';
  const filter = '<autoFilter ref="A1:B1048576"><filterColumn colId="0"><filters/></filterColumn></autoFilter>';

  it.each([
    ['merged', around(far, varied('<mergeCell ref="A1:A1048576"/>', 200_000))],
    ['filtered', around(far, varied(filter, 50_000))],
    ['hidden', around(far, '', `<cols>${varied('<col min="1" max="16384" hidden="1"/>', 100_000)}</cols>`)],
  ])('very many %s ranges are refused by their count', async (_, bytes) => {
    expect(await refusal(bytes)).toMatchObject(tooLarge('10000 个合并、筛选和隐藏的范围'));
  });

  it('merged ranges that overlap are refused by the place', async () => {
    const refs = Array.from({ length: 500 }, () => 'B2:B1048576');
    const last = '<row r="3"><c r="C3"><v>1</v></c></row>';
    expect(await refusal(around(far + last, mergedXml(refs)))).toMatchObject(damaged('B2 互相重叠'));
    expect(await refusal(around(far + last, mergedXml(['B2:D3', 'A1:B2'])))).toMatchObject(damaged('B2 互相重叠'));
    expect((await refusal(around(far + last, mergedXml(['A2:B3', 'A1:D1', 'C2:D3'])))).code).toBe('read');
  });

  it('ranges reach no farther than the rows and columns that hold something', async () => {
    const hiddenRows = varied('<row hidden="1"/>', 100_000);
    const bytes = around(
      `<row r="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="1"><c r="B2"><v>1</v></c></row>${hiddenRows}`,
      `${filter}${mergedXml(['A1:A1048576', 'B1:XFD1', 'D1:E9', 'A3:B9'])}`,
      '<cols><col min="2" max="16384" hidden="1"/></cols>',
    );
    const [sheet] = (await parseWorkbook(bytes, readLimits)).sheets;
    expect(sheet!.merges).toEqual([{ top: 0, left: 0, bottom: 1, right: 0 }]);
    expect([...sheet!.hiddenRows]).toEqual([[1, 'filtered']]);
    expect([...sheet!.hiddenColumns]).toEqual([1]);
  });

  it('a text merged over very many cells is counted for each of them', async () => {
    const letters = Array.from({ length: 600 }, (_, index) => columnName(index));
    const texts = letters.map((column) => `<c r="${column}2" t="inlineStr"><is><t>甲</t></is></c>`);
    const bytes = around(
      `<row r="2">${texts.join('')}</row><row r="6000"><c r="ZZ6000"><v>1</v></c></row>`,
      mergedXml(letters.map((column) => `${column}2:${column}1048576`)),
    );
    expect(await refusal(bytes)).toMatchObject(tooLarge('60000 个被合并的单元格'));
  });
});
