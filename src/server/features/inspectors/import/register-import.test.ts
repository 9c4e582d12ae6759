import { afterAll, beforeAll, expect, it } from 'vitest';
import * as imports from '#contract/inspectors/import.ts';
import * as inspectors from '#contract/inspectors/inspectors.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools } from '#test/support/scenario.ts';
import { onTheWay } from '#test/support/scenes/inspector-scene.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const head = '姓名,类别,工作单位,学历,教育工作年限,学段,督学证号,任期开始,任期结束';
const table = (...rows: string[]) => ({
  name: '名册.csv',
  bytes: new TextEncoder().encode([head, ...rows].join('\r\n')),
  size: 1,
});

it('a list is looked at, taken whole, and taken again without a change', async () => {
  const officer = app.as('countyDirector');
  await onTheWay(app, 'serving', { name: '林一', certificateNumber: '甲1' });
  const rows = [
    '林一,责任督学,示例第一小学,大学本科,20,小学,甲1,2024-09-01,',
    `陈二,责任督学,${schools.first.name},大学本科,20,小学、初中,甲2,2024-09-01,`,
    '王三,评估专家,某大学,博士研究生,12,,,,',
  ];
  const preview = await officer.call(imports.previewImport, { file: table(...rows) });
  expect(preview).toMatchObject({ hard: 0, writable: true, notes: ['1 行已在名册中，跳过，名册中的登记不变'] });
  const taken = await officer.call(imports.confirmImport, { params: { importId: preview.importId } });
  expect(taken).toEqual({ entered: 2, serving: 1 });
  const { rows: found } = await officer.call(inspectors.list, { query: { search: '陈二' } });
  expect(found).toMatchObject([
    { state: 'serving', termFrom: '2024-09-01', termTo: '2027-08-31', certificateNumber: '甲2' },
  ]);
  const detail = await officer.call(inspectors.read, { params: { inspectorId: found[0]!.id } });
  expect(detail).toMatchObject({ imported: true, employerBody: { schoolId: schools.first.id } });
  expect(detail.steps.map(({ title }) => title)).toEqual(['名册导入']);
  const again = await officer.call(imports.previewImport, { file: table(...rows) });
  expect(again.writable).toBe(false);
});

it('a faulty row is refused by its cell, and nothing is taken', async () => {
  const preview = await app.as('countyDirector').call(imports.previewImport, {
    file: table('赵四,巡视员,某校,高中,二十年,幼儿,,不详,', '钱五,责任督学,,,,,甲1,2026-01-01,'),
  });
  expect(preview.writable).toBe(false);
  const rules = preview.groups.flatMap(({ findings }) => findings.map(({ part, rule }) => `${part} ${rule}`));
  expect(rules.sort()).toEqual(
    [
      ...['任期开始 任期还没有开始', '任期开始 “不详”不是日期', '学历 没有“高中”这一学历', '学段 没有“幼儿”这一学段'],
      ...['教育工作年限 “二十”不是教育工作年限', '督学证号 已由名册中的林一使用', '类别 没有“巡视员”这一类别'],
    ].sort(),
  );
});

const rulesOf = async (member: 'countyOfficer' | 'countyDirector', ...rows: string[]) => {
  const { groups, importId } = await app.as(member).call(imports.previewImport, { file: table(...rows) });
  return { importId, rules: groups.flatMap(({ findings }) => findings.map(({ part, rule }) => `${part} ${rule}`)) };
};

it('whoever appoints nobody brings nobody who is at work, and nobody brings himself', async () => {
  const serving = '周六,责任督学,,,,,,2024-09-01,';
  expect((await rulesOf('countyOfficer', serving)).rules).toEqual(['任期开始 在任人员由有聘任权限的岗位导入']);
  expect((await rulesOf('countyOfficer', '周六,责任督学,,,,,,,')).rules).toEqual([]);
  expect((await rulesOf('countyDirector', serving)).rules).toEqual([]);
  const self = '鲤城主任,责任督学,,,,,,2024-09-01,';
  expect((await rulesOf('countyDirector', self)).rules).toEqual(['姓名 在任的本人须由其他人员导入']);
});

it('a certificate stands for one row, and a term lasts as long as the rule says and is not over', async () => {
  const { rules } = await rulesOf(
    'countyDirector',
    ...['吴七,责任督学,,,,,乙1,2024-09-01,', '郑八,责任督学,,,,,乙1,2024-09-01,'],
    ...['冯九,责任督学,,,,,,2020-09-01,2023-08-31', '陈十,责任督学,,,,,,2024-09-01,2099-08-31'],
  );
  expect(rules.sort()).toEqual(
    [...['督学证号 与前面一行的吴七相同', '任期开始 任期已于 2023-08-31 届满'], '任期结束 任期超过规定的年限'].sort(),
  );
});

it('a third term by import warns, and a fourth asks for a reason', async () => {
  const officer = app.as('countyDirector');
  const withEarlier = (...rows: string[]) => ({
    ...{ name: '名册.csv', size: 1 },
    bytes: new TextEncoder().encode([`${head},以前的任期`, ...rows].join('\r\n')),
  });
  const earlier = '2018-09-01 至 2021-08-31；2021-09-01至2024-08-31';
  const rows = [`卫一,责任督学,,,,,,2024-09-01,,${earlier}`, '蒋二,责任督学,,,,,,,,2020-09-01 至 2023-08-31'];
  const preview = await officer.call(imports.previewImport, { file: withEarlier(...rows) });
  expect(preview.changes.map((line) => line.earlier.length)).toEqual([2, 1]);
  await officer.call(imports.confirmImport, { params: { importId: preview.importId } });
  const found = async (search: string) => {
    const { rows: listed } = await officer.call(inspectors.list, { query: { search } });
    return officer.call(inspectors.read, { params: { inspectorId: listed[0]!.id } });
  };
  const third = await found('卫一');
  expect(third.termList.map(({ from, to }) => [from, to])).toEqual([
    ...[
      ['2018-09-01', '2021-08-31'],
      ['2021-09-01', '2024-08-31'],
    ],
    ['2024-09-01', '2027-08-31'],
  ]);
  expect(third.warnings.join()).toContain('这是连续第 3 个任期');
  const next = { from: '2027-09-01', to: '2030-08-31', documentNumber: null, reason: null };
  const fourth = { params: { inspectorId: third.id }, body: { revision: third.revision, ...next } };
  expect((await officer.refused(inspectors.renew, fourth)).code).toBe('inspector.beyondTerms');
  expect(await found('蒋二')).toMatchObject({ state: 'draft', terms: 1, termTo: '2023-08-31' });
  const wrong = await officer.call(imports.previewImport, {
    file: withEarlier(
      ...['沈三,责任督学,,,,,,2024-09-01,,2021-09-01 至 2024-09-01', '韩四,责任督学,,,,,,,,两届'],
      '杨五,责任督学,,,,,,,,2018-09-01 至 2021-08-31；2021-08-31 至 2024-08-30',
    ),
  });
  const rules = wrong.groups.flatMap(({ findings }) => findings.map(({ part, rule }) => `${part} ${rule}`));
  expect(rules.sort()).toEqual(
    [
      ...['以前的任期 到 2024-09-01 的任期没有在现任期开始之前届满', '以前的任期 “两届”不是任期'],
      '以前的任期 自 2021-08-31 起的任期与前一个重叠',
    ].sort(),
  );
});
