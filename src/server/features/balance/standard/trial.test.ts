import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import type { TestApp } from '#test/support/app.ts';
import { publishRevision } from '#test/support/balance/publish.ts';
import { county, fengze, first, licheng, openBalanceScene, standard } from '#test/support/balance/scene.ts';
import { approveFigures, primaryFigures } from '#test/support/balance/year.ts';

let app: TestApp;
let period: number;

beforeAll(async () => {
  ({ app, period } = await openBalanceScene());
});
afterAll(() => app?.close());

const params = { key: standard };
/** The edition in force and a draft that leaves out the schools of other sponsors and takes the small 教学点. */
const draftOf = async () => {
  const { revision, definition } = await app.as('cityOfficer').call(balance.standard, { params });
  const own = {
    levels: ['primary' as const, 'junior' as const],
    when: '举办者 ≠ "县"',
    reason: '非县级举办的学校不计入',
  };
  const exclusions = [...definition.exclusions.filter(({ when }) => !when.includes('在校生数 < 50')), own];
  return { basis: revision, definition: { ...definition, exclusions } };
};
const stored = async () =>
  (await app.owner.query('select (select count(*) from balance_runs) + (select count(*) from balance_standards) as n'))
    .rows[0].n;

describe('a trial of a revision', () => {
  it('says which schools enter and leave, why, and which verdicts change; it stores nothing and asks for no run', async () => {
    const before = await stored();
    const trial = await app.as('cityOfficer').call(balance.tryRevision, { params, body: await draftOf() });
    expect(await stored()).toBe(before);
    expect(app.jobs).toEqual([]);
    expect(trial.year).toBe(2025);
    const [one, other] = [licheng, fengze].map((id) => trial.counties.find(({ countyId }) => countyId === id)!);
    expect(one!.levels[0]!.joined).toEqual([
      expect.objectContaining({ schoolId: 115, reason: '在校生不足 50 人的小学教学点不计入' }),
    ]);
    expect(one!.levels[0]!.left).toEqual([]);
    expect(other!.verdicts).toEqual(['fail', 'pass']);
    expect(other!.verdictTexts).toEqual(['资源配置七项不达标', '资源配置七项达标']);
    expect(other!.levels.map(({ left }) => left.map(({ schoolId, reason }) => `${schoolId} ${reason}`))).toEqual([
      ['203 非县级举办的学校不计入'],
      ['202 非县级举办的学校不计入'],
    ]);
    expect(other!.missing).toEqual([1, 0]);
    expect(trial.contradicted).toEqual([0, 1]);
    const audit = await app.owner.query(`select after from audit_events where action = 'standard.tried'`);
    expect(audit.rows.map(({ after }) => after)).toEqual([{ joined: 1, left: 2, flipped: 0, verdicts: 1 }]);
  });

  it('names the schools that are judged otherwise where a threshold is raised', async () => {
    const { basis } = await draftOf();
    const { definition } = await app.as('cityOfficer').call(balance.standard, { params });
    const indicators = definition.indicators.map((indicator) => ({
      ...indicator,
      thresholds: indicator.thresholds && { ...indicator.thresholds, primary: indicator.thresholds.primary * 1.2 },
    }));
    const body = { basis, definition: { ...definition, indicators } };
    const trial = await app.as('cityOfficer').call(balance.tryRevision, { params, body });
    const flipped = trial.counties.find(({ countyId }) => countyId === licheng)!.levels[0]!.flipped;
    expect(flipped).toContainEqual(expect.objectContaining({ schoolId: first, pass: [true, false] }));
  });

  it('has the figures of the runs that follow its publication', async () => {
    const city = app.as('cityOfficer');
    const draft = await draftOf();
    const trial = await city.call(balance.tryRevision, { params, body: draft });
    await publishRevision(city, standard, { ...draft, note: '只看县级举办的学校' });
    await app.runJobs();
    for (const tried of trial.counties.filter(({ countyId }) => countyId === licheng || countyId === fengze)) {
      const now = await city.call(balance.county, county(tried.countyId));
      expect(now.verdict).toBe(tried.verdicts[1]);
      expect(now.run!.missing).toBe(tried.missing[1]);
      expect(now.levels.map(({ schools }) => schools)).toEqual(tried.levels.map(({ schools }) => schools[1]));
    }
  });
});

describe('the schools that a condition means', () => {
  const count = (...conditions: Array<{ when: string; levels: Array<'primary' | 'junior'> }>) =>
    app.as('cityOfficer').call(balance.countConditions, { params, body: { conditions } });

  it('are counted for each condition by itself, and nothing is stored', async () => {
    const before = await stored();
    const { year, conditions } = await count(
      { when: '举办者 ≠ "县"', levels: ['primary', 'junior'] },
      { when: '举办者 ≠ "县"', levels: ['junior'] },
      { when: '办学类型 = ', levels: ['primary'] },
    );
    expect(await stored()).toBe(before);
    expect(year).toBe(2025);
    // The trial above names the same two as those that leave.
    expect(conditions[0]).toEqual({ schools: 2, undecided: 0, names: ['第202校', '第203校'], fault: null });
    expect(conditions[1]).toMatchObject({ schools: 1, fault: null });
    expect(conditions[2]!.schools).toBe(0);
    expect(conditions[2]!.fault).toBe('公式第 8 个字处：公式没有写完，缺少数据项或数字');
  });

  it('are for the city to ask', async () => {
    const input = { params, body: { conditions: [] } };
    expect(await app.as('countyDirector').refused(balance.countConditions, input)).toMatchObject({ status: 403 });
  });
});

describe('publishing', () => {
  it('is refused where the effect is no longer the one that was seen, and not for any other approval', async () => {
    const city = app.as('cityOfficer');
    const { revision: basis, definition } = await city.call(balance.standard, { params });
    const only = { levels: ['primary' as const], when: '小学在校生数 ≥ 900', reason: '大校不计入' };
    const draft = { basis, definition: { ...definition, exclusions: [...definition.exclusions, only] } };
    const { digest } = await city.call(balance.tryRevision, { params, body: draft });
    const body = { ...draft, note: '大校不计入', trial: digest };
    await approveFigures(app.owner, period, first, primaryFigures(950));
    const refusal = await city.refused(balance.revise, { params, body });
    expect(refusal).toMatchObject({ status: 409, code: 'standard.trialOutdated' });
    expect(refusal.message).toContain('请再试算一次');
    await approveFigures(app.owner, period, first, primaryFigures(410));
    expect(await city.call(balance.revise, { params, body })).toMatchObject({ newest: true });
    await app.runJobs();
  });

  it('does not take the trial of another draft', async () => {
    const city = app.as('cityOfficer');
    const { revision: basis, definition } = await city.call(balance.standard, { params });
    const { digest } = await city.call(balance.tryRevision, { params, body: { basis, definition } });
    const other = { ...definition, exclusions: definition.exclusions.slice(1) };
    const body = { basis, definition: other, note: '另一稿', trial: digest };
    expect(await city.refused(balance.revise, { params, body })).toMatchObject({ code: 'standard.trialOutdated' });
  });

  it('and trying are the city’s', async () => {
    const { basis, definition } = await draftOf();
    const input = { params, body: { basis, definition } };
    expect(await app.as('countyDirector').refused(balance.tryRevision, input)).toMatchObject({ status: 403 });
  });
});
