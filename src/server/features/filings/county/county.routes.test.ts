import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as periods from '#contract/filings/periods.ts';
import { addDays, dayInChina } from '#domain/kit/school-year.ts';
import { readWorkbook } from '#platform/documents/workbook-read.ts';
import type { Member } from '#test/support/cast.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools } from '#test/support/scenario.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
  await scene.fill(as('clerk'), 'first', { 图书册数: 150000, 小学中级职称教师数: 14 });
  await scene.submit(as('neighbourClerk'), as('neighbourClerk'), 'neighbour');
});
afterAll(() => scene.app.close());

const as = (member: Member) => scene.app.as(member);

describe('the list', () => {
  const names = async (query: object) =>
    (await as('cityOfficer').call(filings.list, { query: query as never })).rows.map((row) => row.school.name);

  it('narrows by state, level, unit, doubts, mark and search', async () => {
    expect(await names({ state: 'submitted' })).toEqual(['示例第二小学']);
    expect(await names({ state: ['submitted', 'draft'], unitId: 11 })).toHaveLength(3);
    expect((await names({ level: 'junior' })).sort()).toEqual(
      ['示例九年一贯制学校', '示例初级中学', '示例市直初级中学'].sort(),
    );
    expect(await names({ unitId: 12, managedBy: 'county' })).toHaveLength(2);
    expect(await names({ unitId: 2 })).toHaveLength(6);
    expect(await names({ doubts: 'true' })).toEqual(['示例第一小学']);
    expect(await names({ situation: 'untouched' })).toHaveLength(4);
    expect(await names({ situation: 'submitted' })).toEqual(['示例第二小学']);
    expect(await names({ search: 'sldexx' })).toEqual(['示例第二小学']);
    expect(await names({ search: '999004' })).toEqual(['示例九年一贯制学校']);
    expect(await names({ search: '100%' })).toEqual([]);
    expect(await names({ year: 2024 })).toEqual([]);
  });

  it('pages without overlap and counts all', async () => {
    const page = (number: number) =>
      as('cityOfficer').call(filings.list, { query: { page: number, pageSize: 4, sort: '-state' } });
    const [one, two] = [await page(1), await page(2)];
    expect([one.total, one.rows.length, two.rows.length]).toEqual([6, 4, 2]);
    expect(new Set([...one.rows, ...two.rows].map((row) => row.id)).size).toBe(6);
    expect(one.rows[0]?.school.name).toBe('示例第二小学');
  });

  it('shows each person the possible acts', async () => {
    const of = async (member: Member, school: string) =>
      (await as(member).call(filings.list, { query: { search: school } })).rows[0]!.can;
    expect(await of('countyDirector', '第二小学')).toMatchObject({ approve: true, return: true, fill: false });
    expect(await of('countyOfficer', '第二小学')).toMatchObject({ approve: false, return: true });
    expect(await of('countyOfficer', '第一小学')).toMatchObject({ fill: true, submit: false, remind: true });
    expect(await of('head', '第一小学')).toMatchObject({ fill: true, submit: true, remind: false });
  });
});

