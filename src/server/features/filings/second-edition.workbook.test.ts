import { expect, it } from 'vitest';
import type { CellValue } from '#domain/filing/catalogue.ts';
import { writeWorkbook } from '#platform/documents/workbook.ts';
import { readWorkbook } from '#platform/documents/workbook-read.ts';
import { secondEdition } from '#test/support/scenes/second-edition.ts';
import { atOnce } from '#test/support/workbook/at-once.ts';
import type { FullFiling } from './filing.store.ts';
import { countyTemplate, orderedFields, schoolTemplate } from './filing.workbook.ts';
import { understandCounty } from './import/county-sheets.workbook.ts';
import { understandSchool } from './import/school-form.workbook.ts';

const filingOf = (code: string, schoolType: string, values: Readonly<Record<string, CellValue>>) =>
  ({
    ...{
      id: `filing ${code}`,
      code,
      schoolType,
      name: `示例学校${code}`,
      edition: secondEdition.edition,
      schoolYear: 2030,
      state: 'draft',
    },
    ...{
      countyName: '示例县',
      reference: {},
      cells: Object.fromEntries(Object.entries(values).map(([key, v]) => [key, { v, n: 1 }])),
    },
  }) as unknown as FullFiling;

const day = filingOf('2135990001', '211', { 跑道条数: 6, 走读生数: 100, 走读女生数: 48, 篮球个数: 20 });
const both = filingOf('3135990002', '312', { 跑道条数: 8, 走读生数: 200, 走读女生数: 90, 寄宿生数: 300, 篮球个数: 60 });
const told = (cells: readonly { filingId: string; field: { key: string }; raw: unknown }[]) =>
  cells.map(({ filingId, field, raw }) => [filingId, field.key, raw]);

it('the form of a school names the sections and groups of its edition and is read back', async () => {
  const sheets = schoolTemplate(secondEdition, both, () => true);
  expect(sheets[0]!.rows.slice(3).map((row) => row[0]?.value)).toEqual([
    ...['校园 场地', '走读部 器材与人员', '走读部 器材与人员', '寄宿部 器材与人员', '校园 器材与人员'],
  ]);
  const read = await readWorkbook(await writeWorkbook(sheets));
  const understood = atOnce(understandSchool(read, secondEdition, both));
  expect(told(understood.cells)).toEqual(
    orderedFields(secondEdition, '312').map(({ key }) => [both.id, key, both.cells[key]!.v]),
  );
});

it('the form of a county has a sheet for each group of the edition and is read back', async () => {
  const sheets = countyTemplate(secondEdition, [day, both], () => true);
  expect(sheets.filter(({ hidden }) => !hidden).map(({ name }) => name)).toEqual(['场地', '器材与人员']);
  const read = await readWorkbook(await writeWorkbook(sheets));
  expect(told(atOnce(understandCounty(read, secondEdition, [day, both])).cells).sort()).toEqual(
    [day, both].flatMap(({ id, cells }) => Object.entries(cells).map(([key, { v }]) => [id, key, v])).sort(),
  );
});
