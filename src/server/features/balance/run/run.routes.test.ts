import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import type { TestApp } from '#test/support/app.ts';
import { county, fengze, first, licheng, neighbour, openBalanceScene, standard } from '#test/support/balance/scene.ts';
import { approveFigures, primaryFigures } from '#test/support/balance/year.ts';
import { units } from '#test/support/scenario.ts';
import { recomputeBalance } from '../balance.jobs.ts';

let app: TestApp;
let period: number;

beforeAll(async () => {
  ({ app, period } = await openBalanceScene());
});
afterAll(() => app?.close());

describe('runs', () => {
  it('the same inputs, standard and formula are kept once', async () => {
    const director = app.as('countyDirector');
    const before = await director.call(balance.county, county(licheng));
    const again = await director.call(balance.run, { params: { countyId: licheng }, body: { year: 2025, standard } });
    expect(again.stored).toBe(false);
    expect(again.run.id).toBe(before.run!.id);
    const audit = await app.owner.query(
      `select after from audit_events where action = 'balance.run' and place_id = $1`,
      [licheng],
    );
    expect(audit.rows).toHaveLength(1);
  });

  it('an approval makes a new run, its return makes the old one current again; both can be compared and repeated', async () => {
    const director = app.as('countyDirector');
    const old = (await director.call(balance.county, county(licheng))).run!;
    const changed = { ...primaryFigures(400), 图书册数: 1, 教学仪器设备值: 10 };
    await approveFigures(app.owner, period, first, changed);
    app.jobs.push({ name: recomputeBalance.name, data: { places: [licheng], countyId: licheng, periodId: period } });
    await app.runJobs();
    const now = await director.call(balance.county, county(licheng));
    expect(now.run!.id).not.toBe(old.id);
    expect(now.verdict).toBe('fail');

    const comparison = await director.call(balance.compare, {
      params: { countyId: licheng },
      query: { first: old.id, second: now.run!.id },
    });
    expect(comparison.sentences[0]).toContain('资源配置七项不达标');
    expect(comparison.same).toEqual({ inputs: false, standard: true, formula: true });
    expect(comparison.levels[0]!.changed.map(({ name }) => name)).toEqual([`第${first}校`]);
    expect(comparison.levels[0]!.changed[0]!.values.map(({ name }) => name).sort()).toEqual(
      ['图书册数', '教学仪器设备值'].sort(),
    );

    for (const id of [old.id, now.run!.id]) {
      const repetition = await director.call(balance.repeat, { params: { countyId: licheng, runId: id } });
      expect(repetition).toMatchObject({ identical: true, inputsHashMatches: true, differences: [] });
    }

    await approveFigures(app.owner, period, first, primaryFigures(400));
    const back = await director.call(balance.run, { params: { countyId: licheng }, body: { year: 2025, standard } });
    expect(back).toMatchObject({ stored: false, run: { id: old.id, current: true } });
  });

  it('compares the composite, and says which school changed its kind, its sponsor or its filing', async () => {
    const director = app.as('countyDirector');
    const basic = 'basic-2012';
    const compute = async () => {
      const body = { year: 2025, standard: basic };
      return (await director.call(balance.run, { params: { countyId: licheng }, body })).run;
    };
    const register = (sponsorCode: number, schoolType: string) =>
      app.owner.query(
        'update period_schools set sponsor_code = $3, school_type = $4 where period_id = $1 and school_id = $2',
        [period, first, sponsorCode, schoolType],
      );
    const before = await compute();
    await register(5, '312');
    await approveFigures(app.owner, period, neighbour, null);
    const after = await compute();
    const { levels, sentences } = await director.call(balance.compare, {
      params: { countyId: licheng },
      query: { first: before.id, second: after.id },
    });
    const [primary] = levels;
    expect(primary!.composite!.cv.every((cv) => cv !== null)).toBe(true);
    expect(primary!.composite).toMatchObject({ limit: [0.65, 0.65], pass: [true, true] });
    expect(sentences.at(-1)).toMatch(/综合差异系数由 0\.\d+ 变为 0\.\d+/);
    const changes = new Map(primary!.changed.map(({ name, values }) => [name, values]));
    expect(primary!.left.map(({ name, reason }) => `${name} ${reason}`)).toEqual([
      `第${first}校 市直属学校不由本县举办，不计入`,
    ]);
    expect(changes.get(`第${first}校`)).toEqual([
      { name: '办学类型', before: '小学', after: '九年一贯制学校' },
      { name: '举办者', before: '县', after: '市' },
    ]);
    expect(changes.get(`第${neighbour}校`)).toContainEqual({ name: '填报', before: '已批准', after: '未批准' });
    await register(7, '211');
    await approveFigures(app.owner, period, neighbour, primaryFigures(900, 1.2));
    await compute();
    const quality = await director.call(balance.county, county(licheng));
    const both = { first: quality.run!.id, second: quality.run!.id };
    const same = await director.call(balance.compare, { params: { countyId: licheng }, query: both });
    expect(same.levels.map(({ composite }) => composite)).toEqual([null, null]);
  });

  it('附设 classes are filed apart and share the material of their host', async () => {
    const director = app.as('countyDirector');
    const read = async () => {
      const run = { params: { countyId: licheng }, body: { year: 2025, standard } };
      await director.call(balance.run, run);
      const { levels } = await director.call(balance.county, county(licheng));
      return levels.map(({ rows, excluded }) => ({ rows, excluded }));
    };
    const alone = await read();
    const attached = { 附设班类型: '附设普通初中班', 附设班在校生数: 40 };
    await approveFigures(app.owner, period, first, { ...primaryFigures(400), ...attached });
    const shared = await read();
    const area = (levels: typeof alone) =>
      levels[0]!.rows.find(({ schoolId }) => schoolId === first)!.values.teachingArea!;
    expect(area(shared)).toBeCloseTo((area(alone) * 400) / (400 + 1.1 * 40), 9);
    expect(shared[1]!.excluded.map(({ schoolId }) => schoolId)).toContain(first);
    await approveFigures(app.owner, period, first, primaryFigures(400));
    await read();
  });

  it('a kept result that was tampered with is found out', async () => {
    const director = app.as('countyDirector');
    const { run } = await director.call(balance.county, county(licheng));
    const path = '{levels,primary,indicators,0,cv}';
    const kept = await app.owner.query(`select result #> '${path}' as cv from balance_run_details where run_id = $1`, [
      run!.id,
    ]);
    const put = (value: number) =>
      app.owner.query(`update balance_run_details set result = jsonb_set(result, '${path}', $2) where run_id = $1`, [
        run!.id,
        JSON.stringify(value),
      ]);
    await put(kept.rows[0].cv + 1e-15);
    const repetition = await director.call(balance.repeat, { params: { countyId: licheng, runId: run!.id } });
    expect(repetition.identical).toBe(false);
    expect(repetition.differences[0]).toContain('levels.primary.indicators.0.cv');
    await put(kept.rows[0].cv);
  });

  it('a reopened filing leaves the run provisional and names the school', async () => {
    await approveFigures(app.owner, period, neighbour, null);
    const { run } = await app
      .as('countyOfficer')
      .call(balance.run, { params: { countyId: licheng }, body: { year: 2025, standard } });
    expect(run).toMatchObject({ verdict: 'provisional', missing: 1 });
    const reply = await app.as('countyOfficer').call(balance.county, county(licheng));
    expect(reply.owing.map(({ schoolId }) => schoolId)).toEqual([neighbour]);
    await approveFigures(app.owner, period, neighbour, primaryFigures(900, 1.2));
    await app.as('countyOfficer').call(balance.run, { params: { countyId: licheng }, body: { year: 2025, standard } });
  });

  it('only those with the right run; a school never', async () => {
    const input = { params: { countyId: licheng }, body: { year: 2025, standard } };
    expect(await app.as('head').refused(balance.run, input)).toMatchObject({ status: 403 });
    expect(await app.as('sectionOfficer').refused(balance.run, input)).toMatchObject({ status: 403 });
    expect(await app.as('otherDirector').refused(balance.run, input)).toMatchObject({ status: 404 });
  });

  it('are listed of the unit that is asked for: one in reach, all, and nothing of one outside', async () => {
    const unitsOf = async (member: 'cityOfficer' | 'countyOfficer', unitId: number) => {
      const query = { current: 'true' as const, year: 2025, unitId };
      const { rows, total } = await app.as(member).call(balance.runs, { query });
      expect(total).toBe(rows.length);
      return [...new Set(rows.map(({ countyId }) => countyId))].sort();
    };
    expect(await unitsOf('cityOfficer', licheng)).toEqual([licheng]);
    expect(await unitsOf('cityOfficer', fengze)).toEqual([fengze]);
    expect(await unitsOf('cityOfficer', units.city.id)).toEqual([licheng, fengze]);
    expect(await unitsOf('cityOfficer', 999)).toEqual([]);
    expect(await unitsOf('countyOfficer', licheng)).toEqual([licheng]);
    expect(await unitsOf('countyOfficer', fengze)).toEqual([]);
  });

  it('are listed within the place', async () => {
    const list = await app.as('countyOfficer').call(balance.runs, { query: { current: 'true', year: 2025 } });
    expect(list.total).toBe(2);
    expect(new Set(list.rows.map(({ countyId }) => countyId))).toEqual(new Set([licheng]));
  });
});