describe('progress and reminders', () => {
  it('counts each unit, the 市直 schools under the city', async () => {
    const { period, rows } = await as('cityOfficer').call(filings.progress);
    expect(period).toMatchObject({ schoolYear: 2025, daysLeft: 5, cityDaysLeft: 26 });
    const line = (unit: string) => rows.find((row) => row.unitName === unit);
    expect(line('鲤城区')).toMatchObject({
      owes: 3,
      untouched: 1,
      draft: 1,
      submitted: 1,
      doubts: 1,
      managedBy: 'county',
    });
    expect(line('丰泽区')).toMatchObject({ owes: 2, untouched: 2 });
    expect(line('泉州市')).toMatchObject({ owes: 1, managedBy: 'city' });
    expect((await as('countyOfficer').call(filings.progress)).rows.map((row) => row.unitName)).toEqual(['鲤城区']);
  });

  it('numbers before the click whom it reaches: of the listed schools those that this person may remind', async () => {
    const reached = async (member: Member, query: object = {}) => {
      const { units } = await as(member).call(filings.remindable, { query: { year: 2025, ...query } });
      return units.map(({ unitName, managedBy, schools }) => [unitName, managedBy, schools]);
    };
    const [licheng, fengze, city] = [
      ['鲤城区', 'county', 2],
      ['丰泽区', 'county', 2],
      ['泉州市', 'city', 1],
    ];
    expect(await reached('cityOfficer')).toEqual([city, licheng, fengze]);
    expect(await reached('cityOfficer', { managedBy: 'county' })).toEqual([licheng, fengze]);
    expect(await reached('cityOfficer', { unitId: 12 })).toEqual([city, fengze]);
    // The 市直 school of 丰泽 stands in the list of the county, and only the city may remind it.
    expect((await as('otherOfficer').call(filings.list, { query: { situation: 'untouched' } })).total).toBe(3);
    expect(await reached('otherOfficer')).toEqual([fengze]);
    const beyond = async (member: Member) =>
      (await as(member).call(filings.remindable, { query: { year: 2025 } })).cityManaged;
    expect([await beyond('otherOfficer'), await beyond('countyOfficer'), await beyond('cityOfficer')]).toEqual([
      1, 0, 0,
    ]);
    expect(await reached('otherOfficer', { unitId: 11 })).toEqual([]);
    expect(await reached('countyOfficer', { doubts: 'true' })).toEqual([['鲤城区', 'county', 1]]);
    expect(await reached('countyOfficer', { state: 'submitted' })).toEqual([]);
    expect(await reached('countyOfficer', { year: 2024 })).toEqual([]);
  });

  it('one click reminds all that have not filed, once a day, and leaves a record', async () => {
    const click = () =>
      as('countyOfficer').call(filings.remind, { body: { year: 2025, unitId: 11, note: '请尽快填报' } });
    const [one, two] = await Promise.all([click(), click()]);
    expect([one.reminded + two.reminded, one.skippedToday + two.skippedToday]).toEqual([2, 2]);
    expect(await click()).toEqual({ reminded: 0, corrected: 0, skippedToday: 2, cityManaged: 0 });
    const seen = await scene.read(as('clerk'), 'first');
    expect(seen.remindedBy.map((one) => [one.by, one.note])).toEqual([['鲤城督导', '请尽快填报']]);
    const { rows } = await scene.app.owner.query(
      `select place_id as county_id, after from audit_events where action = 'filing.reminded'`,
    );
    expect(rows).toEqual([
      { county_id: 11, after: { schools: expect.arrayContaining([101, 103]), note: '请尽快填报' } },
    ]);
  });

  it('a second note of the day takes the place of the first; the sender is told, and the school reads the newest', async () => {
    const say = (note?: string) =>
      as('countyOfficer').call(filings.remind, { body: { year: 2025, unitId: 11, ...(note ? { note } : {}) } });
    const right = '更正：明天中午前提交';
    expect(await say(right)).toEqual({ reminded: 0, corrected: 2, skippedToday: 0, cityManaged: 0 });
    expect(await say(right)).toEqual({ reminded: 0, corrected: 0, skippedToday: 2, cityManaged: 0 });
    // A click without words leaves the words that stand.
    expect(await say()).toEqual({ reminded: 0, corrected: 0, skippedToday: 2, cityManaged: 0 });
    const seen = await scene.read(as('clerk'), 'first');
    expect(seen.remindedBy.map(({ note }) => note)).toEqual([right]);
    const { rows } = await scene.app.owner.query(
      `select after from audit_events where action = 'filing.reminded' order by id desc limit 1`,
    );
    expect(rows).toEqual([{ after: { schools: expect.arrayContaining([101, 103]), note: right, corrected: true } }]);
  });

  it('counts the days of the product: where a sample lies on another day, that day counts', async () => {
    const { clock } = scene.app;
    const click = () => as('countyOfficer').call(filings.remind, { body: { year: 2025, unitId: 11 } });
    clock.today = addDays(dayInChina(clock.now), 1);
    const replies = [await click(), await click()];
    clock.today = undefined;
    expect(replies).toEqual([
      { reminded: 2, corrected: 0, skippedToday: 0, cityManaged: 0 },
      { reminded: 0, corrected: 0, skippedToday: 2, cityManaged: 0 },
    ]);
  });

  it('reminds the schools of a filter and no others', async () => {
    const remind = (filter: object) => as('otherOfficer').call(filings.remind, { body: { year: 2025, ...filter } });
    expect(await remind({ mark: 'late' })).toEqual({ reminded: 0, corrected: 0, skippedToday: 0, cityManaged: 0 });
    expect(await remind({ search: schools.foreign.name })).toEqual({
      reminded: 1,
      corrected: 0,
      skippedToday: 0,
      cityManaged: 0,
    });
    // The other school of the county, and not the 市直 school.
    expect(await remind({})).toEqual({ reminded: 1, corrected: 0, skippedToday: 1, cityManaged: 1 });
  });

  it('reaches no school of another county', async () => {
    const reply = await as('otherOfficer').call(filings.remind, { body: { year: 2025, unitId: 11 } });
    expect(reply.reminded).toBe(0);
    const chosen = { body: { year: 2025, filingIds: [scene.ids.first] } };
    expect((await as('otherOfficer').refused(filings.remind, chosen)).status).toBe(403);
  });
});

