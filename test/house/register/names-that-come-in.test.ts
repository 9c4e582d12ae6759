import { utils, type WorkSheet, write } from '@e965/xlsx';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as imports from '#contract/people/import.ts';
import * as people from '#contract/people/people.ts';
import * as session from '#contract/session/session.ts';
import * as tokens from '#contract/session/tokens.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { peopleFeature } from '../../../src/server/features/people/people.feature.ts';
import { sessionFeature } from '../../../src/server/features/session/session.feature.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [peopleFeature(() => []), sessionFeature] });
});
afterAll(() => app.close());

const system = () => app.as('systemAdministrator');
const fileOf = (bytes: Uint8Array, name: string) => ({ file: { name, bytes } as never });
const csv = (text: string) => fileOf(new TextEncoder().encode(text), '名单.csv');

function workbook(sheets: Readonly<Record<string, unknown[][]>>, edit?: (sheet: WorkSheet) => void) {
  const book = utils.book_new();
  for (const [title, rows] of Object.entries(sheets)) {
    const sheet = utils.aoa_to_sheet(rows);
    if (title === '名单') edit?.(sheet);
    utils.book_append_sheet(book, sheet, title);
  }
  return fileOf(new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' })), '名单.xlsx');
}

describe('a list of people', () => {
  const head = ['姓名', '用户名', '电话', '角色'];
  const role = '市局科室干部';

  it('may stand below a title, on another sheet than the first, with its columns in any order', async () => {
    const found = await system().call(
      imports.previewImport,
      workbook({
        封面: [['泉州市教育局'], ['人员名单']],
        名单: [
          ['2025 年人员名单'],
          [],
          ['序号', '用户名', '职务', '人员姓名', '手机号', '角色'],
          [1, 'lin-1', '科员', '林一', '1381', role],
        ],
      }),
    );
    expect(found).toMatchObject({
      changes: { people: [{ row: 4, name: '林一', username: 'lin-1', phone: '1381', faulty: false }] },
      hard: 0,
      notes: [],
    });
  });

  it('without its columns is refused with the sheets and the missing columns', async () => {
    const { code, sentence } = await system().refused(
      imports.previewImport,
      workbook({ 封面: [['a']], 名单: [['姓名', '电话', '单位']] }),
    );
    expect(code).toBe('table.headingsMissing');
    expect(sentence).toBe('“名单.xlsx”的工作表“名单”缺少列标题 “角色”');
  });

  it('an error and a date are problems of their row', async () => {
    const { groups } = await system().call(
      imports.previewImport,
      workbook({ 名单: [head, ['林一', 'lin-err', 'x', role], ['林二', 'lin-day', 'x', role]] }, (sheet) => {
        sheet.C2 = { t: 'e', v: 42, w: '#N/A' };
        sheet.C3 = { t: 'n', v: 45901, z: 'yyyy-mm-dd' };
      }),
    );
    expect(groups[0]?.findings.map(({ place, rule }) => [place, rule.slice(0, 9)])).toEqual([
      ['C2', '单元格是公式错误 '],
      ['C3', '单元格是日期 20'],
    ]);
  });

  it('names are taken without invisible characters, and the preview says so', async () => {
    const text = [
      '姓名,用户名,电话,角色',
      `林\u200b一,lin-a\u200b,1381\u202c,${role}`,
      `王\u3000芳,wang-f,1382,${role}`,
      `"陈\n丽",chen-l,1383,${role}`,
      `Anna Lee,anna-l,1384,${role}`,
    ];
    const { importId, changes, notes, hard } = await system().call(imports.previewImport, csv(text.join('\r\n')));
    expect(changes.people.map(({ name, username, phone }) => [name, username, phone])).toEqual([
      ['林一', 'lin-a', '1381'],
      ['王芳', 'wang-f', '1382'],
      ['陈丽', 'chen-l', '1383'],
      ['Anna Lee', 'anna-l', '1384'],
    ]);
    expect(hard).toBe(0);
    expect(notes).toEqual([
      '第 2 行的姓名含有看不见的字符（U+200B），已去掉，按“林一”建立。',
      '第 3 行的姓名含有空格，已去掉，按“王芳”建立。',
      '第 4 行的姓名含有换行，已去掉，按“陈丽”建立。',
    ]);
    const made = await system().call(imports.confirmImport, { params: { importId } });
    expect(made.codes.map(({ name }) => name)).toEqual(['林一', '王芳', '陈丽', 'Anna Lee']);
  });

  it('sums and numbering do not count as people; in CSV, quotes and separators are read as strictly as anywhere', async () => {
    const { changes, notes } = await system().call(
      imports.previewImport,
      csv(`姓名,用户名,电话,角色\r\n甲,乙,丙,丁\r\n李生均,li-s,1381,${role}\r\n共 1 人,,,\r\n`),
    );
    expect(changes.people.map(({ name }) => name)).toEqual(['李生均']);
    expect(notes).toEqual([
      '第 2 行（甲、乙、丙、丁）是栏次编号，没有读取。',
      '第 4 行（共 1 人）是合计或平均，没有读取。',
    ]);
    const open = await system().refused(
      imports.previewImport,
      csv('姓名,电话,角色\r\n"林一,1381,a\r\n林二,1382,b\r\n'),
    );
    expect(open.sentence).toContain('第 2 行有一个引号没有配对');
    const shifted = await system().refused(imports.previewImport, csv('姓名,电话,角色\r\n林,一,1381,a\r\n'));
    expect(shifted.sentence).toContain('第 2 行的格数多于列标题');
  });
});

it('no person and no token gets a name that nobody could find', async () => {
  const odd = '林\u200b一';
  const sentence = '姓名中有看不见的字符（U+200B）';
  const account = { name: odd, username: 'lin-odd' };
  const params = { personId: app.as('roleless').personId };
  const asked = [
    system().refused(people.create, { body: { ...account, first: 'link' } }),
    system().refused(people.update, { params, body: { name: odd, phone: null, revision: 1 } }),
    app.stranger.refused(session.useLink, { body: { ...account, token: 'x'.repeat(40), password: 'Neues-Wort-4' } }),
  ];
  for (const one of asked) expect((await one).sentence).toContain(sentence);
  const token = { name: odd, permissions: ['filing.read' as const], days: 1 };
  expect((await app.as('countyOfficer').refused(tokens.create, { body: token })).sentence).toContain('令牌名称中');
});
