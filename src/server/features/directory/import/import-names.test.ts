import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import * as schoolChanges from '#contract/directory/changes.ts';
import * as directory from '#contract/directory/directory.ts';
import * as imports from '#contract/directory/import.ts';
import * as orgUnits from '#contract/directory/units.ts';
import { headedTable } from '#platform/documents/headed-table.ts';
import { sheetOfWorkbook } from '#platform/documents/sheet.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { atOnce } from '#test/support/workbook/at-once.ts';
import { type GivenCell, readSheetOf } from '#test/support/workbook/read-sheet.ts';
import { directoryFeature } from '../directory.feature.ts';
import type { RegisteredSchool } from '../school-change.store.ts';
import type { UnitRow } from '../unit/unit.store.ts';
import { importColumns, planImport } from './school-import.plan.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [directoryFeature] });
});
afterAll(() => app?.close());

const head = '学校标识码,学校名称,县级单位,办学类型,举办者类型,办别,城乡类型,建校年份';
const preview = (...rows: string[]) => previewOf(new TextEncoder().encode([head, ...rows].join('\r\n')));
function previewOf(bytes: Uint8Array, name = '学校.csv') {
  const file = { name, bytes, size: bytes.length };
  return app.as('cityOfficer').call(imports.previewImport, { file, fields: { day: '2025-09-01' } });
}
const { code, name } = schools.first;
const row = (written: string, of = code) => `${of},"${written}",鲤城区,211,7,公办,城区,`;

describe('a name that differs by what nobody sees', () => {
  test.each([
    ['a zero-width sign', '示例\u200b第一小学', '看不见的字符（U+200B）'],
    ['a line break', '示例\r\n第一小学', '换行'],
    ['an inner blank', '示例 第一小学', '空格'],
    ['a full-width blank', '示例\u3000第一小学', '空格'],
    ['a mark of direction', '示例第一小学\u202c', '方向控制字符（U+202C）'],
    ['a Kangxi radical', '⽰例第一⼩学', '兼容字形“⽰”（U+2F70）、兼容字形“⼩”（U+2F29）'],
  ])('is no rename: %s, and it is said', async (_, written, words) => {
    const looked = await preview(row(written));
    expect(looked).toMatchObject({ hard: 0, changes: { total: 0 } });
    expect(looked.facts).toContainEqual(['与登记相同', '1 所']);
    expect(looked.notes).toEqual([`第 2 行的学校名称含有${words}，与登记的“${name}”是同一名称，不作更名。`]);
  });

  test('is taken without it, where the school is new or renamed', async () => {
    const looked = await preview(row('示例\u200b实验小学'), row('新设 小学\n（东区）', '2135888101'));
    expect(looked.changes.rows.map(({ what }) => what)).toEqual([
      '更名为“示例实验小学”',
      '新登记；没有建校年份，设立日期取变动日期 2025-09-01',
    ]);
    expect(looked.changes.rows[1]!.name).toBe('新设小学（东区）');
    expect(looked.notes).toEqual([
      '1 所新登记的学校没有建校年份，设立日期按变动日期记为 2025-09-01。',
      '第 2 行的学校名称含有看不见的字符（U+200B），已去掉，按“示例实验小学”登记。',
      '第 3 行的学校名称含有空格、换行，已去掉，按“新设小学（东区）”登记。',
    ]);
  });

  test('in a county, a kind, a code is read as what it is', async () => {
    const looked = await preview(`${code}\u200b,${name},鲤 城区,小\u200b学,县级 教育部门,公\u3000办,城区,`);
    expect(looked.hard).toBe(0);
    expect(looked.facts).toContainEqual(['与登记相同', '1 所']);
  });

  test('two new schools that print alike are named', async () => {
    const looked = await preview(row('第一中心小学', '2135888102'), row('第—中心小学', '2135888103'));
    expect(looked.notes).toEqual([
      '2 所新登记的学校没有建校年份，设立日期按变动日期记为 2025-09-01。',
      '“第一中心小学”和“第—中心小学”写法相近，请核对是否同一所学校。',
    ]);
  });
});

