import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as periods from '#contract/filings/periods.ts';
import * as home from '#contract/home/home.ts';
import * as items from '#contract/work-plans/items.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { atPlaces, type Scope } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { issuedPlan, planText } from '#test/support/scenes/plan-scene.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';
import { listItems } from './item.store.ts';
import { listPartsOf } from './part.store.ts';
import { listPlans, type WorkPlanHandle } from './work-plan.store.ts';

const written = {
  ...{ heading: null, number: null, text: '增补的任务', fromDay: null, toDay: null },
  ...{ countyReach: 'none' as const, cityManaged: false, units: [], ties: [] },
};

/** With a year of filings, which items can be tied to. */
async function openWithYear(): Promise<TestApp> {
  const app = await openTestApp();
  await app.as('cityOfficer').call(periods.open, {
    body: { schoolYear: 2025, opensOn: '2025-10-01', deadline: '2025-10-20', graceDays: 5, cityDeadline: '2025-11-10' },
  });
  return app;
}

describe('a plan is pasted and corrected', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp();
  });
  afterAll(() => app.close());

  it('its items are recognised with their counties and days, and corrected by hand', async () => {
    const city = app.as('cityOfficer');
    const { id, items: count } = await city.call(plans.create, { body: { kind: 'city', year: 2025, text: planText } });
    expect(count).toBe(4);
    const params = { planId: id };
    const { plan, items: found, known } = await city.call(plans.read, { params });
    expect(plan).toMatchObject({ title: '2025年泉州市督导工作要点', state: 'draft', placeId: units.city.id });
    expect(known.map(({ kind }) => kind)).toEqual(['county', 'county']);
    expect(found.map(({ number, text: said, countyReach, toDay }) => [number, said, countyReach, toDay])).toEqual([
      ['1', '对鲤城、丰泽开展市级核查；', 'named', null],
      ['1', '做好迎检准备。', 'none', null],
      ['2', '推动各县（市、区）开展年度自评，年底前完成。', 'all', '2025-12-31'],
      ['3', '鼓励丰泽等一些县（市、区）创建。', 'open', null],
    ]);
    expect(found[0]?.units.map(({ unitId }) => unitId)).toEqual([units.licheng.id, units.fengze.id]);

    const [first, second, ...rest] = found;
    const joined = { ...first!, text: first!.text + second!.text };
    const body = { title: '改名', documentNumber: '泉政教督〔2025〕1号', items: [joined, ...rest] };
    const saved = await city.call(plans.save, { params, body: { revision: 1, ...body } });
    expect(saved.items.map((item) => item.id)).toEqual([first, ...rest].map((item) => item!.id));
    const stale = { params, body: { revision: 1, ...body } };
    const late = await city.refused(plans.save, stale);
    expect(late.code).toBe('thing.changed');
    expect(late.sentence).toMatch(/^您已在另一个窗口于 .*\d\d:\d\d 修改这份工作计划，请刷新后再试。$/);
    const early = { ...joined, fromDay: '2025-06-01', toDay: '2025-05-01' };
    const wrong = await city.refused(plans.save, { params, body: { ...body, revision: 2, items: [early] } });
    expect(wrong.code).toBe('workPlan.daysOutOfOrder');
    const tied = { ...joined, ties: [{ kind: 'nobody.counts', year: 2025 }] };
    expect((await city.refused(plans.save, { params, body: { ...body, revision: 2, items: [tied] } })).code).toBe(
      'workItem.unknownTie',
    );

    const again = await city.call(plans.paste, { params, body: { revision: 2, text: `${planText}4.新的一点。` } });
    expect(again.items.map((item) => item.id).slice(2, 4)).toEqual(rest.map((item) => item.id));
    expect(again.items).toHaveLength(5);
  });

  it('an id of another plan names nothing in this one', async () => {
    const [city, county] = [app.as('cityOfficer'), app.as('countyDirector')];
    const {
      rows: [other],
    } = await city.call(plans.list, { query: { year: 2025 } });
    const {
      items: [foreign],
    } = await city.call(plans.read, { params: { planId: other!.id } });
    const { id } = await county.call(plans.create, { body: { kind: 'county', year: 2025, text: '1.本县任务。' } });
    const body = { revision: 1, title: '本县计划', documentNumber: null, items: [{ ...written, id: foreign!.id }] };
    const {
      items: [own],
    } = await county.call(plans.save, { params: { planId: id }, body });
    expect(own!.id).not.toBe(foreign!.id);
    expect((await city.call(plans.read, { params: { planId: other!.id } })).items[0]).toEqual(foreign);
  });

  it('a unit has one plan of a kind and year, and draws up its own kinds alone', async () => {
    const body = { kind: 'city' as const, year: 2025 };
    expect((await app.as('cityOfficer').refused(plans.create, { body })).code).toBe('workPlan.exists');
    expect((await app.as('countyDirector').refused(plans.create, { body })).code).toBe('workPlan.wrongKind');
    expect((await app.as('sectionOfficer').refused(plans.create, { body })).code).toBe('access.denied');
    expect((await app.as('head').refused(plans.list)).code).toBe('access.denied');
    const empty = { kind: 'city' as const, year: 2026 };
    const { id } = await app.as('cityOfficer').call(plans.create, { body: empty });
    const params = { planId: id };
    expect((await app.as('cityOfficer').refused(plans.issue, { params, body: { revision: 1 } })).code).toBe(
      'workPlan.empty',
    );
    await app.as('cityOfficer').call(plans.cancel, { params, body: { revision: 1, reason: '误建' } });
    await app.as('cityOfficer').call(plans.create, { body: empty });
  });
});

