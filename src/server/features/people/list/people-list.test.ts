import ExcelJS from 'exceljs';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import * as imports from '#contract/people/import.ts';
import * as people from '#contract/people/people.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';

let app: TestApp;
/** Connections of the pool in use, whenever slow work begins. */
const busy: number[] = [];
vi.hoisted(() => vi.resetModules());
vi.mock('./people.workbook.ts', async (original) => {
  const workbook = await original<typeof import('./people.workbook.ts')>();
  return {
    ...workbook,
    readPeople: (...given: Parameters<typeof workbook.readPeople>) => {
      busy.push(app.services.pool.totalCount - app.services.pool.idleCount);
      return workbook.readPeople(...given);
    },
  };
});

vi.mock('#core/access/password/passwords.ts', async (original) => {
  const passwords = await original<typeof import('#core/access/password/passwords.ts')>();
  return {
    ...passwords,
    readyFirst: (...given: Parameters<typeof passwords.readyFirst>) => {
      busy.push(app.services.pool.totalCount - app.services.pool.idleCount);
      return passwords.readyFirst(...given);
    },
  };
});

beforeAll(async () => {
  app = await openTestApp();
});
afterAll(async () => {
  vi.doUnmock('./people.workbook.ts');
  vi.doUnmock('#core/access/password/passwords.ts');
  vi.resetModules();
  await app?.close();
});

const system = () => app.as('systemAdministrator');
const list = (text: string) => {
  const bytes = new TextEncoder().encode(text);
  return { file: { name: '名单.csv', bytes, size: bytes.length } };
};
const named = (importId: string) => ({ params: { importId } });
const accounts = async (...usernames: string[]) =>
  (await app.owner.query('select name from people where username = any($1) order by username', [usernames])).rows;

it('a list begins with a template that explains each column, and holds nobody until somebody is written into it', async () => {
  expect((await app.as('cityOfficer').refused(imports.importTemplate)).code).toBe('access.denied');
  const { body, fileName } = await system().call(imports.importTemplate);
  expect(fileName).toBe('人员名单模板.xlsx');
  const book = await loadBook(body);
  expect(book.worksheets.map(({ name }) => name)).toEqual(['人员', '填写说明', '角色与单位']);
  const [people, notes, known] = book.worksheets;
  expect([1, 2, 3, 4, 5, 6, 7, 8].map((column) => people?.getCell(1, column).text)).toEqual([
    ...['姓名', '电话', '角色', '单位', '科室', '学校标识码', '用户名', ''],
  ]);
  expect(people?.actualRowCount).toBe(1);
  const texts = (sheet: ExcelJS.Worksheet | undefined) =>
    (sheet?.getSheetValues() ?? []).flatMap((row) => (Array.isArray(row) ? row.map(String) : []));
  expect(texts(notes)).toEqual(expect.arrayContaining(['wang.xm', '13800000000', '鲤城区实验小学', '2135000001']));
  const roles = (await app.owner.query('select name from roles')).rows.map(({ name }) => name);
  expect(roles.length).toBeGreaterThan(8);
  const granted = roles.filter((name) => !/管理员$|试验专家|试验机构|（外聘）$/.test(name));
  expect(texts(known)).toEqual(expect.arrayContaining([...granted, '泉州市', '鲤城区']));
  expect(texts(known)).not.toContain('审计管理员');

  const preview = (bytes: Uint8Array) => ({ file: { name: fileName, bytes, size: bytes.length } });
  expect((await system().refused(imports.previewImport, preview(body))).code).toBe('import.empty');
  people?.addRow(['王小明', '0595-2', '市局科室干部', '', '', '', 'wang.xm']);
  const filled = await system().call(imports.previewImport, preview(new Uint8Array(await book.xlsx.writeBuffer())));
  expect(filled).toMatchObject({ hard: 0, changes: { people: [{ name: '王小明', username: 'wang.xm' }] } });
});

it('a list is read and its hash is made without a connection of the pool, because both take their time', async () => {
  busy.length = 0;
  const { importId, changes } = await system().call(
    imports.previewImport,
    list('姓名,电话,角色,用户名\r\n赵一,13801,市局科室干部,zhao01\r\n'),
  );
  expect(changes.people).toMatchObject([{ name: '赵一' }]);
  await system().call(imports.confirmImport, named(importId));
  expect(busy).toEqual([0, 0]);
});