describe('a new name that the county has already', () => {
  const doubtsOf = ({ groups }: Awaited<ReturnType<typeof preview>>) =>
    groups.flatMap(({ weight, findings }) => findings.map(({ place, rule }) => [weight, place, rule.split('，')[0]]));

  test('is a doubt and can be written, whether the register bears it or another row', async () => {
    const looked = await preview(
      row(`${name}\u200b`, '2135888111'),
      row('双名小学', '2135888112'),
      row('双名 小学', '2135888113'),
      row('双名小学', '2135888114').replace('鲤城区', '丰泽区'),
    );
    expect(doubtsOf(looked)).toEqual([
      ['soft', 'B2', `同一单位内登记中已有同名的“${name}”`],
      ['soft', 'B4', '同一单位内与 B3 同名'],
    ]);
    expect(looked).toMatchObject({ hard: 0, soft: 2, writable: true });
  });

  test('is none where the school that bore it is renamed by the same table', async () => {
    expect(doubtsOf(await preview(row('改名后的小学'), row(name, '2135888115')))).toEqual([]);
  });
});

describe('what the register gives out', () => {
  test.each(['=示例小学', '+示例小学', '-示例小学', '@示例小学', "'=示例小学"])(
    '%s comes back as it was, in both formats',
    async (odd) => {
      const { owner } = app;
      await owner.query('update schools set name = $1 where id = $2', [odd, schools.neighbour.id]);
      for (const format of ['csv', 'xlsx'] as const) {
        const { body, fileName } = await app.as('cityOfficer').call(directory.exportSchools, { query: { format } });
        expect(await previewOf(body, fileName)).toMatchObject({ changes: { total: 0 }, hard: 0 });
      }
      await owner.query('update schools set name = $1 where id = $2', [schools.neighbour.name, schools.neighbour.id]);
    },
  );
});

describe('rows and cells that are not schools', () => {
  const school: RegisteredSchool = {
    ...{ id: 1, code, name, schoolType: '211', sponsorCode: 7, ownership: 'public', urbanClass: 'urban' },
    ...{ foundedYear: null, countyId: 11, managingUnitId: 11, status: 'open', openedOn: '2000-09-01', closedOn: null },
    ...{ revision: 1, lastChange: '2000-09-01' },
  };
  const unit = (id: number, level: UnitRow['level'], unitCode: string, unitName: string, parentId: number | null) => ({
    ...{ id, level, unitCode, gbCode: unitCode, parentId, name: unitName, shortName: unitName, initials: '' },
    ...{ sortOrder: 0, tileColumn: null, tileRow: null, contactName: null, contactPhone: null, closedOn: null },
  });
  const register = {
    units: [unit(1, 'province', '35', '福建省', null), unit(2, 'city', '350500', '泉州市', 1)].concat(
      unit(11, 'county', '350502', '鲤城区', 2),
    ),
    counties: [11],
    schools: [school],
    named: [],
    uncoded: [],
    codes: new Map([[code, 'current' as const]]),
    day: '2025-09-01' as const,
  };
  const plan = (...rows: GivenCell[][]) => {
    const sheet = atOnce(sheetOfWorkbook(readSheetOf('学校', [head.split(','), ...rows])));
    return planImport(atOnce(headedTable([sheet], importColumns, { fileName: '学校.xlsx' })), register);
  };
  const facts = ['鲤城区', '211', '7', '公办', '城区'];

  it.each([
    ['half a character', '示例\ud842小学', '单元格里有残缺的字符（U+D842），无法保存，请删去后重新输入'],
    ['NUL', '示例\0第一小学', '单元格里有看不见的控制字符（U+0000），无法保存，请删去后重新输入'],
    ['a control character', '示例\u0007第一小学', '单元格里有看不见的控制字符（U+0007），无法保存，请删去后重新输入'],
  ])('%s in a name is a finding at its cell', (_, written, rule) => {
    const { faults, acts } = plan([code, written, ...facts, '']);
    expect(faults).toMatchObject([{ cell: 'B2', column: '学校名称', rule }]);
    expect(acts).toEqual([]);
  });

  it('a formula without result, a date and an error are findings at their cells', () => {
    const { faults } = plan(
      [code, name, ...facts, { kind: 'empty', text: '=A1' }],
      ['2135888201', { kind: 'date', text: '2025-09-01' }, ...facts, ''],
      ['2135888202', '示例小学', { kind: 'error', text: '#N/A' }, ...facts.slice(1), ''],
    );
    expect(faults.map(({ cell, rule }) => [cell, rule.slice(0, 12)])).toEqual([
      ['H2', '单元格是公式（=A1），'],
      ['B3', '单元格是日期 2025-'],
      ['C4', '单元格是公式错误 #N/'],
    ]);
  });

  it('numbering and sums are left out with a word, a sum with a code is a finding', () => {
    const { faults, notes, acts } = plan(
      ['甲', '乙', '丙', '1', '2', '3', '4', '5'],
      [code, name, ...facts, ''],
      ['', '合计', '共 1 所'],
      ['2135888203', '合计', ...facts, ''],
    );
    expect(notes).toEqual([
      '第 2 行（甲、乙、丙、1……）是栏次编号，没有读取。',
      '第 4 行（合计）是合计或平均，没有读取。',
    ]);
    expect(faults).toMatchObject([{ row: 5, column: '学校名称' }]);
    expect(acts).toEqual([]);
  });
});

