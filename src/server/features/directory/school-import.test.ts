import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as directory from '#contract/directory.ts';
import { readWorkbook } from '#platform/documents/workbook-read.ts';
import { openTestApp, type TestApp } from '../../../../test/support/app.ts';
import { schools } from '../../../../test/support/scenario.ts';
import { directoryFeature } from './directory.feature.ts';

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp({ features: [directoryFeature] });
});
afterAll(() => app?.close());

const head = '学校标识码,学校名称,县级单位,办学类型,举办者类型,办别,城乡类型,建校年份';
const fresh = '2135888001,新登记小学,鲤城区,211,7,公办,乡村,1962';

function csv(...rows: string[]) {
  return { name: '学校.csv', bytes: new TextEncoder().encode([head, ...rows].join('\r\n')), size: 1 };
}

async function preview(...rows: string[]) {
  return app.as('cityOfficer').call(directory.previewImport, { file: csv(...rows) });
}

async function count(): Promise<number> {
  return (await app.as('cityOfficer').call(directory.schools, { query: { status: 'all' } })).total;
}

describe('a table of schools', () => {
  test('is looked at without being written, every fault with its cell', async () => {
    const before = await count();
    const { findings, findingCount, opens } = await preview(
      fresh,
      '2135888001,重复小学,鲤城区,211,7,公办,乡村,',
      '21358880,短码小学,鲤城区,211,7,公办,乡村,',
      '2135888003,外县小学,思明区,211,7,公办,乡村,',
      '2135888004,乱填小学,鲤城区,七年制,10,公办,郊区,很久以前',
      ',,,,,,,',
      '2135888005,,丰泽区,211,7,公办,城区,2020',
    );
    expect(findings.map(({ cell, column, value }) => [cell, column, value])).toEqual([
      ['A3', '学校标识码', '2135888001'],
      ['A4', '学校标识码', '21358880'],
      ['C5', '县级单位', '思明区'],
      ['D6', '办学类型', '七年制'],
      ['G6', '城乡类型', '郊区'],
      ['H6', '建校年份', '很久以前'],
      ['第 8 行', '学校名称', ''],
    ]);
    expect(findings[3]?.allowed).toContain('312 九年一贯制学校');
    expect(findings[2]?.allowed).toBe('鲤城区、丰泽区');
    expect(findingCount).toBe(findings.length);
    expect(opens).toBe(1);
    expect(await count()).toBe(before);
  });

  test('says what it would do, and does exactly that', async () => {
    const { code } = schools.neighbour;
    const rows = [fresh, `${code},示例改名小学,鲤城区,小学,县级教育部门,公办,镇区,1999`];
    const looked = await preview(...rows);
    expect(looked).toMatchObject({ rows: 2, opens: 1, renames: 1, corrects: 1, unchanged: 0, findingCount: 0 });
    expect(looked.changes.map((change) => [change.act, change.what])).toEqual([
      ['open', '新登记'],
      ['rename', '更名为“示例改名小学”'],
      ['correct', '城乡类型 城区 → 镇区；建校年份 2000 → 1999'],
    ]);
    const fields = { fileHash: looked.fileHash, day: '2025-09-01', document: '泉教〔2025〕3号' };
    const done = await app.as('cityOfficer').call(directory.confirmImport, { file: csv(...rows), fields });
    expect(done).toEqual({ opened: 1, renamed: 1, corrected: 1 });
    const found = await app.as('cityOfficer').call(directory.schools, { query: { search: 'xdjxx' } });
    expect(found.rows[0]).toMatchObject({ code: '2135888001', urbanClass: 'rural', foundedYear: 1962 });
    const history = await app.as('cityOfficer').call(directory.schoolHistory, {
      params: { schoolId: schools.neighbour.id },
    });
    expect(history.versions.map(({ name, urbanClass }) => [name, urbanClass])).toEqual([
      ['示例改名小学', 'town'],
      [schools.neighbour.name, 'urban'],
    ]);
    expect(await preview(...rows)).toMatchObject({ opens: 0, renames: 0, corrects: 0, unchanged: 2 });
  });

  test('that the register exported changes nothing, and keeps the brackets of a name as they were written', async () => {
    const name = '示例第三小学（城东校区）';
    const row = `2135888030,${name},鲤城区,211,7,公办,城区,`;
    const { fileHash } = await preview(row);
    await app.as('cityOfficer').call(directory.confirmImport, {
      file: csv(row),
      fields: { fileHash, day: '2025-09-01' },
    });
    for (const format of ['xlsx', 'csv'] as const) {
      const exported = await app.as('cityOfficer').call(directory.exportSchools, { query: { format } });
      const file = { name: exported.fileName, bytes: exported.body, size: exported.body.length };
      const looked = await app.as('cityOfficer').call(directory.previewImport, { file });
      expect(looked).toMatchObject({ changes: [], findings: [], unchanged: looked.rows });
    }
    // Typed with other brackets it is the same name; with another word it is another, and is kept as typed.
    expect(await preview(row.replace('（城东校区）', '(城东校区)'))).toMatchObject({ renames: 0, unchanged: 1 });
    const renamed = await preview(row.replace('城东', '城西'));
    expect(renamed.changes[0]?.what).toBe('更名为“示例第三小学（城西校区）”');
  });

  test('finds the school that holds a code, not the one that gave it away by merging', async () => {
    const [host, guest] = ['2135888041', '2135888042'];
    const rows = [`${host},并校小学,鲤城区,211,7,公办,乡村,1950`, `${guest},被并小学,鲤城区,211,7,公办,乡村,1950`];
    const { fileHash } = await preview(...rows);
    await app
      .as('cityOfficer')
      .call(directory.confirmImport, { file: csv(...rows), fields: { fileHash, day: '2025-09-01' } });
    const { rows: found } = await app.owner.query<{ id: number }>(
      'select id from schools where code = any($1) order by code',
      [[host, guest]],
    );
    const [hostId, guestId] = found.map((school) => school.id);
    await app.as('cityOfficer').call(directory.mergeSchools, {
      params: { schoolId: hostId! },
      body: { revision: 1, day: '2025-09-01', guests: [{ id: guestId!, revision: 1 }], code: guest },
    });
    const both = [`${guest},并后小学,鲤城区,211,7,公办,城区,1950`];
    const looked = await preview(...both);
    expect(looked).toMatchObject({ findings: [], renames: 1, corrects: 1 });
    await app.as('cityOfficer').call(directory.confirmImport, {
      file: csv(...both),
      fields: { fileHash: looked.fileHash, day: '2025-09-02' },
    });
    const after = await app.owner.query(
      'select name, urban_class, status from schools where id = any($1) order by id',
      [[hostId, guestId]],
    );
    expect(after.rows).toEqual([
      { name: '并后小学', urban_class: 'urban', status: 'open' },
      { name: '被并小学', urban_class: 'rural', status: 'merged' },
    ]);
  });

  test('is written whole or not at all', async () => {
    const before = await count();
    const rows = ['2135888010,好的小学,鲤城区,211,7,公办,乡村,', '2135888011,坏的小学,鲤城区,211,7,公办,山区,'];
    const { fileHash } = await preview(...rows);
    const fields = { fileHash, day: '2025-09-01' };
    const refusal = await app.as('cityOfficer').refused(directory.confirmImport, { file: csv(...rows), fields });
    expect(refusal.code).toBe('import.hardErrors');
    expect(await count()).toBe(before);
  });

  test('must be the one that was looked at', async () => {
    const { fileHash } = await preview('2135888020,看过的小学,鲤城区,211,7,公办,乡村,');
    const refusal = await app.as('cityOfficer').refused(directory.confirmImport, {
      file: csv('2135888021,换过的小学,鲤城区,211,7,公办,乡村,'),
      fields: { fileHash, day: '2025-09-01' },
    });
    expect(refusal.code).toBe('import.fileChanged');
  });

  test('cannot retype or move, nor bring a void code back', async () => {
    const { code, name } = schools.first;
    const { findings } = await preview(
      `${code},${name},鲤城区,312,7,公办,城区,`,
      `${schools.foreign.code},${schools.foreign.name},鲤城区,312,7,公办,城区,`,
    );
    expect(findings.map((finding) => finding.column)).toEqual(['办学类型', '县级单位']);
    await app.owner.query(
      `insert into school_codes (code, school_id, status, given_on) values ('2135777001', 1, 'void', '2000-01-01')`,
    );
    expect((await preview('2135777001,旧码小学,鲤城区,211,7,公办,乡村,')).findings[0]?.rule).toContain('作废');
  });

  test('without its headings, or empty, or something else altogether, is a sentence', async () => {
    const as = app.as('cityOfficer');
    const file = (name: string, text: string) => ({ name, bytes: new TextEncoder().encode(text), size: 1 });
    const headless = await as.refused(directory.previewImport, { file: file('a.csv', '学校名称,办别\n甲,公办') });
    expect(headless.sentence).toContain('学校标识码');
    expect((await as.refused(directory.previewImport, { file: csv() })).code).toBe('import.empty');
    expect((await as.refused(directory.previewImport, { file: file('假.xlsx', '不是表格') })).code).toBe(
      'table.wrongType',
    );
  });

  test('comes from a template that offers the allowed values', async () => {
    const reply = await app.as('cityOfficer').call(directory.importTemplate);
    const { sheets } = await readWorkbook(reply.body);
    expect(sheets.map((sheet) => sheet.name)).toEqual(['学校', '填写说明']);
    expect(sheets[0]?.cells.map((cell) => cell.text)).toEqual([...head.split(',').slice(0, 7), '管理单位', '建校年份']);
  });
});
