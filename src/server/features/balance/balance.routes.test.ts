import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import { coefficientOfVariation } from '#domain/balance/run/coefficient-of-variation.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import {
  approveFigures,
  juniorFigures,
  layBalanceYear,
  primaryFigures,
  type YearSchool,
} from '#test/support/balance-year.ts';
import { schools, units } from '#test/support/scenario.ts';
import { balanceFeature } from './balance.feature.ts';
import { recomputeBalance } from './balance.jobs.ts';
import { prepareBalance } from './standard/shipped-standards.act.ts';

const licheng = units.licheng.id;
const fengze = units.fengze.id;
const standard = 'quality-2017';
const first = schools.first.id;
const neighbour = schools.neighbour.id;

/** 鲤城: six 小学 and two 初中, all good; 丰泽: one 小学 fails by one indicator, one 市直 初中 owes its figures. */
const year2025: readonly YearSchool[] = [
  { id: first, county: licheng, values: primaryFigures(400) },
  { id: neighbour, county: licheng, values: primaryFigures(900, 1.2) },
  ...[111, 112, 113, 114].map((id, index) => ({
    id,
    county: licheng,
    values: primaryFigures(300 + index * 50, 1 + index / 10),
  })),
  { id: 115, county: licheng, type: '218', values: primaryFigures(40) },
  { id: 103, county: licheng, type: '311', values: juniorFigures(800) },
  { id: 116, county: licheng, type: '311', values: juniorFigures(600, 1.1) },
  {
    id: 203,
    county: fengze,
    sponsor: 10,
    ownership: 'private',
    values: { ...primaryFigures(500), 小学县级以上骨干教师数: 4 },
  },
  { id: 211, county: fengze, values: primaryFigures(700) },
  { id: 212, county: fengze, type: '311', values: juniorFigures(700) },
  { id: 202, county: fengze, type: '311', sponsor: 5, managing: units.city.id, values: null },
];

let app: TestApp;
let period: number;

beforeAll(async () => {
  app = await openTestApp({ features: [balanceFeature] });
  await layBalanceYear(
    app.owner,
    2024,
    year2025.map((school) => ({ ...school, values: school.values ?? juniorFigures(500) })),
  );
  period = await layBalanceYear(app.owner, 2025, year2025);
  await prepareBalance(app.services.pool, app.services.now);
});
afterAll(() => app?.close());

const county = (countyId: number, query: Record<string, unknown> = {}) => ({
  params: { countyId },
  query: { standard, ...query },
});

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
    expect(primary!.left.map(({ name }) => name)).toEqual([`第${first}校`]);
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

  it('are listed within the place', async () => {
    const list = await app.as('countyOfficer').call(balance.runs, { query: { current: 'true', year: 2025 } });
    expect(list.total).toBe(2);
    expect(new Set(list.rows.map(({ countyId }) => countyId))).toEqual(new Set([licheng]));
  });
});

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
    const revised = await city.call(balance.revise, {
      params: { key: standard },
      body: { basis: read.revision, definition, note: '只看县级举办的学校' },
    });
    expect(revised).toMatchObject({ revision: 2, newest: true });
    await app.runJobs();
    const now = await city.call(balance.county, county(fengze));
    expect(now.standard.revision).toBe(2);
    expect(now.verdict).toBe('pass');
    expect(now.levels[0]!.excluded.map(({ reason }) => reason)).toContain('非县级举办的学校不计入');
    const pinned = await city.call(balance.county, { params: { countyId: fengze }, query: { run: old.id } });
    expect(pinned).toMatchObject({ standard: { revision: 1 }, verdict: 'fail', run: { current: false } });
    const lastYear = await city.call(balance.county, county(fengze, { year: 2024 }));
    expect(lastYear.standard.revision).toBe(1);
    const repetition = await city.call(balance.repeat, { params: { countyId: fengze, runId: old.id } });
    expect(repetition.identical).toBe(true);
  });

  it('a faulty revision is refused with every fault in Chinese, an overtaken one with a conflict', async () => {
    const city = app.as('cityOfficer');
    const read = await city.call(balance.standard, { params: { key: standard } });
    const definition = structuredClone(read.definition);
    definition.exclusions[0]!.when = '办学类型 属于 (';
    const refusal = await city.refused(balance.revise, {
      params: { key: standard },
      body: { basis: read.revision, definition, note: '有误的修订' },
    });
    expect(refusal).toMatchObject({ status: 422, code: 'standard.invalid' });
    expect(JSON.stringify(refusal.details)).toContain('exclusions[0]');
    definition.indicators[0]!.limits = { primary: 0, junior: 0.45 };
    const shapeless = await city.refused(balance.revise, {
      params: { key: standard },
      body: { basis: read.revision, definition, note: '没有限值的修订' },
    });
    expect(shapeless).toMatchObject({ status: 400, code: 'request.invalid' });
    expect(shapeless.details).toEqual({
      issues: [{ path: 'definition.indicators.0.limits.primary', message: '应是大于 0 的数字' }],
    });
    const late = await city.refused(balance.revise, {
      params: { key: standard },
      body: { basis: read.revision - 1, definition: read.definition, note: '过时的修订' },
    });
    expect(late).toMatchObject({ status: 409 });
  });

  it('are read by all who see balance and revised by the city only', async () => {
    const list = await app.as('head').call(balance.standards);
    expect(list.can.revise).toBe(false);
    expect(list.standards.map(({ key, revision }) => `${key} ${revision}`)).toEqual([
      'quality-2017 2',
      'quality-2017 1',
      'basic-2012 1',
    ]);
    const { definition } = await app.as('head').call(balance.standard, { params: { key: standard } });
    const input = { params: { key: standard }, body: { basis: 2, definition, note: '不该成功' } };
    expect(await app.as('countyDirector').refused(balance.revise, input)).toMatchObject({ status: 403 });
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
    await city.call(balance.revise, { params, body: { basis: read.revision, definition, note: '小校不计入' } });
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
