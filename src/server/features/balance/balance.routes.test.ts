import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import { coefficientOfVariation } from '#domain/balance/run/coefficient-of-variation.ts';
import type { TestApp } from '#test/support/app.ts';
import {
  county,
  fengze,
  first,
  licheng,
  neighbour,
  openBalanceScene,
  standard,
  year2025,
} from '#test/support/balance/scene.ts';
import { approveFigures, primaryFigures } from '#test/support/balance/year.ts';

let app: TestApp;
let period: number;

beforeAll(async () => {
  ({ app, period } = await openBalanceScene());
});
afterAll(() => app?.close());

describe('who sees what', () => {
  it('a stranger sees nothing', async () => {
    expect(await app.stranger.refused(balance.overview, {})).toMatchObject({ status: 401 });
  });

  it('the city sees every unit, a county only itself, the administrators none', async () => {
    const city = await app.as('cityOfficer').call(balance.overview, { query: { standard } });
    expect(city.rows.map((row) => row.countyId)).toEqual([licheng, fengze]);
    const one = await app.as('countyOfficer').call(balance.overview, { query: { standard } });
    expect(one.rows.map((row) => row.countyId)).toEqual([licheng]);
    expect(await app.as('countyOfficer').refused(balance.county, county(fengze))).toMatchObject({ status: 404 });
    expect(await app.as('auditAdministrator').refused(balance.overview, {})).toMatchObject({ status: 403 });
  });

  it('a school reads the county verdict and its own row, neighbours nameless', async () => {
    const officer = await app.as('countyOfficer').call(balance.county, county(licheng));
    const reply = await app.as('head').call(balance.county, county(licheng));
    expect(reply.verdict).toBe(officer.verdict);
    const primary = reply.levels[0]!;
    expect(primary.rows.map((row) => row.schoolId)).toEqual([first]);
    expect(primary.indicators[0]!.anonymous).toEqual(
      officer.levels[0]!.rows.map((row) => row.values[primary.indicators[0]!.key]!).sort((a, b) => a - b),
    );
    expect(primary.indicators.every(({ contributions }) => contributions.length === 0)).toBe(true);
    expect(JSON.stringify(reply)).not.toContain(`第${neighbour}校`);
    expect(reply.levels[1]!.rows).toEqual([]);
    // With only two 初中 each would know the other's figures.
    expect(reply.levels[1]!.indicators[0]!.anonymous).toBeNull();
  });

  it.each([
    ['another school', balance.school, { params: { schoolId: neighbour } }],
    ['the county tables', balance.complianceForm, county(licheng)],
    ['the strip data', balance.stripData, county(licheng)],
  ] as const)('a school is refused %s', async (_, route, input) => {
    expect((await app.as('head').refused(route, input as never)).status).toBeGreaterThanOrEqual(403);
  });

  it('behind a forgotten condition the policy still hides neighbours and names', async () => {
    const seen = await app.services.pool.connect();
    try {
      await seen.query(`begin; set local app.places = '{${licheng}}'; set local app.schools = '{${first}}'`);
      const rows = await seen.query('select distinct school_id from balance_run_schools');
      const details = await seen.query('select run_id from balance_run_details');
      const runs = await seen.query('select distinct county_id from balance_runs');
      expect(rows.rows).toEqual([{ school_id: first }]);
      expect(details.rows).toEqual([]);
      expect(runs.rows).toEqual([{ county_id: licheng }]);
      const { rows: own } = await seen.query('select id from balance_runs limit 1');
      const refused = async (statement: string) => {
        await seen.query('savepoint before');
        await expect(seen.query(statement)).rejects.toMatchObject({ code: '42501' });
        await seen.query('rollback to before');
      };
      // Only the function can move the mark; even a person who may read a run cannot move it.
      await refused(`update balance_runs set current = false where county_id = ${licheng}`);
      await refused(`select move_current_run(${licheng}, '${own[0].id}')`);
    } finally {
      await seen.query('rollback');
      seen.release();
    }
  });
});