describe('pages', () => {
  it('of list and grid give the total number, also after the last page', async () => {
    const officer = as('countyOfficer');
    for (const route of [filings.list, filings.grid]) {
      const page = (number: number) => officer.call(route, { query: { page: number, pageSize: 2 } });
      const [first, second, beyond] = [await page(1), await page(2), await page(9)];
      expect([first.total, second.total, beyond.total]).toEqual([3, 3, 3]);
      expect([first.rows.length, second.rows.length, beyond.rows.length]).toEqual([2, 1, 0]);
      const ids = [...first.rows, ...second.rows].map((row) => row.id);
      expect(new Set(ids).size).toBe(3);
    }
  });

  it('of a grid have the same columns', async () => {
    const page = (number: number) => as('countyOfficer').call(filings.grid, { query: { page: number, pageSize: 1 } });
    const grids = [await page(1), await page(2), await page(3)];
    expect(grids[0]!.fields).toContain('小学在校生数');
    expect(grids[0]!.fields).toContain('初中在校生数');
    for (const grid of grids) expect(grid.fields).toEqual(grids[0]!.fields);
  });
});

describe('the grid', () => {
  it('gives a school a row with cells, findings and what may be typed', async () => {
    const grid = await as('countyOfficer').call(filings.grid, { query: { unitId: 11, group: '教师' } });
    expect(grid.fields).toContain('小学专任教师数');
    expect(grid.fields).not.toContain('图书册数');
    const row = (name: string) => grid.rows.find((one) => one.school.name === name)!;
    expect(row('示例第一小学').editable).toBe(true);
    expect(row('示例第一小学').cells.小学中级职称教师数).toEqual({ v: 14, n: 1 });
    expect(row('示例第一小学').findings.map((finding) => finding.code)).toEqual(['primary-titles-sum']);
    expect(row('示例第一小学').derived.小学中级及以上职称教师数).toBe(19);
    expect(row('示例第二小学')).toMatchObject({ editable: false, openFields: [] });
  });

  it('takes chosen columns', async () => {
    const grid = await as('countyOfficer').call(filings.grid, {
      query: { fields: '图书册数,计算机台数', search: '第一' },
    });
    expect(grid.fields).toEqual(['图书册数', '计算机台数']);
    expect(Object.keys(grid.rows[0]!.cells)).toEqual(['图书册数', '计算机台数']);
    expect(grid.rows[0]!.findings.map((finding) => finding.code)).toEqual(['books-per-pupil']);
  });

  it('is exported as it stands', async () => {
    const query = { unitId: 11, fields: '图书册数,小学高于规定学历教师数' };
    const csv = await as('countyOfficer').call(filings.exportScreen, { query: { ...query, format: 'csv' } });
    expect(csv.fileName).toBe('资源数据_鲤城区_2025 学年.csv');
    const lines = new TextDecoder().decode(csv.body).trim().split('\r\n');
    expect(lines[0]).toBe(
      '县级单位,学校标识码,学校名称,办学类型,城乡,状态,图书册数（册）,小学高于规定学历教师数（人）',
    );
    expect(lines).toContain('鲤城区,2135999001,示例第一小学,211,城区,填报中,150000,29');
    expect(lines).toHaveLength(4);
    const book = await readWorkbook((await as('countyOfficer').call(filings.exportScreen, { query })).body);
    expect(book.sheets[0]!.cells.find((cell) => cell.value === '2135999001')?.kind).toBe('text');
  });
});

describe('the page to sign', () => {
  it('carries every value and a hash that changes with them', async () => {
    const print = () => as('head').call(filings.printFiling, { params: { filingId: scene.ids.first } });
    const before = await print();
    const rows = before.groups.flatMap((group) => group.rows);
    expect(rows.find((row) => row.key === '图书册数')).toMatchObject({ value: '150,000', lastYear: '—' });
    expect(rows.find((row) => row.key === '小学高于规定学历教师数')?.value).toBe('29');
    await scene.fill(as('clerk'), 'first');
    expect((await print()).contentHash).not.toBe(before.contentHash);
  });
});

