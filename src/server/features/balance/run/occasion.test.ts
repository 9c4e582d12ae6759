import { afterAll, beforeAll, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import type { TestApp } from '#test/support/app.ts';
import { publishRevision } from '#test/support/balance/publish.ts';
import { county, fengze, first, licheng, openBalanceScene, standard } from '#test/support/balance/scene.ts';
import { approveFigures, primaryFigures } from '#test/support/balance/year.ts';
import { recomputeBalance } from '../balance.jobs.ts';
import { prepareBalance } from '../standard/shipped-standards.act.ts';

let app: TestApp;
let period: number;

beforeAll(async () => {
  ({ app, period } = await openBalanceScene());
});
afterAll(() => app?.close());

const signed = async (unit: number) => (await app.as('cityOfficer').call(balance.county, county(unit))).run!.runBy;
const change = async (richness: number) => {
  await approveFigures(app.owner, period, first, primaryFigures(400, richness));
  app.jobs.push({ name: recomputeBalance.name, data: { places: [licheng], countyId: licheng, periodId: period } });
};
/** Reads a field that no earlier edition reads: the inputs that a run keeps grow without a changed filing. */
const revise = async (classes: number) => {
  const city = app.as('cityOfficer');
  const params = { key: standard };
  const { definition, revision } = await city.call(balance.standard, { params });
  const fewer = { levels: ['primary' as const], when: `班级数 < ${classes}`, reason: '小学班级过少' };
  const exclusions = [...definition.exclusions, fewer];
  const body = { basis: revision, definition: { ...definition, exclusions }, note: '小校不计入' };
  await publishRevision(city, standard, body);
  return (await city.call(balance.standard, { params })).createdBy;
};

it('a run made by itself is signed by what had changed', async () => {
  expect(await signed(licheng)).toBe('系统（首次自动测算）');
  await change(1.05);
  await app.runJobs();
  expect(await signed(licheng)).toBe('系统（填报变动后自动测算）');
  const person = await revise(3);
  await app.runJobs();
  for (const unit of [licheng, fengze]) {
    expect(await signed(unit)).toBe(`系统（${person}发布本市口径第 1 版后自动测算）`);
  }
});

it('names both where one job answers to both', async () => {
  await change(1.1);
  const person = await revise(4);
  await app.runJobs();
  expect(await signed(licheng)).toBe(`系统（${person}发布本市口径第 2 版、填报变动后自动测算）`);
  expect(await signed(fengze)).toBe(`系统（${person}发布本市口径第 2 版后自动测算）`);
});

it('a start names another formula, and not that it was a start', async () => {
  await app.owner.query(`update balance_runs set formula_version = '1' where period_id = $1`, [period]);
  await prepareBalance(app.services.pool, app.services.now);
  expect(await signed(licheng)).toBe('系统（公式更新后自动测算）');
});
