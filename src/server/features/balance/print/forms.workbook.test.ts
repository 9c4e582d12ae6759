import type exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import { readZipDirectory, unfold } from '#platform/documents/workbook/zip.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { juniorFigures, layBalanceYear, primaryFigures } from '#test/support/balance/year.ts';
import { units } from '#test/support/scenario.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';
import { balanceFeature } from '../balance.feature.ts';
import { prepareBalance } from '../standard/shipped-standards.act.ts';

const licheng = units.licheng.id;
let app: TestApp;

beforeAll(async () => {
  app = await openTestApp({ features: [balanceFeature] });
  await layBalanceYear(app.owner, 2025, [
    { id: 101, county: licheng, values: primaryFigures(400) },
    { id: 102, county: licheng, values: { ...primaryFigures(300, 1.3), 小学县级以上骨干教师数: 2.9994 } },
    { id: 103, county: licheng, type: '311', values: juniorFigures(800) },
  ]);
  await prepareBalance(app.services.pool, app.services.now);
});
afterAll(() => app?.close());

const input = (standard: string) => ({ params: { countyId: licheng }, query: { standard, year: 2025 } });

const book = (reply: { body: Uint8Array }) => loadBook(reply.body);

/** The row whose first cell holds a text, as values. */
function row(sheet: exceljs.Worksheet | undefined, first: string): unknown[] {
  for (let number = 1; number <= (sheet?.rowCount ?? 0); number += 1) {
    const values = sheet!.getRow(number).values as unknown[];
    if (values[1] === first) return values.slice(1);
  }
  throw new Error(`no row begins with ${first}`);
}

describe('official tables', () => {
  it('表Ⅲ has means with two and coefficients with three decimals, a mean of seven for information', async () => {
    const reply = await app.as('countyOfficer').call(balance.balanceForm, input('quality-2017'));
    expect(reply.fileName).toBe('表Ⅲ_鲤城区_2025 学年_优质均衡 2017.xlsx');
    const sheet = (await book(reply)).getWorksheet('表Ⅲ')!;
    const cells = row(sheet, '小学');
    const area = (400 * 5.5 + 300 * 5.5 * 1.3) / 700;
    expect(cells[5]).toBe(Math.round(area * 100) / 100);
    expect(sheet.getCell('A2').value).toContain('（教督〔2017〕6号，原文）');
    const head = row(sheet, '学段');
    expect(head[5]).toContain('生均教学及辅助用房面积');
    expect(head.at(-1)).toBe('综合');
    const found = sheet
      .getSheetValues()
      .flat()
      .filter((value) => typeof value === 'string');
    expect(found.join()).not.toContain('达到均衡');
  });

  it('表Ⅱ rounds what it prints and judges what it does not: 0.9998 reads 1.00 and is not reached', async () => {
    const reply = await app.as('countyOfficer').call(balance.complianceForm, input('quality-2017'));
    const workbook = await book(reply);
    for (const { name } of workbook.worksheets) {
      expect(workbook.getWorksheet(name)!.getCell('A2').value).toContain('（教督〔2017〕6号，原文）');
    }
    const cells = row(workbook.getWorksheet('表Ⅱ-2'), '第102校');
    expect(cells[7]).toBe(1);
    expect(cells.at(-1)).toContain('第 2 项达到 85%');
    expect(cells[5]).toBe(7);
    expect(row(workbook.getWorksheet('表Ⅱ-1'), '小学').slice(1, 6)).toEqual([2, '达标学校数（所）', 2, 1, 2]);
  });

  it('come for all counties at once, with a list that names those without a run', async () => {
    const query = { standard: 'quality-2017', year: 2025 };
    const reply = await app.as('cityOfficer').call(balance.cityForms, { query });
    expect(reply.fileName).toBe('均衡监测报表_2025 学年_优质均衡 2017.zip');
    const directory = readZipDirectory(reply.body);
    const names = [...directory.values()].map(({ name }) => name);
    expect(names).toEqual([
      '目录.csv',
      ...['表Ⅱ', '表Ⅲ', '复算表'].map((title) => `鲤城区/${title}_鲤城区_2025 学年_优质均衡 2017.xlsx`),
    ]);
    const bytesOf = (name: string) => unfold(reply.body, [...directory.values()].find((entry) => entry.name === name)!);
    const single = await book(await app.as('countyOfficer').call(balance.balanceForm, input('quality-2017')));
    const zipped = await book({ body: new Uint8Array(bytesOf(names[2]!)) });
    expect(zipped.getWorksheet('表Ⅲ')!.getSheetValues()).toEqual(single.getWorksheet('表Ⅲ')!.getSheetValues());
    const [head, ...lines] = new TextDecoder().decode(bytesOf('目录.csv')).trim().split('\r\n');
    expect(head).toContain('单位,结论,标准,版本');
    expect(lines.filter((line) => line.startsWith('鲤城区,'))).toEqual([expect.stringContaining(',原文,')]);
    expect(lines.filter((line) => line.endsWith(',没有测算')).length).toBe(lines.length - 1);
    expect(lines.length).toBe(2);
    const own = await app.as('otherDirector').call(balance.cityForms, { query });
    expect([...readZipDirectory(own.body).values()].map(({ name }) => name)).toEqual(['目录.csv']);
    expect(await app.as('head').refused(balance.cityForms, { query })).toMatchObject({ status: 403 });
  });

  it('a standard without a rule for schools has no 表Ⅱ', async () => {
    const refusal = await app.as('countyOfficer').refused(balance.complianceForm, input('basic-2012'));
    expect(refusal).toMatchObject({ status: 409, code: 'balance.noSchoolRule' });
  });

  it('the reproduction sheet carries inputs, steps and result; the CSV every digit', async () => {
    const officer = app.as('countyOfficer');
    const page = await officer.call(balance.county, input('quality-2017'));
    const workbook = await book(await officer.call(balance.reproduction, input('quality-2017')));
    expect(workbook.worksheets.map(({ name }) => name)).toEqual(['说明', '输入', '小学计算', '初中计算']);
    expect(row(workbook.getWorksheet('说明'), '输入校验码（SHA-256）')[1]).toBe(page.run!.inputsHash);
    const cv = (row(workbook.getWorksheet('小学计算'), '差异系数')[4] as exceljs.CellFormulaValue).result;
    expect(cv).toBe(page.levels[0]!.indicators[0]!.cv);
    const csv = new TextDecoder().decode((await officer.call(balance.stripData, input('quality-2017'))).body);
    const value = page.levels[0]!.rows[1]!.values.keyTeachers;
    expect(csv).toContain(`,${value},`);
    expect(csv.trim().split('\r\n')).toHaveLength(1 + 3 * 7);
  });
});
