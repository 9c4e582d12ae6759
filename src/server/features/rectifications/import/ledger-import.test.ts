import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as imports from '#contract/rectifications/import.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import type { Member } from '#test/support/cast.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type LedgerScene, openLedgerScene } from '#test/support/scenes/ledger-scene.ts';

let scene: LedgerScene;
beforeAll(async () => {
  scene = await openLedgerScene();
});
afterAll(() => scene.app.close());

const head = '问题,责任单位,责任人,整改措施,完成时限,整改情况,是否销号,销号日期,问题类别,发现日期';
const table = (...rows: string[]) => ({
  name: '台账.csv',
  bytes: new TextEncoder().encode([head, ...rows].join('\r\n')),
  size: 1,
});
const preview = (file: ReturnType<typeof table>, member: Member = 'countyOfficer') =>
  scene.as(member).call(imports.previewImport, { file, fields: {} });
type Looked = Awaited<ReturnType<typeof preview>>;
const confirming = ({ importId }: Looked) => ({ params: { importId }, body: {} });
const take = (looked: Looked) => scene.as('countyOfficer').call(imports.confirmImport, confirming(looked));
const faultsOf = ({ groups }: Looked) =>
  groups.flatMap(({ findings }) => findings.map(({ part, rule }) => [part, rule]));
const skippedOf = ({ changes }: Looked) =>
  changes.flatMap(({ title, known }) => (known ? [[title, known.state, known.dueOn]] : []));
const listed = async (search: string) => {
  const query = { search, pageSize: 100 } as never;
  const { rows } = await scene.as('countyOfficer').call(rectifications.list, { query });
  return rows.map(({ title, state, foundOn, dueOn }) => ({ title, state, foundOn, dueOn }));
};
const toldOf = async (title: string) =>
  (
    await scene.app.owner.query(
      `select n.kind, n.audience, n.school_id from notices n join findings f on f.place_id = n.place_id and f.id = n.subject_id
        where f.title = $1 order by n.sent_at, n.kind`,
      [title],
    )
  ).rows;

const open = '围墙有裂缝,示例第一小学,总务主任,加固围墙,2025-11-20,已报价,否,,校园安全,2025-10-08';
const closed = '档案没有归档,鲤城区,办公室,补齐档案,2025-09-20,已补齐,是,2025-09-18,其他,2025-09-10';