describe('the county page', () => {
  it('shows the enrolment-weighted figures, unrounded, and what they are made of', async () => {
    const reply = await app.as('countyOfficer').call(balance.county, county(licheng));
    expect(reply.verdict).toBe('pass');
    expect(reply.verdictText).toBe('资源配置七项达标');
    const level = reply.levels[0]!;
    const indicator = level.indicators.find(({ key }) => key === 'teachingArea')!;
    const members = year2025.filter(({ county: at, type = '211' }) => at === licheng && type === '211');
    const expected = coefficientOfVariation(
      members.map(({ values }) => values!.教学及辅助用房面积! - values!.室内体育用房面积!),
      members.map(({ values }) => values!.小学在校生数!),
    );
    expect(indicator.cv).toBeCloseTo(expected.cv!, 14);
    expect(indicator.contributions.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 12);
    expect(indicator.trend.map(({ year }) => year)).toEqual([2024, 2025]);
    expect(level.excluded).toEqual([expect.objectContaining({ schoolId: 115, reason: expect.stringContaining('50') })]);
    expect(level.compliance).toEqual({ judged: 6, passed: 6, oneShort: 0 });
    expect(reply.assumptions.length).toBeGreaterThan(3);
    expect(JSON.stringify(reply)).not.toContain('达到均衡');
  });

  it('names who fails by one item and who owes', async () => {
    const reply = await app.as('cityOfficer').call(balance.county, county(fengze));
    // 小学 fails on complete figures; 初中 stays open because of the school that owes its figures.
    expect(reply.verdict).toBe('fail');
    expect(reply.levels.map(({ verdict }) => verdict)).toEqual(['fail', 'provisional']);
    expect(reply.owing).toEqual([expect.objectContaining({ schoolId: 202, managedBy: 'city' })]);
    const failing = reply.levels[0]!.rows.find(({ schoolId }) => schoolId === 203)!;
    expect(failing).toMatchObject({ pass: false, met: 6, oneShort: true, nearly: [] });
    expect(failing.ratios.keyTeachers).toBeCloseTo(0.8, 12);
    expect(reply.levels[1]!.missing[0]).toMatchObject({
      schoolId: 202,
      fields: expect.arrayContaining(['初中在校生数']),
    });
  });

  it('answers by basic-2012 with a composite and other schools', async () => {
    const reply = await app.as('cityOfficer').call(balance.county, county(fengze, { standard: 'basic-2012' }));
    expect(reply.kind).toEqual({ composite: true, compliance: false });
    // 民办 and 市直 are out, so nothing is missing.
    expect(reply.levels.map(({ excluded }) => excluded.map(({ schoolId }) => schoolId))).toEqual([[203], [202]]);
    expect(reply.verdict).toBe('pass');
    expect(reply.levels[0]!.compositeCv).toBeCloseTo(0, 12);
  });
});

describe("a school's place", () => {
  it('is shown over the years, with rank and anonymous peers', async () => {
    const own = await app.as('head').call(balance.school, { params: { schoolId: first }, query: { standard } });
    expect(own.levels.map(({ level }) => level)).toEqual(['primary']);
    expect(own.levels[0]!.years.map(({ year }) => year)).toEqual([2025, 2024]);
    const area = own.levels[0]!.years[0]!.indicators.find(({ key }) => key === 'teachingArea')!;
    expect(area.value).toBeCloseTo(5.5, 12);
    expect(area.peers).toHaveLength(6);
    expect(area.rank).toBe(5);
    expect(area.ratio).toBeCloseTo(5.5 / 4.5, 12);
    expect(area.formula).toBe('（教学及辅助用房面积 - 室内体育用房面积） ÷ 在校生数（合设学校先按学段拆分）');
    expect(area.trace).toBe('5.5 = （2400 − 200） ÷ 400');
  });

  it('says of each indicator what it lacks, in its own words', async () => {
    const { 图书册数: _books, 小学专任教师数: _teachers, ...rest } = primaryFigures(400);
    await approveFigures(app.owner, period, first, rest);
    const body = { year: 2025, standard: 'basic-2012' };
    await app.as('countyDirector').call(balance.run, { params: { countyId: licheng }, body });
    const own = await app
      .as('head')
      .call(balance.school, { params: { schoolId: first }, query: { standard: 'basic-2012' } });
    const reasons = Object.fromEntries(own.levels[0]!.years[0]!.indicators.map(({ key, reason }) => [key, reason]));
    expect(reasons).toMatchObject({ books: '未填报：图书册数', teachers: '未填报：小学专任教师数', computers: null });
    await approveFigures(app.owner, period, first, primaryFigures(400));
    await app.as('countyDirector').call(balance.run, { params: { countyId: licheng }, body });
  });

  it('says why a school is not in the set', async () => {
    const site = await app.as('countyOfficer').call(balance.school, { params: { schoolId: 115 }, query: { standard } });
    expect(site.levels[0]!.years[0]!.excludedReason).toContain('50');
  });

  it('outside the county is not found, like one that does not exist', async () => {
    for (const schoolId of [first, 999_999]) {
      const refusal = await app
        .as('otherOfficer')
        .refused(balance.school, { params: { schoolId }, query: { standard } });
      expect(refusal.code).toBe('thing.notFound');
    }
  });
});
