import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import * as balance from '#contract/balance/balance.ts';
import type { TestApp } from '#test/support/app.ts';
import { publishRevision } from '#test/support/balance/publish.ts';
import { county, fengze, first, licheng, openBalanceScene, standard } from '#test/support/balance/scene.ts';
import { approveFigures, primaryFigures } from '#test/support/balance/year.ts';

type Exclusion = z.output<typeof balance.balanceStandard>['exclusions'][number];

let app: TestApp;
let period: number;

beforeAll(async () => {
  ({ app, period } = await openBalanceScene());
});
afterAll(() => app?.close());

describe('standards', () => {
  it('a revision changes the year under way; older runs stay pinned to theirs', async () => {
    const city = app.as('cityOfficer');
    const read = await city.call(balance.standard, { params: { key: standard } });
    const old = (await city.call(balance.county, county(fengze))).run!;
    const definition: typeof read.definition = {
      ...read.definition,
      exclusions: [
        ...read.definition.exclusions,
        { levels: ['primary', 'junior'], when: '非 (举办者 = "县")', reason: '非县级举办的学校不计入' },
      ],
    };
    const note = '只看县级举办的学校';
    const revised = await publishRevision(city, standard, { basis: read.revision, definition, note });
    expect(revised).toMatchObject({ revision: 2, newest: true, edition: { kind: 'own', number: 1 } });
    await app.runJobs();
    const now = await city.call(balance.county, county(fengze));
    expect(now.standard.revision).toBe(2);
    expect(now.verdict).toBe('pass');
    expect(now.levels[0]!.excluded.map(({ reason }) => reason)).toContain('非县级举办的学校不计入');
    // The run and the standard no longer say that the same schools are in the set.
    expect(now.assumptions.filter((text) => /^(民办|位于本县的市直)/.test(text))).toEqual([]);
    const { contradicted } = await city.call(balance.standard, { params: { key: standard } });
    expect(contradicted.map((index) => definition.assumptions[index]!.text)).toEqual([
      expect.stringContaining('民办学校计入'),
      expect.stringContaining('市直'),
    ]);
    const pinned = await city.call(balance.county, { params: { countyId: fengze }, query: { run: old.id } });
    expect(pinned).toMatchObject({ standard: { revision: 1 }, verdict: 'fail', run: { current: false } });
    const lastYear = await city.call(balance.county, county(fengze, { year: 2024 }));
    expect(lastYear.standard.revision).toBe(1);
    const repetition = await city.call(balance.repeat, { params: { countyId: fengze, runId: old.id } });
    expect(repetition.identical).toBe(true);
  });

  it('a condition that was taken out and is put back rests on its document again', async () => {
    const city = app.as('cityOfficer');
    const params = { key: standard };
    const read = await city.call(balance.standard, { params });
    const [special, ...others] = read.definition.exclusions as [Exclusion, ...Exclusion[]];
    expect(special.source).toContain('教督〔2017〕6号');
    const revise = async (basis: number, exclusions: readonly Exclusion[]) =>
      (
        await publishRevision(city, standard, {
          ...{ basis, note: '条件改动' },
          definition: { ...read.definition, exclusions: [...exclusions] },
        })
      ).revision;
    const without = await revise(read.revision, [
      { ...special, when: '办学类型 = "511"', source: undefined },
      ...others,
    ]);
    const changed = await city.call(balance.standard, { params });
    expect(changed.definition.exclusions[0]!.source).toBeUndefined();
    const { levels, reason } = special;
    await revise(without, [{ levels, reason, when: special.when.replaceAll(' ', '  ') }, ...others]);
    const back = await city.call(balance.standard, { params });
    expect(back.definition.exclusions[0]!.source).toBe(special.source);
  });

  it('a faulty revision is refused with every fault in Chinese, an overtaken one with a conflict', async () => {
    const city = app.as('cityOfficer');
    const read = await city.call(balance.standard, { params: { key: standard } });
    const definition = structuredClone(read.definition);
    definition.exclusions[0]!.when = '办学类型 属于 (';
    const refusal = await city.refused(balance.revise, {
      params: { key: standard },
      body: { basis: read.revision, definition, note: '有误的修订', trial: 'none' },
    });
    expect(refusal).toMatchObject({ status: 422, code: 'standard.invalid' });
    expect(JSON.stringify(refusal.details)).toContain('exclusions[0]');
    definition.indicators[0]!.limits = { primary: 0, junior: 0.45 };
    const shapeless = await city.refused(balance.revise, {
      params: { key: standard },
      body: { basis: read.revision, definition, note: '没有限值的修订', trial: 'none' },
    });
    expect(shapeless).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(shapeless.details).toEqual({
      issues: [{ path: 'definition.indicators.0.limits.primary', message: '应是大于 0 的数字' }],
    });
    const late = await city.refused(balance.revise, {
      params: { key: standard },
      body: { basis: read.revision - 1, definition: read.definition, note: '过时的修订', trial: 'none' },
    });
    expect(late).toMatchObject({ status: 409 });
  });

  it('are read by all who see balance and revised by the city only', async () => {
    const list = await app.as('head').call(balance.standards);
    expect(list.can.revise).toBe(false);
    expect(list.standards.map(({ key, revision }) => `${key} ${revision}`)).toEqual([
      'quality-2017 4',
      'quality-2017 3',
      'quality-2017 2',
      'quality-2017 1',
      'basic-2012 1',
    ]);
    const { definition } = await app.as('head').call(balance.standard, { params: { key: standard } });
    const input = { params: { key: standard }, body: { basis: 4, definition, note: '不该成功', trial: 'none' } };
    expect(await app.as('countyDirector').refused(balance.revise, input)).toMatchObject({ status: 403 });
  });
});

describe('a standard revised by the city', () => {
  it('may name every field that schools file, choices too', async () => {
    const city = app.as('cityOfficer');
    const params = { key: 'basic-2012' };
    const read = await city.call(balance.standard, { params });
    const definition: typeof read.definition = {
      ...read.definition,
      exclusions: [
        ...read.definition.exclusions,
        { levels: ['primary'], when: '班级数 < 8', reason: '小学班级过少' },
        { levels: ['primary'], when: '附设班类型 = "附设普通初中班"', reason: '附有初中班' },
      ],
    };
    await approveFigures(app.owner, period, first, {
      ...primaryFigures(400),
      附设班类型: '附设普通初中班',
      附设班在校生数: 20,
    });
    await publishRevision(city, params.key, { basis: read.revision, definition, note: '小校不计入' });
    await app.runJobs();
    const reply = await city.call(balance.county, county(licheng, { standard: 'basic-2012' }));
    const reasons = new Map(reply.levels[0]!.excluded.map(({ schoolId, reason }) => [schoolId, reason]));
    // 300 and 350 pupils: seven and eight classes.
    expect(reasons.get(111)).toBe('小学班级过少');
    expect(reasons.has(112)).toBe(false);
    expect(reasons.get(first)).toBe('附有初中班');
    // The others do not file 附设班类型 at all: it is unknown, so the figures are missing.
    expect(reply.levels[0]!.missing.map(({ fields }) => fields)).toContainEqual(['附设班类型']);
  });
});