describe('a ledger that was kept elsewhere', () => {
  it('enters each row where it stands, tells whoever owes something, and is taken only once', async () => {
    const [kinds] = [(await scene.as('countyOfficer').call(rectifications.kinds)).kinds.map(({ name }) => name)];
    const rows = [open, closed].map((row) => row.replace('校园安全', kinds[0]!));
    const [looked, beside] = [await preview(table(...rows)), await preview(table(...rows))];
    expect(looked.hard).toBe(0);
    expect(await take(looked)).toEqual({ entered: 2, closed: 1 });
    expect(await listed('围墙有裂缝')).toEqual([
      { title: '围墙有裂缝', state: 'planned', foundOn: '2025-10-08', dueOn: '2025-11-20' },
    ]);
    expect(await listed('档案没有归档')).toEqual([
      { title: '档案没有归档', state: 'closed', foundOn: '2025-09-10', dueOn: '2025-09-20' },
    ]);
    expect(await toldOf('围墙有裂缝')).toEqual([
      { kind: 'rectification.notice', audience: 'school', school_id: schools.first.id },
    ]);
    expect(await toldOf('档案没有归档')).toEqual([]);
    const again = await preview(table(...rows));
    expect(skippedOf(again)).toEqual([
      ['围墙有裂缝', 'planned', '2025-11-20'],
      ['档案没有归档', 'closed', '2025-09-20'],
    ]);
    expect(again).toMatchObject({ hard: 0, writable: false });
    expect((await scene.as('countyOfficer').refused(imports.confirmImport, confirming(again))).code).toBe(
      'import.empty',
    );
    // A preview from before the first was taken comes too late as well.
    expect((await scene.as('countyOfficer').refused(imports.confirmImport, confirming(beside))).code).toBe(
      'import.expired',
    );
    expect(await listed('围墙有裂缝')).toHaveLength(1);
    const [id] = await scene.idsOf('countyOfficer', { search: '围墙有裂缝' });
    await scene.as('countyDirector').call(rectifications.cancel, await scene.at(id!, { reason: '导入有误' }));
    expect((await toldOf('围墙有裂缝')).map(({ kind }) => kind)).toEqual([
      'rectification.cancelled',
      'rectification.notice',
    ]);
    // What was given up may be entered anew.
    expect(skippedOf(await preview(table(rows[0]!)))).toEqual([]);
  });

  it('is taken once by two who confirm the same rows at once', async () => {
    const row = '门厅漏水,示例第一小学,,,2025-11-20,,否,,,2025-10-09';
    const lookedAt = await Promise.all([preview(table(row)), preview(table(row), 'cityOfficer')]);
    const people = ['countyOfficer', 'cityOfficer'] as const;
    const answers = await Promise.allSettled(
      lookedAt.map((looked, at) => scene.as(people[at]!).call(imports.confirmImport, confirming(looked))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await listed('门厅漏水')).toHaveLength(1);
  });

  it('refuses by its cell what is of the future, in a wrong order, of another place, of no kind, or there twice', async () => {
    const row = (cells: Partial<Record<string, string>>) =>
      head
        .split(',')
        .map((name) => cells[name] ?? { 问题: '门窗松动', 责任单位: '示例第一小学' }[name] ?? '')
        .join(',');
    const faults = async (...rows: Parameters<typeof row>[0][]) => faultsOf(await preview(table(...rows.map(row))));
    expect(await faults({ 发现日期: '2025-10-16' })).toEqual([['发现日期', '发现日期晚于今天']]);
    expect(await faults({ 是否销号: '是', 销号日期: '2025-10-16' })).toEqual([['销号日期', '销号日期晚于今天']]);
    // The day on which it was due stands in for the other: one sentence, where the day is wanted.
    expect(await faults({ 是否销号: '是', 完成时限: '2025-12-20' })).toEqual([
      ['销号日期', '已销号，但没有销号日期，完成时限 2025-12-20 又晚于今天：请填写销号日期'],
    ]);
    expect(await faults({ 是否销号: '是', 销号日期: '2025-10-01', 发现日期: '2025-10-02' })).toEqual([
      ['销号日期', '销号日期早于发现日期'],
    ]);
    expect(await faults({ 是否销号: '是' })).toEqual([['销号日期', '已销号的问题缺少销号日期']]);
    expect(await faults({ 责任单位: schools.foreign.name })).toEqual([
      ['责任单位', `“${schools.foreign.name}”在辖区内找不到`],
    ]);
    expect(await faults({ 问题类别: '天气' })).toEqual([['问题类别', '没有“天气”这一类别']]);
    const twice = [['问题', '与前面的一行是同一问题']];
    expect(await faults({}, {})).toEqual(twice);
    // A row without a day of its own is known by its days, written out or not, and by a row that names one.
    const done = { 是否销号: '是', 销号日期: '2025-10-01' };
    expect(await faults(done, { ...done, 完成时限: '2025-10-01' })).toEqual(twice);
    expect(await faults({ ...done, 发现日期: '2025-09-20' }, done)).toEqual(twice);
    expect(await faults({ 完成时限: '2025-11-20' }, { 问题: '门窗 松动。', 完成时限: '2025-11-21' })).toEqual(twice);
    expect(await faults({ 发现日期: '2025-10-01' }, { 发现日期: '2025-10-02' })).toEqual([]);
    const run = await preview(table(row({ 责任单位: schools.cityManaged.code })), 'otherOfficer');
    expect(faultsOf(run)).toEqual([['责任单位', `“${schools.cityManaged.code}”是市直学校，由市级督导机构录入`]]);
    expect(await preview(table(row({ 责任单位: units.fengze.name })), 'cityOfficer')).toMatchObject({ hard: 0 });
  });

  it('knows the rows of the eight columns of the office again, whatever became of them', async () => {
    const eight = (...rows: string[]) => {
      const columns = '问题,责任单位,责任人,整改措施,完成时限,整改情况,是否销号,销号日期';
      return { ...table(), bytes: new TextEncoder().encode([columns, ...rows].join('\r\n')) };
    };
    expect(await take(await preview(eight('食堂台账不全,示例第一小学,,,2025-11-20,,否,')))).toMatchObject({
      entered: 1,
    });
    const again = [
      '食堂台账不全,示例第一小学,,,2025-11-20,已补齐,是,2025-10-14',
      '食堂台账不全,示例第一小学,,,2025-12-20,,否,',
      '食堂 台账不全。,示例第一小学,,,2025-11-20,,否,',
    ];
    const known = async (row: string) => {
      const looked = await preview(eight(row));
      return [looked.hard, looked.writable, skippedOf(looked).map(([, ...what]) => what)];
    };
    for (const row of again) expect(await known(row)).toEqual([0, false, [['planned', '2025-11-20']]]);
    await scene.app.owner.query(
      `update findings set state = 'closed', closed_on = '2025-10-14', due_on = '2025-12-01' where title = '食堂台账不全'`,
    );
    for (const row of again) expect(await known(row)).toEqual([0, false, [['closed', '2025-12-01']]]);
    // Whoever acts for a school in which nobody can sign in is told of what is imported too. The known rows of the month are
    // counted and left, whatever else is wrong with them.
    const wrong = '食堂台账不全,示例第一小学,,,2025-12-20,,是,';
    const month = await preview(eight(again[1]!, `宿舍漏雨,${schools.junior.name},,,2025-11-20,,否,`, wrong));
    expect(month.notes).toEqual([
      expect.stringContaining('2 行已在台账中，跳过，台账中的问题不变；导入其余 1 个'),
      expect.stringContaining('其中 1 行文件中没有销号、台账中已销号（示例第一小学），没有录入'),
    ]);
    expect(await take(month)).toEqual({ entered: 1, closed: 0 });
    expect(await listed('食堂台账不全')).toHaveLength(1);
    expect(await toldOf('宿舍漏雨')).toEqual([{ kind: 'rectification.notice', audience: 'place', school_id: null }]);
    // Another finding of the same words says when it was found.
    expect(await preview(table('食堂台账不全,示例第一小学,,,,,否,,,2025-10-13'))).toMatchObject({
      hard: 0,
      writable: true,
    });
  });

  it('knows the rows of its own workbook again, with a day that is not settled yet', async () => {
    const { id } = await scene.enter('countyOfficer', { title: '体育器材不足' });
    await scene.as('countyOfficer').call(rectifications.notice, await scene.at(id));
    await scene.app.owner.query('update findings set due_provisional = true where id = $1', [id]);
    const query = { search: '体育器材不足' } as never;
    const book = await scene.as('countyOfficer').call(rectifications.workbook, { query });
    const looked = await preview({ name: '台账.xlsx', bytes: new Uint8Array(book.body), size: 1 });
    expect([looked.hard, skippedOf(looked).map(([title]) => title)]).toEqual([0, ['体育器材不足']]);
  });
});
