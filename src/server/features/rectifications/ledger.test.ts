import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as home from '#contract/home/home.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import { schools, units } from '#test/support/scenario.ts';
import { type LedgerScene, ofSchool, openLedgerScene } from '#test/support/scenes/ledger-scene.ts';

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
    expect(body.length).toBeGreaterThan(3000);
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

  it('a kind is changed by the city, and an outdated change is refused', async () => {
    const { kinds } = await as('cityOfficer').call(rectifications.kinds);
    const { key, ...kind } = kinds.find(({ key }) => key === 'other')!;
    const change = { params: { kindKey: key }, body: { ...kind, dueDays: 15, source: '泉教督〔2025〕1号' } };
    expect((await as('countyDirector').refused(rectifications.changeKind, change)).code).toBe('access.denied');
    expect(await as('cityOfficer').call(rectifications.changeKind, change)).toMatchObject({ dueDays: 15, revision: 2 });
    expect((await as('cityOfficer').refused(rectifications.changeKind, change)).code).toBe('thing.changed');
  });
});