describe('periods', () => {
  it('open once, by the city, with dates in order', async () => {
    const body = {
      schoolYear: 2025,
      opensOn: '2025-10-01',
      deadline: '2025-10-20',
      graceDays: 5,
      cityDeadline: '2025-11-10',
    };
    expect((await as('cityOfficer').refused(periods.open, { body })).code).toBe('period.exists');
    expect((await as('countyDirector').refused(periods.open, { body })).code).toBe('access.denied');
    const wrong = { ...body, schoolYear: 2026, cityDeadline: '2025-10-02' };
    expect((await as('cityOfficer').refused(periods.open, { body: wrong })).code).toBe('period.datesOutOfOrder');
  });

  it('a later year carries what was approved, also for a school that moved, and leaves the old filing where it was', async () => {
    await as('countyDirector').call(filings.approve, {
      params: { filingId: scene.ids.neighbour },
      body: { revision: (await scene.read(as('countyDirector'), 'neighbour')).revision },
    });
    // The directory's move: the school lies in 丰泽 from now on. Another school closes.
    await scene.app.owner.query(`delete from grants where school_id = 102`);
    const register = (text: string) => scene.app.owner.query(text);
    await register(`update schools set county_id = 12, managing_unit_id = 12, name = '迁建小学' where id = 102`);
    await register(`update school_places set county_id = 12 where school_id = 102`);
    await register(`update school_versions set valid_to = '2026-03-01' where school_id = 102`);
    await register(
      `insert into school_versions (county_id, school_id, valid_from, code, name, school_type, sponsor_code, ownership,
         urban_class, managing_unit_id)
       select 12, school_id, day, code, title, school_type, sponsor_code, ownership, urban_class, 12
         from school_versions, (values ('2026-03-01'::date, '${schools.neighbour.name}'), ('2026-10-08', '迁建小学')) as later(day, title)
        where school_id = 102`,
    );
    await register(
      `update school_versions set valid_to = '2026-10-08' where school_id = 102 and valid_from = '2026-03-01'`,
    );
    await register(`update schools set status = 'closed', closed_on = '2026-07-01' where id = 103`);
    await register(`update school_versions set valid_to = '2026-07-01' where school_id = 103`);
    const query = { year: 2026, opensOn: '2026-10-01' };
    const preview = await as('cityOfficer').call(periods.preview, { query });
    expect(preview).toMatchObject({
      owes: 5,
      withLastYear: 1,
      exists: false,
      exempt: [{ reason: '学校已撤销', schools: 1 }],
    });
    const opened = await as('cityOfficer').call(periods.open, {
      body: {
        schoolYear: 2026,
        opensOn: '2026-10-01',
        deadline: '2026-10-20',
        graceDays: 0,
        cityDeadline: '2026-11-10',
      },
    });
    expect(opened).toMatchObject({
      owes: 5,
      exempt: 1,
      withLastYear: 1,
      period: { name: '2026 学年资源数据填报', state: 'open' },
    });
    const { rows } = await as('otherOfficer').call(filings.list, { query: { year: 2026, search: '第二' } });
    const moved = await as('otherOfficer').call(filings.read, { params: { filingId: rows[0]!.id } });
    expect(moved.reference).toMatchObject({ 图书册数: 15000, 小学高于规定学历教师数: 29 });
    expect(moved.cells).toEqual({});
    const old = await as('countyOfficer').call(filings.list, { query: { year: 2025, search: '第二' } });
    expect(old.rows[0]?.school.countyId).toBe(11);
    expect((await as('otherOfficer').call(filings.list, { query: { year: 2025, search: '第二' } })).rows).toEqual([]);
    expect(rows[0]!.school.name).toBe(schools.neighbour.name);
    const early = await as('otherOfficer').refused(filings.saveCells, {
      params: { filingId: moved.id },
      body: { changes: [{ field: '图书册数', value: 1, version: 0 }] },
    });
    expect(early).toMatchObject({ code: 'filing.notBegun', sentence: expect.stringContaining('2026-10-01') });
    expect(moved).toMatchObject({ can: { fill: false }, fillObstacle: early.sentence });
    const { rows: frozen } = await scene.app.owner.query(
      `select owes, reason from collection_subjects where school_id = 103 order by collection_id`,
    );
    expect(frozen).toEqual([
      { owes: true, reason: null },
      { owes: false, reason: '学校已撤销' },
    ]);
  });

  it('a year that is opened ahead is nobody’s default before its first day', async () => {
    const meant = async () => {
      const officer = as('cityOfficer');
      const { total } = await officer.call(filings.list, { query: {} });
      const { period } = await officer.call(filings.progress, { query: {} });
      const { current } = await officer.call(periods.list);
      return [total, period?.schoolYear, current];
    };
    expect(await meant()).toEqual([6, 2025, 2025]);
    // A sample counts from its own day.
    scene.app.clock.today = '2026-10-02';
    expect(await meant()).toEqual([5, 2026, 2026]);
    scene.app.clock.today = undefined;
  });

  it('a closed period takes no more first values', async () => {
    const { periods: list } = await as('cityOfficer').call(periods.list);
    expect(list.map((period) => period.schoolYear)).toEqual([2026, 2025]);
    await as('cityOfficer').call(periods.close, { params: { periodId: list[1]!.id } });
    const refusal = await as('clerk').refused(filings.saveCells, {
      params: { filingId: scene.ids.first },
      body: { changes: [{ field: '图书册数', value: 1, version: 2 }] },
    });
    expect(refusal.code).toBe('filing.periodClosed');
    const remind = { body: { year: 2025, unitId: 11 } };
    expect((await as('countyOfficer').refused(filings.remind, remind)).code).toBe('period.over');
    expect((await scene.read(as('countyOfficer'), 'first')).can.remind).toBe(false);
  });
});
