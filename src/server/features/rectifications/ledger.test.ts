import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as lower from '#contract/directory/lower-units.ts';
import * as home from '#contract/home/home.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type LedgerScene, measures, ofSchool, openLedgerScene, report } from '#test/support/scenes/ledger-scene.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';

let scene: LedgerScene;
let as: LedgerScene['as'];
let enter: LedgerScene['enter'];
let idsOf: LedgerScene['idsOf'];
let read: LedgerScene['read'];
beforeAll(async () => {
  scene = await openLedgerScene();
  ({ as, enter, idsOf, read } = scene);
});
afterAll(() => scene.app.close());

describe('the lists', () => {
  beforeAll(async () => {
    const duty = { type: 'unit' as const, id: units.fengze.id };
    await enter('cityOfficer', { duty, kind: 'duty', title: '督导经费没有单列' });
    for (let at = 0; at < 3; at += 1) await enter('countyOfficer', { severity: 'urgent', title: '围墙倾斜' });
    const { id } = await enter('countyOfficer');
    await scene.done(id);
    await scene.closed((await enter('countyOfficer')).id);
    await as('head').call(rectifications.ask, {
      params: { findingId: await noticed() },
      body: { until: '2025-11-20', reason: '工程招标需要时间' },
    });
  });
  const noticed = async () => {
    const { id } = await enter('countyOfficer');
    await as('countyOfficer').call(rectifications.notice, await scene.at(id));
    return id;
  };

  it('find by words, pinyin and the name of the school, and narrow by what waits for the person', async () => {
    const { id } = await enter('countyOfficer', { title: '食堂留样记录缺失', duty: ofSchool(schools.neighbour.id) });
    for (const search of ['留样', 'shitangliuyang', 'stly', '第二小学', 'sldexx']) {
      expect(await idsOf('countyOfficer', { search }), search).toContain(id);
    }
    expect(await idsOf('otherDirector', { search: '留样' })).toEqual([]);
    expect(await idsOf('countyOfficer', { waiting: 'notice' })).toContain(id);
    expect(await idsOf('cityOfficer', { waiting: 'notice' })).not.toContain(id);
    const lines = (await as('countyDirector').call(home.overview)).work.filter(({ kind }) =>
      kind.startsWith('rectifications.'),
    );
    expect(lines.length).toBeGreaterThan(2);
    for (const { kind, count } of lines) {
      expect(await idsOf('countyDirector', { waiting: kind.split('.')[1] }), kind).toHaveLength(count);
    }
    const { body, fileName } = await as('countyOfficer').call(rectifications.workbook, { query: { open: 'true' } });
    expect(fileName).toBe('整改台账_2025-10-15.xlsx');
    const sheet = (await loadBook(body)).getWorksheet('整改台账')!;
    const cells = (row: number) => (sheet.getRow(row).values as unknown[]).slice(1, 9);
    expect(cells(2)).toEqual([
      ...['序号', '问题', '责任单位', '责任人', '整改措施', '完成时限', '整改情况', '是否销号'],
    ]);
    const written: unknown[][] = [];
    sheet.eachRow((_row, at) => written.push(cells(at)));
    expect(written).toContainEqual([
      ...[expect.any(Number), '消防通道堆放杂物', '示例第一小学', '', `1. ${measures[0]!.body}`],
      ...[expect.stringMatching(/^2025-1\d-\d\d/), report, '否'],
    ]);
    const board = await as('cityOfficer').call(rectifications.board, { query: { year: 2025 } });
    expect(board.rows.map(({ name }) => name)).toEqual(['鲤城区', '丰泽区']);
    expect(board.rows[0]!.months.map(({ month }) => month)).toEqual(['2025-09', '2025-10']);
    const { kinds } = await as('cityOfficer').call(rectifications.halfLives);
    expect(kinds.find(({ kind }) => kind === 'safety')!.findings).toBeGreaterThan(5);
  });

  it('say what came again and what spread', async () => {
    const earlier = await enter('countyOfficer', { kind: 'data', foundOn: '2024-11-01', title: '数据不实' });
    const later = await enter('countyOfficer', { kind: 'data', foundOn: '2025-10-12', title: '数据又不实' });
    const other = await enter('countyOfficer', {
      ...{ kind: 'data', foundOn: '2025-10-12', title: '他校数据不实', duty: ofSchool(schools.neighbour.id) },
    });
    const of = async (id: string) =>
      (await read('countyOfficer', id)).recurrences.map((one) => `${one.relation} ${one.title}`);
    expect(await of(later.id)).toEqual(['again 数据不实']);
    expect(await of(earlier.id)).toEqual([]);
    expect((await of(other.id)).sort()).toEqual(['spread 数据不实', 'spread 数据又不实']);
  });

  it('say what came again at a unit, a section and a school, also within a year, and that no office spreads it', async () => {
    await scene.app.owner.query(`select setval('org_units_id_seq', (select max(id) from org_units))`);
    const opened = await as('cityOfficer').call(lower.openLowerUnit, {
      params: { unitId: units.licheng.id },
      body: { name: '督导室', kind: 'section', parentId: null, day: '2023-09-01' },
    });
    const [unit, section] = [
      { type: 'unit' as const, id: units.licheng.id },
      { type: 'section' as const, id: opened.id },
    ];
    const found = (duty: object, foundOn: string, title: string) =>
      enter('countyOfficer', { duty, kind: 'duty', foundOn, title });
    const of = async ({ id }: { readonly id: string }) =>
      (await read('countyOfficer', id)).recurrences.map((one) => `${one.relation} ${one.bodyName} ${one.title}`);
    const first = await found(unit, '2023-11-01', '经费没有单列');
    await found(section, '2024-11-01', '台账没有建立');
    await found(ofSchool(schools.junior.id), '2025-09-20', '自查没有开展');
    expect(await of(await found(unit, '2025-10-01', '经费又没有单列'))).toEqual(['again 鲤城区 经费没有单列']);
    expect(await of(await found(section, '2025-10-01', '台账仍没有建立'))).toEqual(['again 督导室 台账没有建立']);
    expect(await of(await found(ofSchool(schools.junior.id), '2025-10-02', '自查再次没有开展'))).toEqual([
      'again 示例初级中学 自查没有开展',
    ]);
    expect(await of(first)).toEqual([]);
  });

  it('a kind is changed by the city, and an outdated change is refused', async () => {
    const { kinds } = await as('cityOfficer').call(rectifications.kinds);
    const { key, ...kind } = kinds.find(({ key }) => key === 'other')!;
    const change = { params: { kindKey: key }, body: { ...kind, dueDays: 15, source: '泉教督〔2025〕1号' } };
    expect((await as('countyDirector').refused(rectifications.changeKind, change)).code).toBe('access.denied');
    expect(await as('cityOfficer').call(rectifications.changeKind, change)).toMatchObject({ dueDays: 15, revision: 2 });
    expect(await as('cityOfficer').refused(rectifications.changeKind, change)).toMatchObject({
      ...{ code: 'thing.changed', sentence: expect.stringMatching(/^您已在另一个窗口于 .* 修改问题类别“其他”/) },
    });
  });
});