describe('an issued plan', () => {
  let app: TestApp;
  let plan: Awaited<ReturnType<typeof issuedPlan>>;
  beforeAll(async () => {
    app = await openTestApp();
    plan = await issuedPlan(app);
  });
  afterAll(() => app.close());
  const partsOf = async (member: 'countyDirector' | 'otherDirector') =>
    (await app.as(member).call(plans.list, { query: { year: 2025 } })).parts;

  it('lies at the counties that it is about as a dated copy, and they are told', async () => {
    expect((await partsOf('countyDirector')).map(({ number, named, issuedOn }) => [number, named, issuedOn])).toEqual([
      ['1', true, '2025-10-15'],
      ['2', true, '2025-10-15'],
      ['3', false, '2025-10-15'],
    ]);
    expect((await partsOf('otherDirector')).map(({ named }) => named)).toEqual([true, true, true]);
    const { rows } = await app.owner.query(`select place_id, kind from notices order by place_id`);
    expect(rows).toEqual(
      [units.licheng.id, units.fengze.id].map((place) => ({ place_id: place, kind: 'work-plan.issued' })),
    );
  });

  it('is nothing to a county, which reads its copies alone and writes no plan of the city or of a neighbour', async () => {
    const { params } = plan;
    const county = app.as('countyDirector');
    expect((await county.refused(plans.read, { params })).code).toBe('thing.notFound');
    expect((await county.call(plans.list, { query: { year: 2025 } })).rows).toEqual([]);
    expect((await county.refused(plans.close, { params, body: { revision: 2 } })).code).toBe('thing.notFound');
    const { id } = await app
      .as('otherDirector')
      .call(plans.create, { body: { kind: 'county', year: 2025, text: '1.任务。' } });
    expect((await county.refused(plans.read, { params: { planId: id } })).code).toBe('thing.notFound');
    const body = { revision: 1, title: '改名', documentNumber: null, items: [] };
    expect((await plan.city.refused(plans.save, { params: { planId: id }, body })).code).toBe('flow.notYours');
  });

  it('is amended with a reason: ids stay, the copies follow, and only counties with news are told', async () => {
    const { params, city, read } = plan;
    const before = await read();
    const [first, , second] = before.items;
    const told = (revision: number, reason = '上级部署调整') => ({ revision, reason });
    const narrowed = { ...first!, units: first!.units.filter(({ unitId }) => unitId === units.licheng.id) };
    const changed = await city.call(items.change, {
      params: { ...params, itemId: first!.id },
      body: { ...told(2), item: narrowed, position: 2 },
    });
    expect(changed).toEqual({ itemId: first!.id, revision: 3, counties: 1 });
    expect(
      (await partsOf('otherDirector')).filter(({ state }) => state === 'withdrawn').map(({ number }) => number),
    ).toEqual(['1']);
    const added = await city.call(items.add, {
      params,
      body: { ...told(3), item: { ...written, number: '4', countyReach: 'all' } },
    });
    expect(added.counties).toBe(2);
    const gone = await city.call(items.withdraw, { params: { ...params, itemId: second!.id }, body: told(4) });
    expect(gone.counties).toBe(2);
    const after = await read();
    expect(after.items.map(({ id }) => id)).toEqual([
      ...[before.items[1]!.id, first!.id, second!.id, before.items[3]!.id, added.itemId],
    ]);
    expect(after.items[2]).toMatchObject({ state: 'withdrawn', reason: '上级部署调整', standing: 'withdrawn' });
    const [one] = await partsOf('countyDirector');
    expect(one).toMatchObject({ number: '1', revision: 2, changedOn: '2025-10-15' });
    const late = await city.refused(items.withdraw, { params: { ...params, itemId: first!.id }, body: told(2) });
    expect(late).toMatchObject({ code: 'thing.changed', sentence: expect.stringMatching(/^您已在另一个窗口于/) });
    const again = { params: { ...params, itemId: second!.id }, body: told(5) };
    expect((await city.refused(items.withdraw, again)).code).toBe('workItem.notOpen');
  });

  it('is behind the second wall: with the condition removed a county still reads its own rows alone', async () => {
    const forgotten = atPlaces([units.city.id, units.licheng.id, units.fengze.id]);
    const seen = (known: Scope) =>
      withLease(app.services.pool, (held) =>
        held.reading(known, async (db: WholeHandle) => {
          const own = db as unknown as WorkPlanHandle;
          const [rows, found] = [await listPlans(own, forgotten, 2025), await listItems(own, forgotten, [plan.id])];
          const parts = await listPartsOf(own, forgotten, { placeId: units.city.id, id: plan.id });
          return [
            rows.map(({ placeId }) => placeId),
            found.length > 0,
            [...new Set(parts.map(({ placeId }) => placeId))],
          ];
        }),
      );
    expect(await seen(atPlaces([units.licheng.id]))).toEqual([[], false, [units.licheng.id]]);
    expect(await seen(atPlaces([units.city.id]))).toEqual([[units.city.id], true, []]);
    expect(await seen({ ...atPlaces([units.city.id]), schools: [101] })).toEqual([[], false, []]);
  });

  it('is read only once it is closed', async () => {
    const { params, city, read } = plan;
    const {
      plan: row,
      items: [item],
    } = await read();
    await city.call(plans.close, { params, body: { revision: row.revision } });
    const at = { params: { ...params, itemId: item!.id } };
    const note = { body: '补记', day: '2025-10-15', settles: false };
    expect((await city.refused(items.write, { ...at, body: note })).code).toBe('flow.notInState');
    expect(
      (await city.refused(items.withdraw, { ...at, body: { revision: row.revision + 1, reason: '不再办理' } })).code,
    ).toBe('flow.notInState');
    expect((await read()).can).toEqual({
      write: false,
      amend: false,
      note: false,
      issue: false,
      close: false,
      cancel: false,
    });
  });
});

