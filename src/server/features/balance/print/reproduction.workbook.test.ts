import type exceljs from 'exceljs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { juniorFigures, layBalanceYear, primaryFigures } from '#test/support/balance/year.ts';
import { units } from '#test/support/scenario.ts';
import { formulaValues } from '#test/support/workbook/formula-values.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';
import { balanceFeature } from '../balance.feature.ts';
import { prepareBalance } from '../standard/shipped-standards.act.ts';

const licheng = units.licheng.id;
const combined = { ...primaryFigures(310, 1.17), ...juniorFigures(170, 0.93) };
let app: TestApp;
let book: exceljs.Workbook;
let page: Awaited<ReturnType<typeof read>>;

const input = { params: { countyId: licheng }, query: { standard: 'quality-2017', year: 2025 } };
const read = () => app.as('countyOfficer').call(balance.county, input);

beforeAll(async () => {
  app = await openTestApp({ features: [balanceFeature], now: new Date('2025-11-30T17:30:00Z') });
  await layBalanceYear(app.owner, 2025, [
    { id: 101, county: licheng, values: primaryFigures(397, 1.03) },
    { id: 102, county: licheng, values: { ...primaryFigures(301, 1.3), 小学县级以上骨干教师数: 2.9994 } },
    { id: 103, county: licheng, type: '311', values: juniorFigures(811) },
    { id: 104, county: licheng, type: '312', values: combined },
    { id: 111, county: licheng, values: { ...primaryFigures(77), 附设班在校生数: 9 } },
    { id: 112, county: licheng, values: null },
  ]);
  await prepareBalance(app.services.pool, app.services.now);
  page = await read();
  book = await loadBook((await app.as('countyOfficer').call(balance.reproduction, input)).body);
});
afterAll(() => app?.close());

/** Where the first cell of a row holds this text. */
const rowOf = (sheet: exceljs.Worksheet, first: string) => {
  for (let row = 1; row <= sheet.rowCount; row += 1) if (sheet.getCell(row, 1).value === first) return row;
  throw new Error(`no row begins with ${first}`);
};

describe('the formulas of the 复算表', () => {
  it('give from the cells of 输入 what the run stored', () => {
    const compute = formulaValues(book);
    for (const level of compulsoryLevels) {
      const name = `${schoolLevelNames[level]}计算`;
      const sheet = book.getWorksheet(name)!;
      const { indicators } = page.levels.find((one) => one.level === level)!;
      for (const [index, indicator] of indicators.entries()) {
        const column = 5 + index * 4;
        const at = (line: string) => compute(name, sheet.getCell(rowOf(sheet, line), column).address);
        expect(at('均值 X̄')).toBeCloseTo(indicator.mean!, 10);
        expect(at('标准差 S')).toBeCloseTo(indicator.standardDeviation!, 10);
        expect(at('差异系数')).toBeCloseTo(indicator.cv!, 12);
        expect(Math.abs(Number(at('与存档相差')))).toBeLessThan(1e-12);
        expect(at('是否不超限')).toBe(indicator.pass ? '是' : '否');
        for (const { name: school, share } of indicator.contributions) {
          const row = [...Array(sheet.rowCount + 1).keys()].find(
            (one) => one > 0 && sheet.getCell(one, 2).value === school,
          )!;
          expect(compute(name, sheet.getCell(row, column + 1).address)).toBeCloseTo(share, 10);
        }
      }
    }
  });

  it('follow a figure that somebody changes in 输入', () => {
    const inputs = book.getWorksheet('输入')!;
    const heading = (inputs.getRow(1).values as string[]).findIndex((text) =>
      text?.startsWith('小学县级以上骨干教师数'),
    );
    const row = [...Array(inputs.rowCount + 1).keys()].find(
      (one) => one > 0 && inputs.getCell(one, 2).value === '第101校',
    )!;
    const cell = inputs.getCell(row, heading);
    const kept = cell.value;
    cell.value = 40;
    const sheet = book.getWorksheet('小学计算')!;
    const { address } = sheet.getCell(rowOf(sheet, '差异系数'), 9);
    expect(formulaValues(book)('小学计算', address)).not.toBeCloseTo(page.levels[0]!.indicators[1]!.cv!, 3);
    cell.value = kept;
  });

  it('stand in every cell from the inputs to the coefficients, and a school without figures has empty ones', () => {
    const sheet = book.getWorksheet('小学计算')!;
    const steps = (row: number) => [3, 4, 5, 6].map((column) => sheet.getCell(row, column).formula);
    const combinedRow = [...Array(20).keys()].find((one) => one > 0 && sheet.getCell(one, 2).value === '第104校')!;
    expect(steps(combinedRow).every((formula) => formula !== undefined)).toBe(true);
    expect(sheet.getCell(combinedRow, 4 + 3 * 4).formula).toMatch(
      /\*1\*输入!\$\w+\$\d+\/\(1\*输入.*\+1\.1\*输入.*\+1\.32\*输入/,
    );
    const empty = [...Array(20).keys()].find((one) => one > 0 && sheet.getCell(one, 2).value === '第112校')!;
    expect([3, 4, 5, 6].map((column) => sheet.getCell(empty, column).value)).toEqual([null, null, null, null]);
  });

  it('and the time is that of China', () => {
    const facts = book.getWorksheet('说明')!;
    expect(facts.getCell(rowOf(facts, '测算时间'), 2).value).toBe('2025-12-01 01:30:00（北京时间）');
  });
});
