import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as changes from '#contract/directory/changes.ts';
import * as directory from '#contract/directory/directory.ts';
import * as imports from '#contract/directory/import.ts';
import { readWorkbook } from '#platform/documents/workbook-read.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { directoryFeature } from '../directory.feature.ts';

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp({ features: [directoryFeature] });
});
afterAll(() => app?.close());

const head = '学校标识码,学校名称,县级单位,办学类型,举办者类型,办别,城乡类型,建校年份';

async function preview(...rows: string[]) {
  const file = { name: '学校.csv', bytes: new TextEncoder().encode([head, ...rows].join('\r\n')), size: 1 };
  return app.as('cityOfficer').call(imports.previewImport, { file, fields: { day: '2025-09-01' } });
}

type Looked = Awaited<ReturnType<typeof preview>>;

const write = ({ importId }: Looked) =>
  app.as('cityOfficer').call(imports.confirmImport, { params: { importId }, body: {} });
const findingsOf = ({ groups }: Looked) => groups.flatMap(({ findings }) => findings);
const factsOf = ({ facts }: Looked) => Object.fromEntries(facts);

describe('kindergartens in a table', () => {
  const garden = '1135888077,导入幼儿园,鲤城区,111,7,公办,城区,2010';
  const kindergartens = async () => {
    const { rows } = await app.as('cityOfficer').call(directory.schools, { query: { kind: 'kindergarten' } });
    return rows.map(({ name, schoolType }) => [name, schoolType]);
  };

  test('are opened like schools, told apart in the preview, and stand among kindergartens', async () => {
    const looked = await preview(garden, '2135888078,导入小学,鲤城区,211,7,公办,城区,2010');
    expect(looked.hard).toBe(0);
    expect(factsOf(looked).设立).toBe('2 所（其中幼儿园 1 所）');
    expect(looked.changes.rows.map(({ name, what }) => [name, what])).toEqual([
      ['导入幼儿园', '新登记幼儿园'],
      ['导入小学', '新登记'],
    ]);
    const before = app.statements.length;
    expect(await write(looked)).toMatchObject({ opened: 2 });
    // The openings are one statement of the audit, and the import itself is another.
    expect(app.statements.slice(before).filter((text) => text.includes('record_audit'))).toHaveLength(2);
    expect(await kindergartens()).toEqual([['导入幼儿园', '111']]);
  });

  test('are known again, corrected and renamed by their code', async () => {
    expect(factsOf(await preview(garden))).toMatchObject({ 设立: '0 所', 与登记相同: '1 所' });
    const changed = garden.replace('导入幼儿园', '导入中心幼儿园').replace('城区,2010', '镇区,2010');
    const looked = await preview(changed);
    expect(looked.changes.rows.map(({ act }) => act)).toEqual(['rename', 'correct']);
    await write(looked);
    expect(await kindergartens()).toEqual([['导入中心幼儿园', '111']]);
  });

  test('do not become schools, nor schools kindergartens', async () => {
    const looked = await preview(
      '1135888077,导入中心幼儿园,鲤城区,211,7,公办,镇区,2010',
      '2135888078,导入小学,鲤城区,111,7,公办,城区,2010',
    );
    expect(findingsOf(looked).map(({ place, part, rule }) => [place, part, rule])).toEqual([
      ['D2', '办学类型', '登记为 111，幼儿园与学校不能互相变更或合并：请撤销原来的，再设立新的'],
      ['D3', '办学类型', '登记为 211，幼儿园与学校不能互相变更或合并：请撤销原来的，再设立新的'],
    ]);
    expect(looked.writable).toBe(false);
  });

  test('are found without a code by their name, and a row with a code opens none a second time', async () => {
    const body = {
      ...{ code: null, name: '无码幼儿园', schoolType: '111', sponsorCode: 7, ownership: 'public' as const },
      ...{ urbanClass: 'urban' as const, foundedYear: 2010, countyId: units.licheng.id },
      ...{ managingUnitId: units.licheng.id, day: '2025-08-01' },
    };
    await app.as('cityOfficer').call(changes.openSchool, { body });
    const row = ',无码幼儿园,鲤城区,111,7,公办,城区,2010';
    const known = await preview(row);
    expect(findingsOf(known)).toEqual([]);
    expect(factsOf(known)).toMatchObject({ 设立: '0 所', 与登记相同: '1 所' });
    const coded = await preview(`1135888079${row}`);
    expect(factsOf(coded).设立).toBe('0 所');
    expect(findingsOf(coded).map(({ place, rule }) => [place, rule])).toEqual([
      ['A2', '登记中有同名而暂无标识码的学校'],
    ]);
  });

  test('are offered by the template', async () => {
    const { sheets } = await readWorkbook((await app.as('cityOfficer').call(imports.importTemplate)).body);
    expect(sheets[1]?.cells.map((cell) => cell.text).join('')).toContain('111 幼儿园');
  });
});
