import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as periods from '#contract/filings/periods.ts';
import * as home from '#contract/home/home.ts';
import * as notices from '#contract/notices/notices.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools } from '#test/support/scenario.ts';

const dates = (opensOn: string) => ({ opensOn, deadline: '2025-10-30', graceDays: 5, cityDeadline: '2025-11-20' });

let app: TestApp;
const city = () => app.as('cityOfficer');
const open = async (schoolYear: number, opensOn: string) =>
  (await city().call(periods.open, { body: { schoolYear, ...dates(opensOn) } })).period.id;
const withdraw = (periodId: number) => ({ params: { periodId }, query: {} });

/** The school year that each page of this person means where none is named. */
async function meant(who: 'clerk' | 'cityOfficer') {
  const person = app.as(who);
  const { currentYear } = await person.call(home.frame);
  const { current } = await person.call(periods.list);
  const { rows } = await person.call(filings.list, { query: {} });
  const { rows: counted } = await app.owner.query(
    `select year from periods where id = (select default_period('school-year', '2025-10-15'))`,
  );
  const { rows: years } = await app.owner.query(
    `select distinct p.year from filings f join collections c on c.id = f.collection_id join periods p on p.id = c.period_id
      where f.id = any($1)`,
    [rows.map(({ id }) => id)],
  );
  return [currentYear, current, years.map(({ year }) => year), counted[0].year];
}

const register = async () =>
  (await app.owner.query('select * from period_schools order by period_id, county_id, school_id')).rows;
const audited = async (action: string) =>
  (await app.owner.query('select object_id, before, after from audit_events where action = $1', [action])).rows;

describe('a year opened by mistake', () => {
  let mistaken: number;
  let before: unknown;
  beforeAll(async () => {
    app = await openTestApp({ now: new Date('2025-10-15T02:00:00Z') });
    await open(2025, '2025-10-01');
    before = await register();
    mistaken = await open(2062, '2025-10-15');
  });
  afterAll(() => app.close());

  it('is everybody’s default while it stands, and nobody’s once it was ended with nothing in it', async () => {
    for (const who of ['clerk', 'cityOfficer'] as const) expect(await meant(who)).toEqual([2062, 2062, [2062], 2062]);
    await city().call(periods.close, { params: { periodId: mistaken } });
    for (const who of ['clerk', 'cityOfficer'] as const) expect(await meant(who)).toEqual([2025, 2025, [2025], 2025]);
    expect((await app.as('clerk').call(filings.list, { query: { year: 2062 } })).total).toBe(1);
  });

  it('is resumed with a reason, and then meant again', async () => {
    const params = { periodId: mistaken };
    const bare = { params, body: { reason: '' } };
    expect((await city().refused(periods.reopen, bare)).sentence).toContain('请写明原因');
    await city().call(periods.reopen, { params, body: { reason: '误结束' } });
    expect(await meant('clerk')).toEqual([2062, 2062, [2062], 2062]);
    const again = await city().refused(periods.reopen, { params, body: { reason: '误结束' } });
    expect(again).toMatchObject({ code: 'period.notOver' });
    expect(await audited('period.reopened')).toEqual([
      { object_id: String(mistaken), before: { state: 'closed' }, after: { state: 'open', reason: '误结束' } },
    ]);
  });

  it('is taken back whole, and leaves register and pages as they were before', async () => {
    const clerk = app.as('clerk');
    const { rows } = await clerk.call(filings.list, { query: { year: 2062 } });
    const filingId = rows[0]!.id;
    const done = await city().call(periods.withdraw, { params: { periodId: mistaken }, query: { reason: '年份填错' } });
    expect(done).toEqual({ schoolYear: 2062, schools: Object.keys(schools).length });
    expect(await register()).toEqual(before);
    for (const who of ['clerk', 'cityOfficer'] as const) expect(await meant(who)).toEqual([2025, 2025, [2025], 2025]);
    expect((await city().call(periods.list)).periods.map(({ schoolYear }) => schoolYear)).toEqual([2025]);
    expect((await city().call(home.frame)).years.map(({ schoolYear }) => schoolYear)).toEqual([2025]);
    expect((await clerk.call(filings.list, { query: { year: 2062 } })).total).toBe(0);
    expect((await clerk.refused(filings.read, { params: { filingId } })).status).toBe(404);
    const change = { changes: [{ field: '小学在校生数', value: 1, version: 0 }] };
    expect((await clerk.refused(filings.saveCells, { params: { filingId }, body: change })).status).toBe(404);
    expect((await city().refused(periods.withdraw, withdraw(mistaken))).status).toBe(404);
    expect(await audited('period.withdrawn')).toMatchObject([
      { before: { schoolYear: 2062, owes: 6 }, after: { state: 'cancelled', reason: '年份填错' } },
    ]);
  });

  it('may be opened again, with the schools of the new day', async () => {
    const again = await open(2062, '2025-10-02');
    const { rows } = await app.owner.query(
      `select p.frozen_on, count(*)::int as schools from period_schools s join periods p on p.id = s.period_id
        where p.year = 2062 group by p.frozen_on`,
    );
    expect(rows).toEqual([{ frozen_on: '2025-10-02', schools: Object.keys(schools).length }]);
    expect(await meant('clerk')).toEqual([2062, 2062, [2062], 2062]);
    await city().call(periods.withdraw, withdraw(again));
    expect(await audited('period.withdrawn')).toMatchObject([{}, { after: { reason: '误开，尚未填报' } }]);
  });
});