describe('progress', () => {
  let app: TestApp;
  let plan: Awaited<ReturnType<typeof issuedPlan>>;
  beforeAll(async () => {
    app = await openWithYear();
    plan = await issuedPlan(app);
  });
  afterAll(() => app.close());

  const tie = async (number: string, ties: { kind: string; year: number }[]) => {
    const { plan: row, items: found } = await plan.read();
    const item = found.find((one) => one.number === number)!;
    const body = { revision: row.revision, reason: '关联进度', item: { ...item, ties } };
    await plan.city.call(items.change, { params: { ...plan.params, itemId: item.id }, body });
    return item.id;
  };
  const itemOf = async (member: 'cityOfficer' | 'sectionOfficer', id: string) =>
    (await app.as(member).call(plans.read, { params: plan.params })).items.find((item) => item.id === id)!;

  it('of a tied item is counted from the work at its units, by what the person may see', async () => {
    const id = await tie('2', [
      { kind: 'filings.collection', year: 2025 },
      { kind: 'balance.run', year: 2025 },
    ]);
    expect(await itemOf('cityOfficer', id)).toMatchObject({ standing: 'waiting', count: { done: 0, total: 4 } });
    await app.owner.query(
      `update filings set state = 'accepted', filled = required, submitted_at = now(), first_submitted_on = '2025-10-14',
              approved_at = now(), accepted_at = '2025-10-14T02:00:00Z', approved = '{}', content_hash = 'x'
        where place_id = ${units.licheng.id}`,
    );
    const counted = await itemOf('cityOfficer', id);
    expect(counted).toMatchObject({ standing: 'under-way', count: { done: 1, total: 4, lastDay: '2025-10-14' } });
    const [filings] = counted.ties.filter(({ kind }) => kind === 'filings.collection');
    expect(filings?.units.map(({ name, done }) => [name, done]).sort()).toEqual([
      ['丰泽区', 0],
      ['鲤城区', 1],
    ]);

    await app.owner.query(
      `update roles set permissions = array_remove(permissions, 'balance.read') where key = 'section-officer'`,
    );
    const seen = await itemOf('sectionOfficer', id);
    expect(seen.ties.map(({ kind, visible }) => [kind, visible])).toEqual([
      ['balance.run', false],
      ['filings.collection', true],
    ]);
    expect(seen).toMatchObject({ standing: 'under-way', count: { done: 1, total: 2 } });
    await app.owner.query(
      `update roles set permissions = array_remove(permissions, 'filing.read') where key = 'section-officer'`,
    );
    expect(await itemOf('sectionOfficer', id)).toMatchObject({ standing: 'unknown', count: null });
  });

  it('of a tied item is typed by nobody; without ties a note settles it, and a reason opens it again', async () => {
    const { params, city, read } = plan;
    const { items: found } = await read();
    const [first, , tied] = found;
    const note = { body: '已完成核查，见纪要', day: '2025-10-14', settles: true };
    expect((await city.refused(items.write, { params: { ...params, itemId: tied!.id }, body: note })).code).toBe(
      'workItem.counted',
    );
    const at = { params: { ...params, itemId: first!.id } };
    await city.call(items.write, { ...at, body: note });
    expect((await read()).items[0]).toMatchObject({ standing: 'done', notes: [{ body: note.body, author: '市督导' }] });
    await city.call(items.reopen, { ...at, body: { reason: '仍有问题' } });
    expect((await read()).items[0]?.standing).toBe('under-way');
    expect((await city.refused(items.reopen, { ...at, body: { reason: '仍有问题' } })).code).toBe('workItem.notOpen');
    expect((await app.as('countyOfficer').refused(items.write, { ...at, body: note })).code).toBe('thing.notFound');
    const strange = { params: { ...params, itemId: randomUUID() }, body: note };
    expect((await city.refused(items.write, strange)).code).toBe('thing.notFound');
  });

  it('is told on the home page: what stands, what is done, what is late', async () => {
    const { params, city, read } = plan;
    const { items: found, plan: row } = await read();
    const item = { ...found[1]!, toDay: '2025-10-14' };
    await city.call(items.change, {
      params: { ...params, itemId: item.id },
      body: { revision: row.revision, reason: '补期限', item },
    });
    const seen = await city.call(home.overview, { query: {} });
    const figure = (kind: string) => seen.figures.find(({ key }) => key === kind)?.count;
    expect([figure('work-plans.items'), figure('work-plans.done')]).toEqual([4, 0]);
    expect(seen.work).toContainEqual({
      kind: 'work-plans.overdue',
      count: 1,
      oldestDays: 1,
      subject: plan.id,
      parts: [],
    });
    // A section notes and does not write: its lines are a part of the statement of their own.
    expect((await app.as('sectionOfficer').call(home.overview, { query: {} })).work).toEqual(
      seen.work.filter(({ kind }) => kind === 'work-plans.overdue'),
    );
    const county = await app.as('countyDirector').call(home.overview, { query: {} });
    expect(county.work).toContainEqual({
      kind: 'work-plans.unplanned',
      count: 2,
      oldestDays: 0,
      subject: null,
      parts: [],
    });
    await app.owner.query(`update filings set state = 'accepted', filled = required, submitted_at = now(),
      first_submitted_on = '2025-10-14', approved_at = now(), accepted_at = now(), approved = '{}', content_hash = 'x'`);
    await tie('2', [{ kind: 'filings.collection', year: 2025 }]);
    const after = await city.call(home.overview, { query: {} });
    expect(after.figures.find(({ key }) => key === 'work-plans.done')?.count).toBe(1);
  });

  it('goes into the workbook, and an item is found by its words', async () => {
    const { body, fileName } = await plan.city.call(plans.workbook, { params: plan.params });
    expect(fileName).toBe('2025年泉州市督导工作要点.xlsx');
    const [sheet, byUnit] = (await loadBook(body)).worksheets;
    expect(sheet!.getRow(4).values).toContain('已完成');
    expect(sheet!.getRow(3).values).toContain('已逾期');
    expect(byUnit!.rowCount).toBe(3);
    expect((await plan.city.call(plans.find, { query: { search: '年度自评' } })).rows).toHaveLength(1);
    expect((await app.as('countyDirector').call(plans.find, { query: { search: '年度自评' } })).rows).toEqual([]);
  });
});