describe('by hand', () => {
  const odd = '示例\u200b小学';
  const sentence = '学校名称中有看不见的字符（U+200B），请删去后重新输入';
  const dated = { revision: 1, day: '2025-09-01' };
  const school = {
    ...{ code: '2135888301', name: odd, schoolType: '211', sponsorCode: 7, ownership: 'public' as const },
    ...{
      urbanClass: 'rural' as const,
      foundedYear: null,
      countyId: units.licheng.id,
      managingUnitId: units.licheng.id,
    },
  };
  const refusal = async (asked: Promise<{ code: string; sentence: string }>) => {
    const { code: refused, sentence: said } = await asked;
    return refused === 'request.invalid' ? said : refused;
  };

  it('a renaming changes more than brackets and width; the way out that is named works', async () => {
    const city = app.as('cityOfficer');
    const [held] = (await app.owner.query('select name from schools where id = $1', [schools.first.id])).rows;
    const wide = held.name.replace('第一', '第１');
    const params = { schoolId: schools.first.id };
    await app.owner.query('update schools set name = $1 where id = $2', [
      held.name.replace('第一', '第1'),
      params.schoolId,
    ]);
    const renaming = { params, body: { revision: 1, day: '2025-09-01', name: wide } };
    const refused = await city.refused(schoolChanges.renameSchool, renaming);
    expect(refused).toMatchObject({ code: 'school.sameName', sentence: expect.stringContaining('请办理“更正登记”') });
    const { revision } = await city.call(directory.readSchool, { params });
    await city.call(schoolChanges.correctSchool, { params, body: { revision, note: '更正用字', name: wide } });
    const { name: corrected } = await city.call(directory.readSchool, { params });
    expect(corrected).toBe(wide);
  });

  it('no school, unit or contact takes a name that nobody could find', async () => {
    const city = app.as('cityOfficer');
    const params = { schoolId: schools.first.id };
    const asked = [
      city.refused(schoolChanges.renameSchool, { params, body: { ...dated, name: odd } }),
      city.refused(schoolChanges.openSchool, { body: { ...school, day: '2025-09-01' } }),
      city.refused(schoolChanges.splitSchool, { params, body: { ...dated, parts: [school], closes: false } }),
      city.refused(schoolChanges.correctSchool, { params, body: { revision: 1, note: '更正用字', name: odd } }),
    ];
    for (const one of asked) expect(await refusal(one)).toContain(sentence);
    const unitParams = { unitId: units.licheng.id };
    const unitName = { day: '2025-09-01', parentId: units.city.id };
    for (const [route, body, words] of [
      [orgUnits.renameUnit, { ...unitName, name: '鲤 城区', shortName: '鲤城' }, '单位名称中间有空格'],
      [orgUnits.renameUnit, { ...unitName, name: '鲤城区', shortName: '鲤\n城' }, '单位简称中有换行'],
      [orgUnits.saveContact, { name: '王\u202e芳', phone: '0595-1' }, '责任人姓名中有看不见的方向控制字符（U+202E）'],
    ] as const) {
      expect(await refusal(city.refused(route, { params: unitParams, body }))).toContain(words);
    }
  });
});