describe('a year in which somebody has worked', () => {
  let year: number;
  beforeAll(async () => {
    app = await openTestApp({ now: new Date('2025-10-15T02:00:00Z') });
    year = await open(2025, '2025-10-01');
  });
  afterAll(() => app.close());

  it('is not taken back, and the sentence counts what stands against it', async () => {
    const clerk = app.as('clerk');
    const { rows } = await clerk.call(filings.list, { query: {} });
    const change = { changes: [{ field: '小学在校生数', value: 400, version: 0 }] };
    await clerk.call(filings.saveCells, { params: { filingId: rows[0]!.id }, body: change });
    await app.as('countyOfficer').call(filings.remind, { body: { year: 2025, note: '请尽快' } });
    const refusal = await city().refused(periods.withdraw, withdraw(year));
    expect(refusal.sentence).toBe(
      '2025 学年资源数据填报不能撤销：1 所学校已填写数据、3 所学校收到过催报。撤销只用于误开而无人办理的周期；不再需要时，请“结束”它。',
    );
    expect(await meant('clerk')).toEqual([2025, 2025, [2025], 2025]);
  });

  it('is resumed unless a later year took its figures over', async () => {
    const params = { periodId: year };
    await city().call(periods.close, { params });
    await app.owner.query(
      `update filings set state = 'approved', submitted_at = now(), approved = '{"小学在校生数": 400}', approved_at = now()
        where school_id = $1`,
      [schools.first.id],
    );
    const later = await open(2026, '2025-10-15');
    expect((await city().refused(periods.reopen, { params, body: { reason: '误结束' } })).sentence).toBe(
      '2025 学年资源数据填报不能恢复：2026 学年资源数据填报已经开启，其中 1 所学校带入了它的数据。要更正个别学校，请对该校填报“重新开放”。',
    );
    await city().call(periods.withdraw, withdraw(later));
    expect(await city().call(periods.reopen, { params, body: { reason: '误结束' } })).toMatchObject({ state: 'open' });
  });

  it('keeps dates that are sent as they stand: nothing is saved, and the answer says so', async () => {
    const { deadline, graceDays, cityDeadline } = dates('');
    const same = { params: { periodId: year }, body: { deadline, graceDays, cityDeadline } };
    const refusal = await city().refused(periods.change, same);
    expect(refusal).toMatchObject({ status: 409, code: 'thing.nothingChanges' });
    expect(refusal.sentence).toContain('期限已经是这样');
    expect(await audited('period.changed')).toEqual([]);
    await city().call(periods.close, { params: { periodId: year } });
    const later = { ...same, body: { ...same.body, graceDays: 9 } };
    expect(await city().refused(periods.change, later)).toMatchObject({ code: 'period.over' });
  });
});

describe('a year', () => {
  beforeAll(async () => {
    app = await openTestApp({ now: new Date('2025-10-15T02:00:00Z') });
  });
  afterAll(() => app.close());

  it('tells its schools and their counties, each once, that it was opened and that it was taken back', async () => {
    const inbox = async (who: 'clerk' | 'countyOfficer' | 'otherDirector' | 'cityOfficer') =>
      (await app.as(who).call(notices.list, { query: {} })).rows.map(({ kind, about, note }) => [kind, about, note]);
    const before = app.statements.length;
    const id = await open(2025, '2025-10-01');
    const written = app.statements.slice(before).filter((text) => text.includes('insert into notices'));
    expect(written).toHaveLength(1);
    const opened = ['filing.opened', expect.stringContaining('资源数据填报'), '填报截止 2025-10-30'];
    for (const who of ['clerk', 'countyOfficer', 'otherDirector'] as const) expect(await inbox(who)).toEqual([opened]);
    expect(await inbox('cityOfficer')).toEqual([]);
    await city().call(periods.withdraw, { params: { periodId: id }, query: { reason: '日期写错' } });
    const back = ['filing.withdrawn', expect.stringContaining('资源数据填报'), '日期写错'];
    for (const who of ['clerk', 'otherDirector'] as const) {
      const told = await inbox(who);
      expect(told).toHaveLength(2);
      expect(told).toContainEqual(back);
    }
  });
});
