import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as home from '#contract/home/home.ts';
import * as items from '#contract/work-plans/items.ts';
import * as plans from '#contract/work-plans/plans.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { issuedPlan } from '#test/support/scenes/plan-scene.ts';

describe('a county draws up its plan from what the city issued', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openTestApp();
  });
  afterAll(() => app.close());

  it('each item names the part that it carries out, and the city sees who has done so', async () => {
    const county = app.as('countyDirector');
    const body = { kind: 'county' as const, year: 2025, fromParts: true };
    expect((await county.refused(plans.create, { body })).code).toBe('workPlan.noParts');
    const { city, params } = await issuedPlan(app);
    const { id, items: count } = await county.call(plans.create, { body });
    expect(count).toBe(3);
    const own = await county.call(plans.read, { params: { planId: id } });
    expect(own.items.map(({ part }) => part?.planTitle)).toEqual(Array(3).fill('2025年泉州市督导工作要点'));
    const saved = await county.call(plans.save, {
      params: { planId: id },
      body: { revision: 1, title: '鲤城计划', documentNumber: null, items: own.items.slice(0, 2) },
    });
    expect(saved.items.map(({ part }) => part?.id)).toEqual(own.items.slice(0, 2).map(({ part }) => part?.id));
    const { rows } = await city.call(plans.counties, { params });
    expect(rows.map(({ name, parts, taken, plan, total }) => [name, parts, taken, plan?.title ?? null, total])).toEqual(
      [
        ['鲤城区', 3, 2, '鲤城计划', 2],
        ['丰泽区', 3, 0, null, 0],
      ],
    );
    expect((await county.refused(plans.counties, { params })).code).toBe('access.reachTooShort');
  });

  it('takes up what was left out or comes later: into the draft whoever writes, into the issued plan whoever issues', async () => {
    const [officer, director] = [app.as('countyOfficer'), app.as('countyDirector')];
    const seen = async (person: typeof officer) => {
      const { parts, mayTake, rows } = await person.call(plans.list, { query: { year: 2025 } });
      const open = parts.filter(({ state, items }) => state === 'standing' && items === 0).map(({ id }) => id);
      return { open, mayTake, planId: rows.find(({ kind }) => kind === 'county')!.id };
    };
    const { open, mayTake, planId } = await seen(officer);
    expect(open).toHaveLength(1);
    expect(mayTake).toEqual({ planId, revision: 2 });
    const params = { planId };
    const taking = { params, body: { revision: 2, parts: open } };
    expect(await officer.call(plans.takeParts, taking)).toEqual({ items: 3 });
    expect(await officer.refused(plans.takeParts, taking)).toMatchObject({
      ...{ code: 'thing.changed', sentence: expect.stringMatching(/^您已在另一个窗口于 .*\d\d:\d\d 修改这份工作计划/) },
    });
    expect(await director.refused(plans.takeParts, taking)).toMatchObject({
      ...{ code: 'thing.changed', sentence: expect.stringMatching(/^这份工作计划已由鲤城督导于 .*\d\d:\d\d 修改/) },
    });
    const again = { params, body: { revision: 3, parts: open } };
    expect((await officer.refused(plans.takeParts, again)).code).toBe('workPlan.partTaken');
    await director.call(plans.issue, { params, body: { revision: 3 } });
    const city = app.as('cityOfficer');
    const { rows } = await city.call(plans.list, { query: { year: 2025 } });
    const cityPlan = rows.find(({ kind }) => kind === 'city')!;
    const { items: written } = await city.call(plans.read, { params: { planId: cityPlan.id } });
    const item = {
      ...written[0]!,
      text: '对寄宿制学校开展一次专项检查',
      countyReach: 'all' as const,
      units: [],
      ties: [],
    };
    const later = { revision: cityPlan.revision, reason: '省里新部署', item };
    await city.call(items.add, { params: { planId: cityPlan.id }, body: later });
    const [forOfficer, forDirector] = [await seen(officer), await seen(director)];
    expect(forOfficer).toMatchObject({ mayTake: null });
    const told = async (person: typeof officer) =>
      (await person.call(home.overview, { query: {} })).work.filter(({ kind }) => kind === 'work-plans.unplanned');
    expect([await told(officer), await told(director)]).toMatchObject([[], [{ count: 1 }]]);
    const late = { params, body: { revision: forDirector.mayTake!.revision, parts: forDirector.open } };
    expect((await officer.refused(plans.takeParts, late)).code).toBe('flow.notYours');
    expect(await director.call(plans.takeParts, late)).toEqual({ items: 4 });
    const own = await officer.call(plans.read, { params });
    expect(own.items.at(-1)).toMatchObject({
      ...{ position: 4, text: item.text, reason: '市里下达：2025年泉州市督导工作要点' },
      part: { planTitle: '2025年泉州市督导工作要点' },
    });
    expect((await seen(director)).open).toEqual([]);
    expect(await told(director)).toEqual([]);
  });
});