it('is imported once, as previewed, by the person who uploaded it; only the reply contains codes', async () => {
  const text = '姓名,用户名,电话,角色\r\n钱二,qian02,1381,市局科室干部\r\n孙三,sun03,1382,市局科室干部\r\n';
  const preview = await system().call(imports.previewImport, list(text));
  expect(preview).toMatchObject({ hard: 0, writable: true });
  expect(await system().call(imports.readImport, named(preview.importId))).toEqual(preview);
  const give = (personId: string) =>
    app.owner.query('update imports set created_by = $1 where id = $2', [personId, preview.importId]);
  await give(app.as('roleless').personId);
  for (const route of [imports.readImport, imports.markedWorkbook, imports.confirmImport]) {
    expect((await system().refused(route, named(preview.importId))).code).toBe('thing.notFound');
  }
  await give(system().personId);
  const made = await system().call(imports.confirmImport, named(preview.importId));
  expect(made.codes.map(({ name, username }) => [name, username])).toEqual([
    ['钱二', 'qian02'],
    ['孙三', 'sun03'],
  ]);
  expect(made.codes.map(({ code }) => /^\d{6}$/.test(code))).toEqual([true, true]);
  const { rows } = await app.owner.query(
    `select content::text || coalesce(stamp, '') || (select string_agg(after::text, '') from audit_events) as kept
       from imports where id = $1`,
    [preview.importId],
  );
  for (const { code } of made.codes) expect(rows[0].kept).not.toContain(`"${code}"`);
  expect((await system().refused(imports.confirmImport, named(preview.importId))).code).toBe('import.expired');
});

it('is not taken with faults, nor where somebody took a name meanwhile: none of it is made then', async () => {
  const faulty = await system().call(
    imports.previewImport,
    list('姓名,用户名,电话,角色\r\n李四,li04,abc,市局科室干部\r\n周五,zhou05,1385,市局科室干部\r\n'),
  );
  expect(faulty.groups.map(({ total, findings }) => [total, findings])).toEqual([
    [1, [expect.objectContaining({ place: 'C2', subject: '李四', part: '电话', value: 'abc' })]],
  ]);
  expect((await system().refused(imports.confirmImport, named(faulty.importId))).code).toBe('import.hardErrors');
  const sound = await system().call(
    imports.previewImport,
    list('姓名,用户名,电话,角色\r\n周五,zhou05,1385,市局科室干部\r\n吴六,wu06,1386,市局科室干部\r\n'),
  );
  await system().call(people.create, { body: { name: '另一人', username: 'wu06', first: 'link' } });
  const refusal = await system().refused(imports.confirmImport, named(sound.importId));
  expect([refusal.code, refusal.sentence]).toEqual(['thing.changed', expect.stringContaining('名单涉及的账户')]);
  expect(await accounts('li04', 'zhou05', 'wu06')).toEqual([{ name: '另一人' }]);
});

it('comes back with its faults marked where they stand', async () => {
  const { importId, groups } = await system().call(
    imports.previewImport,
    list('人员名单\r\n姓名,用户名,电话,角色\r\n郑七,zheng07,1387,市局科室干部\r\n,wang08,abc,市局科室干部\r\n'),
  );
  const { fileName, body } = await system().call(imports.markedWorkbook, named(importId));
  expect(fileName).toBe('名单_标注.xlsx');
  const book = await loadBook(body);
  const notes = (address: string) => JSON.stringify(book.worksheets[0]!.getCell(address).note ?? '');
  expect(notes('A3')).toBe('""');
  expect(notes('A4')).toContain('缺少姓名');
  expect(book.worksheets[0]!.getCell('A4').fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
  expect(notes('C4')).toContain('电话只含数字');
  // The empty cell is named as the cell that is marked, and what the template explains is explained here too.
  expect(groups[0]?.findings.map(({ place }) => place)).toEqual(['A4', 'C4']);
  expect(book.worksheets.map(({ name }) => name)).toEqual(['表格', '填写说明', '角色与单位']);
  const known = JSON.stringify(book.worksheets.map((sheet) => sheet.getSheetValues()));
  for (const text of ['必填，本人姓名，最多 40 个字', '泉州市', '鲤城区']) expect(known).toContain(text);
});

it('comes back whole where its sheet has the name of a sheet that explains it', async () => {
  const book = new ExcelJS.Workbook();
  book.addWorksheet('填写说明').addRows([
    ['姓名', '用户名', '电话', '角色'],
    ['林一', '1', '1381', '市局科室干部'],
  ]);
  const bytes = new Uint8Array(await book.xlsx.writeBuffer());
  const file = { name: '名单.xlsx', bytes, size: bytes.length };
  const { importId } = await system().call(imports.previewImport, { file });
  const marked = await loadBook((await system().call(imports.markedWorkbook, named(importId))).body);
  expect(marked.worksheets.map(({ name }) => name)).toEqual(['填写说明', '角色与单位']);
  expect(marked.worksheets[0]!.getCell('A2').text).toBe('林一');
});

it('more lines than one list may hold are a finding, and none of them is made', async () => {
  const many = Array.from({ length: 10_001 }, (_, index) => `人员,1${String(index).padStart(5, '0')},市局科室干部`);
  const preview = await system().call(imports.previewImport, list(['姓名,电话,角色', ...many].join('\r\n')));
  expect(preview.groups[0]?.findings.map(({ place, rule }) => [place, rule])).toEqual([
    ['A10002', '名单有 10001 行，一次最多 10000 行，请分几次导入'],
  ]);
  expect(preview.writable).toBe(false);
}, 60_000);
