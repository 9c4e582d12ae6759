import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import * as files from '#contract/files/attachments.ts';
import * as filings from '#contract/filings/filings.ts';
import * as imports from '#contract/filings/import.ts';
import * as periods from '#contract/filings/periods.ts';
import * as home from '#contract/home/home.ts';
import { routes } from '#contract/index.ts';
import type { AnyRoute } from '#contract/route.ts';
import * as session from '#contract/session/session.ts';
import { permissionsOf } from '#core/access/request/identify.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { Refusal, type TestApp, type TestPerson } from '#test/support/app.ts';
import { first, licheng, standard } from '#test/support/balance/scene.ts';
import { openTrackScene } from '#test/support/balance/track.ts';
import type { Member } from '#test/support/cast.ts';
import { units } from '#test/support/scenario.ts';
import { growing, yearBearing } from '#test/support/statements/distribution.ts';
import { prepareBalance } from '../../../src/server/features/balance/standard/shipped-standards.act.ts';

/** The day on which the year is archived: the first on which it is over. */
const archivedOn = '2026-09-01';

/** Tables with a year that the archive leaves alone, each with the reason. */
const leftAlone: Readonly<Record<string, string>> = {
  collections: 'a reference table: its own policies hold the rule',
  work_item_ties: 'a plan of a calendar year counts the work of a school year: the plan is closed, not the year',
};

let app: TestApp;
let collection: number;
let period: number;
let approved: number;
let ids: { readonly filingId: string; readonly trackId: string; readonly runId: string };

beforeAll(async () => {
  const scene = await openTrackScene();
  app = scene.app;
  period = scene.period;
  const one = async (text: string, values: readonly unknown[] = []) =>
    (await app.owner.query<{ id: never }>(text, [...values])).rows[0]!.id;
  collection = await one('select id from collections where period_id = $1', [period]);
  ids = {
    filingId: await one('select id from filings where collection_id = $1 and school_id = $2', [collection, first]),
    trackId: await one('select id from balance_tracks where place_id = $1 and period_id = $2', [licheng, period]),
    runId: await one('select id from balance_runs where county_id = $1 and period_id = $2 and current limit 1', [
      licheng,
      period,
    ]),
  };
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
const params = () => ({ periodId: collection });
const archive = () => city().call(periods.archive, { params: params() });
/** What stands against archiving, by its kind. */
const unfinished = async () =>
  new Map((await city().call(periods.previewArchiving, { params: params() })).unfinished.map((row) => [row.kind, row]));

describe('before a year is archived', () => {
  it('it is over, and so are its collection, its tracks and the computations that it asked for', async () => {
    const refused = () => city().refused(periods.archive, { params: params() });
    expect((await refused()).code).toBe('period.notClosed');
    await city().call(periods.close, { params: params() });
    expect(await city().call(periods.previewArchiving, { params: params() })).toMatchObject({
      ...{ isOver: false, endsOn: '2026-08-31' },
    });
    app.clock.today = '2026-08-31';
    expect((await refused()).sentence).toBe('2025 学年到 2026-08-31 才结束，结束后方可归档。');
    app.clock.today = archivedOn;
    expect((await refused()).sentence).toBe(
      '2025 学年不能归档：还有 2 个县（市、区）的均衡跟踪没有办结（鲤城区、丰泽区），请先办结或取消。',
    );
    expect((await unfinished()).get('balance-tracking.open')).toMatchObject({ count: 2, bars: true });
    await app.owner.query(
      `update balance_tracks set state = case place_id when $1 then 'closed' else 'cancelled' end`,
      [licheng],
    );
    const left = await unfinished();
    expect(left.get('balance-tracking.missing')).toMatchObject({ count: 1, bars: false, names: ['丰泽区'] });
    expect(left.get('filings.unaccepted')).toMatchObject({ bars: false, title: '份填报没有接收' });
    await app.owner.query(`update balance_tracks set state = 'closed'`);
    const waiting = { countyId: licheng, periodId: period, places: [licheng] };
    await app.owner.query(`insert into jobs (name, data) values ('balance.recompute', $1), ('balance.recompute', $2)`, [
      waiting,
      { ...waiting, periodId: period + 1 },
    ]);
    expect((await refused()).sentence).toContain('还有 1 个县（市、区）的均衡测算还在排队，请等它做完。');
    await app.owner.query('delete from jobs');
    expect((await city().refused(periods.unarchive, { params: params(), body: { reason: '误操作' } })).code).toBe(
      'period.notArchived',
    );
  });
});

it('what is being written or locked when a year is archived is counted first', { timeout: 30_000 }, async () => {
  const whole = atPlaces([units.city.id, units.licheng.id, units.fengze.id]);
  const standing = 'select state from balance_tracks where id = $1';
  const tries = `select 1 from pg_stat_activity where state = 'active' and query like '%lock_years()%' and pid <> pg_backend_pid()`;
  let answer: Promise<{ readonly code: string }> | undefined;
  await withLease(app.services.pool, (held) =>
    held.writing(whole, async (db) => {
      await sql`select id from balance_tracks where place_id = ${licheng} and id = ${ids.trackId} for update`.execute(
        db,
      );
      answer = city().refused(periods.archive, { params: params() });
      await expect.poll(async () => (await app.owner.query(tries)).rows, { timeout: 20_000 }).toHaveLength(1);
      // Nobody queues behind whoever archives: another row of the table that is held is written meanwhile.
      await app.owner.query('begin');
      await app.owner.query('lock table balance_tracks in row exclusive mode nowait');
      await app.owner.query('rollback');
      await sql`update balance_tracks set state = 'opened' where id = ${ids.trackId}`.execute(db);
    }),
  );
  expect((await answer!).code).toBe('period.unfinished');
  expect((await app.owner.query(standing, [ids.trackId])).rows).toEqual([{ state: 'opened' }]);
  await app.owner.query(`update balance_tracks set state = 'closed' where id = $1`, [ids.trackId]);
});

/** The lines that filings have on the home page of whoever approves them. */
async function waiting(): Promise<string[]> {
  const { work } = await app.as('countyDirector').call(home.overview, { query: { year: 2025 } });
  return work.map(({ kind }) => kind).filter((kind) => kind.startsWith('filings.'));
}

/** Every row that bears the year, and what hangs on those rows. */
async function content(): Promise<string> {
  const tables = [...(await guarded()), 'collections'];
  const hanging = ['comments', 'attachments', 'steps'];
  const parts: string[] = [];
  for (const table of [...tables, ...hanging]) {
    const { rows } = await app.owner.query<{ digest: string }>(
      `select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) as digest from ${table} t`,
    );
    parts.push(`${table} ${rows[0]!.digest}`);
  }
  return parts.join('\n');
}

async function guarded(): Promise<string[]> {
  const { rows } = await app.owner.query<{ name: string }>(
    `select tablename as name from pg_policies where policyname = 'year_changing' order by 1`,
  );
  return rows.map(({ name }) => name);
}

/** A body that fits every route of the year; each route takes the keys that it knows. */
const body = {
  revision: 1,
  ...{ reason: '更正上年数据', parts: ['measures'], action: 'accept', field: '图书册数', body: '请核对' },
  ...{
    until: '2030-01-01',
    changes: [{ field: '图书册数', value: 1, version: 0 }],
    deadline: '2030-01-01',
    graceDays: 1,
  },
  ...{ cityDeadline: '2030-02-01', opensOn: '2025-10-01', schoolIds: [101], document: '泉教〔2025〕3号' },
  ...{ level: 'primary', indicator: 'composite', measures: '已采取措施', conclusion: '达到基本均衡', keys: ['x'] },
  ...{
    year: 2025,
    schoolYear: 2025,
    countyId: licheng,
    documentNumber: '闽教督〔2025〕9号',
    publishedOn: '2025-10-01',
  },
  ...{
    source: '附件 2',
    edition: '',
    schools: [],
    figures: [{ level: 'primary', indicator: 'composite', value: '0.123' }],
  },
};

/** Where one body does not fit all. */
const own = (): Readonly<Record<string, object>> => ({
  'balance-tracking.saveReport': { revision: 0 },
  'balance.run': { standard },
  'filings.approveRest': { filings: [{ filingId: ids.filingId, revision: 1 }] },
  'filings.acceptSet': { unitId: licheng, expected: approved },
});

/**
 * What whoever may do the act at all hears of it. A track of an archived year is ended, so that its acts stop at its state;
 * an act is taken back within a minute, and an import is confirmed that was looked at before.
 */
const heardOf: Readonly<Record<string, readonly string[]>> = {
  ...Object.fromEntries(
    [
      ...['saveCells', 'copyLastYear', 'comment', 'resolveComment', 'submit', 'withdraw', 'return', 'check', 'uncheck'],
      ...['extend', 'remind', 'approve', 'approveRest', 'reopen', 'accept', 'acceptSet'],
    ].map((act) => [`filings.${act}`, ['year.archived']]),
  ),
  ...Object.fromEntries(
    ['change', 'close', 'reopen', 'withdraw', 'addSchools'].map((act) => [`periods.${act}`, ['year.archived']]),
  ),
  'balance.run': ['year.archived'],
  'balance-tracking.open': ['year.archived'],
  'balance-tracking.recordFigures': ['year.archived'],
  ...Object.fromEntries(
    [
      ...[
        'explain',
        'saveReport',
        'prepare',
        'withdraw',
        'submit',
        'request',
        'accept',
        'return',
        'reconsider',
        'list',
      ],
      ...['confirm', 'close', 'cancel'],
    ].map((act) => [`balance-tracking.${act}`, ['flow.notInState']]),
  ),
  'filings.undo': ['access.denied', 'undo.overtaken'],
  'balance-tracking.undo': ['undo.overtaken'],
  'filings.confirmImport': ['thing.notFound'],
  'balance-tracking.confirmImport': ['thing.notFound'],
};
const members: readonly Member[] = ['clerk', 'head', 'countyOfficer', 'countyDirector', 'cityOfficer'];

/** The acts that open or keep a year of the features that have rows of one. */
const ofYear = /^(filings|periods|balance|balance-tracking)\./;
/** Those that write nothing of the year, each with the reason. */
const elsewhere: Readonly<Record<string, string>> = {
  'periods.archive': 'archives it',
  'periods.unarchive': 'the way out, below',
  'periods.open': 'opens another year',
  'balance.repeat': 'computes again from what is kept, and leaves an audit row',
  'balance.revise': 'a revision holds for the year under way and those that follow',
  'balance.tryRevision': 'is stored nowhere',
  'balance.countConditions': 'is stored nowhere',
  'balance-tracking.planYear': 'the plan of 优质均衡 is of no school year',
};

/** The code of the refusal; an act on several filings answers for each, and moves none. */
async function heardBy(person: TestPerson, route: AnyRoute, input: object): Promise<string> {
  try {
    const reply: unknown = await person.call(route, input as never);
    const { done, refused } = reply as { done: number; refused: { message: string }[] };
    expect([route.name, done, refused.length > 0]).toEqual([route.name, 0, true]);
    for (const { message } of refused) expect(message).toContain(`2025 学年已于 ${archivedOn} 归档`);
    return 'year.archived';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

describe('an archived year', () => {
  let before: string;
  beforeAll(async () => {
    await app.owner.query(
      `update filings set state = 'submitted', submitted_at = now() where collection_id = $1 and school_id = 114`,
      [collection],
    );
    const { rows } = await app.owner.query<{ count: number }>(
      `select count(*)::int as count from filings
        where collection_id = $1 and place_id = $2 and state = 'approved' and managed_by = 'county'`,
      [collection, licheng],
    );
    approved = rows[0]!.count;
    expect(await waiting()).toContain('filings.approve');
    expect((await city().call(tracking.publications, { query: { year: 2025 } })).mayEnter).toBe(true);
    expect(await archive()).toMatchObject({ archivedOn, state: 'closed' });
    before = await content();
  });

  it('is said by one sentence that names the year, the day and the way out', async () => {
    const refusal = await app.as('countyDirector').refused(filings.reopen, {
      params: { filingId: ids.filingId },
      body: { revision: 1, reason: '更正' } as never,
    });
    expect(refusal).toMatchObject({ status: 409, code: 'year.archived' });
    expect(refusal.sentence).toBe(
      '2025 学年已于 2026-09-01 归档，只能查阅和导出，不能再改。确需更改的，请市级督导干部在“填报周期”页写明原因，解除归档。',
    );
    const { can } = await app.as('cityOfficer').call(filings.read, { params: { filingId: ids.filingId } });
    expect(Object.values(can)).not.toContain(true);
  });

  it('promises nothing that it would refuse', async () => {
    expect(await waiting()).toEqual([]);
    const frame = await app.as('countyDirector').call(home.frame);
    expect(frame.years).toContainEqual(expect.objectContaining({ schoolYear: 2025, archivedOn }));
    const query = { year: 2025 };
    expect((await city().call(tracking.publications, { query })).mayEnter).toBe(false);
    expect((await city().call(tracking.overview, { query })).mayOpen).toBe(false);
    const county = { params: { countyId: licheng }, query: { ...query, standard } };
    expect((await app.as('countyOfficer').call(balance.county, county)).can.run).toBe(false);
  });

  it('takes no import, and says so before the work', async () => {
    const { body: template } = await app
      .as('clerk')
      .call(imports.schoolTemplate, { params: { filingId: ids.filingId } });
    const file = { name: '填报表.xlsx', bytes: template };
    const given = { file, fields: { filingId: ids.filingId } };
    expect((await app.as('clerk').refused(imports.previewImport, given as never)).code).toBe('year.archived');
    const bytes = new TextEncoder().encode(
      '学年,县（市、区）,文号,公布日期,来源,小学综合差异系数\n2025,鲤城区,闽教督〔2025〕9号,2026-03-31,附件 2,0.5\n',
    );
    const table = { file: { name: '省公布.csv', bytes }, fields: {} };
    const preview = await city().call(tracking.previewImport, table as never);
    expect(JSON.stringify(preview)).toContain('2025 学年已归档，只能查阅');
  });

  it('takes no write by any route', { timeout: 60_000 }, async () => {
    const writing = (routes as readonly AnyRoute[]).filter(({ name, method }) => method !== 'GET' && ofYear.test(name));
    expect(Object.keys(elsewhere).filter((name) => !writing.some((route) => route.name === name))).toEqual([]);
    const said = new Map<string, Set<string>>();
    for (const member of members) {
      const person = app.as(member);
      const { permissions } = await person.call(session.read);
      for (const route of writing) {
        if (elsewhere[route.name] !== undefined || 'kind' in (route.body ?? {})) continue;
        if (!permissionsOf(route).some((one) => permissions.includes(one))) continue;
        const code = await heardBy(person, route, {
          params: {
            ...{ ...ids, periodId: collection, countyId: licheng, commentId: randomUUID(), importId: randomUUID() },
            ...{ year: 2025, schoolId: first, key: 'basic-2012', field: '图书册数' },
          },
          body: { ...body, ids: [ids.filingId], filingIds: [ids.filingId], ...(own()[route.name] ?? {}) },
          query: { reason: '误开', unitId: licheng },
        });
        said.set(route.name, (said.get(route.name) ?? new Set()).add(code));
      }
    }
    expect(await content()).toBe(before);
    const heard = Object.fromEntries([...said].map(([name, codes]) => [name, [...codes].sort()]));
    expect(heard).toEqual(heardOf);
  });

  it('takes no file either', async () => {
    const given = { subjectType: 'filing', subjectId: ids.filingId, uploadId: randomUUID() };
    const refusal = await app.as('clerk').refused(files.attach, { body: given });
    expect(refusal.code).toBe('year.archived');
  });

  it('is kept by the database itself, in each table with a year', async () => {
    const { rows } = await app.owner.query<{ name: string }>(
      `select distinct c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
        where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and a.attname in ('period_id', 'collection_id')`,
    );
    const bearing = rows.map(({ name }) => name).filter((name) => leftAlone[name] === undefined);
    expect(bearing.sort()).toEqual(await guarded());
    expect(bearing).toEqual([...yearBearing].sort());
    expect(bearing.filter((name) => !growing.includes(name))).toEqual([]);
    // What hangs on a row of a year by a key bears the year too, so that no new table is forgotten.
    const hanging = await app.owner.query<{ name: string }>(
      `select distinct c.conrelid::regclass::text as name from pg_constraint c
        where c.contype = 'f' and c.confrelid::regclass::text = any ($1)`,
      [bearing],
    );
    const keyed = new Set(hanging.rows.map(({ name }) => name).filter((name) => name !== 'filings'));
    expect(hanging.rows.map(({ name }) => name).filter((name) => !bearing.includes(name))).toEqual([]);
    const locked = await app.owner.query<{ body: string }>(
      `select prosrc as body from pg_proc where proname = 'lock_years'`,
    );
    expect(/lock table ([^;]*?)\s+in /.exec(locked.rows[0]!.body)?.[1]?.split(/,\s+/)).toEqual(bearing);
    const whole = atPlaces([units.city.id, units.licheng.id, units.fengze.id]);
    const tables: readonly (readonly [string, string])[] = [
      ...bearing.map(
        (name) => [name, /filings|collection_subjects/.test(name) ? 'collection_id' : 'period_id'] as const,
      ),
      ['collections', 'period_id'],
    ];
    const unchanged = bearing.filter(
      (name) => name === 'balance_runs' || (keyed.has(name) && name !== 'balance_track_reports'),
    );
    // A report in another year would have no track there to hang on, so its key refuses the copy.
    const withoutMove = new Set([...unchanged, 'balance_track_reports', 'entered_facts', 'collections']);
    const refusalOf = (write: ReturnType<typeof sql>, reach = whole) =>
      withLease(app.services.pool, (held) => held.writing(reach, (db) => write.execute(db))).then(
        ({ numAffectedRows }) => Number(numAffectedRows),
        (error: { code: string }) => error.code,
      );
    const { rows: later } = await app.owner.query<{ id: number }>(
      `with later as (
         insert into periods (kind, year, name, starts_on, ends_on)
         values ('school-year', 2150, '2150 学年', '2150-09-01', '2151-08-31') returning id)
       select id from later`,
    );
    const other = later[0]!.id;
    const { rows: copied } = await app.owner.query<{ id: number }>(
      `insert into collections
       select (jsonb_populate_record(c, jsonb_build_object('id', c.id + 900, 'period_id', $2::int))).* from collections c where id = $1
       returning id`,
      [collection, other],
    );
    const otherCollection = copied[0]!.id;
    await app.owner.query(
      `insert into province_publications (place_id, id, period_id, standard_key, document_number, published_on, source,
                                          entered_by, entered_by_name, entered_at)
       values ($1, gen_random_uuid(), $2, 'quality-2017', '闽教督〔2025〕9号', '2025-10-01', '附件 2', 'x', 'x', now())`,
      [licheng, period],
    );
    // No row comes into the year; without the rule each would fail for what it lacks.
    const added: Record<string, unknown> = {};
    for (const [name, column] of tables.filter(([name]) => name !== 'collections')) {
      const place = /^(balance_run|period_schools)/.test(name) ? sql`county_id` : sql`place_id`;
      added[name] = await refusalOf(
        sql`insert into ${sql.table(name)} (${place}, ${sql.ref(column)})
            values (${licheng}, ${column === 'period_id' ? period : collection})`,
      );
    }
    expect(added).toEqual(Object.fromEntries(Object.keys(added).map((name) => [name, 'year.archived'])));
    const answers: Record<string, unknown> = {};
    const backwards: Record<string, unknown> = {};
    for (const [name, column] of tables) {
      const [mine, elsewhere] = column === 'period_id' ? [period, other] : [collection, otherCollection];
      const moving = (from: number, to: number) =>
        sql`update ${sql.table(name)} set ${sql.ref(column)} = ${to} where ${sql.ref(column)} = ${from}`;
      // Neither an update that changes nothing nor one that takes the row to another year finds a row.
      answers[name] = [await refusalOf(moving(mine, mine)), await refusalOf(moving(mine, elsewhere))];
      if (withoutMove.has(name)) continue;
      // Nor does a row come into the year from another: the owner puts one there.
      if (column === 'period_id') {
        await app.owner.query(
          `insert into ${name}
           select (jsonb_populate_record(t, jsonb_build_object('id', gen_random_uuid(), 'period_id', $2::int))).*
             from ${name} t where t.period_id = $1 limit 1`,
          [mine, elsewhere],
        );
      } else if (name === 'collection_subjects') {
        await app.owner.query(
          `insert into collection_subjects (place_id, collection_id, subject_type, subject_id, name, initials, managing_unit_id)
           values ($1, $2, 'school', $3, '甲', 'j', $1)`,
          [licheng, otherCollection, first],
        );
      } else {
        await app.owner.query(
          `insert into filings (place_id, id, collection_id, subject_id, name, initials, managing_unit_id, managed_by)
           values ($1, gen_random_uuid(), $2, $3, '甲', 'j', $1, 'county')`,
          [licheng, otherCollection, first],
        );
      }
      backwards[name] = await refusalOf(moving(elsewhere, mine));
      if (column === 'period_id') {
        await app.owner.query(`delete from ${name} where period_id = $1`, [elsewhere]);
      }
    }
    // Nobody changes a run, nor most of what hangs on a row; a collection, which everybody reads, is refused by name.
    expect(answers).toEqual({
      ...Object.fromEntries(tables.map(([name]) => [name, [0, 0]])),
      ...Object.fromEntries(unchanged.map((name) => [name, ['42501', '42501']])),
      ...{ collections: ['year.archived', 'year.archived'] },
    });
    expect(backwards).toEqual(
      Object.fromEntries(
        ['balance_tracks', 'collection_subjects', 'filings', 'period_schools', 'province_publications'].map((name) => [
          name,
          'year.archived',
        ]),
      ),
    );
    // What cannot be changed cannot be locked either, and is read as before.
    expect(await refusalOf(sql`select id from filings where id = ${ids.filingId} for update`)).toBe(0);
    expect(
      await refusalOf(sql`
        insert into balance_runs
        select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'current', false, 'inputs_hash', repeat('a', 64)))).*
          from balance_runs r where r.period_id = ${period} limit 1`),
    ).toBe('year.archived');
    // Nor can its register be removed, nor the figures of a report.
    for (const name of ['period_schools', 'balance_track_report_figures']) {
      expect(await refusalOf(sql`delete from ${sql.table(name)} where period_id = ${period}`)).toBe(0);
    }
    expect(await refusalOf(sql`select move_current_run(${licheng}, ${ids.runId})`)).toBe('year.archived');
  });

  it('is marked by two functions and by no other statement', async () => {
    const whole = atPlaces([units.city.id, units.licheng.id, units.fengze.id]);
    const codeOf = (write: ReturnType<typeof sql>, reach = whole) =>
      withLease(app.services.pool, (held) => held.writing(reach, (db) => write.execute(db))).then(
        () => 'done',
        (error: { code: string }) => error.code,
      );
    const forged = [
      sql`update periods set archived_on = null, archived_by_name = null where id = ${period}`,
      sql`update periods set archived_on = '2026-09-02' where id = ${period}`,
      sql`update periods set archived_on = '2026-09-02', archived_by_name = 'x' where year = 2150`,
      sql`insert into periods (kind, year, name, starts_on, ends_on, archived_on, archived_by_name)
          values ('school-year', 2151, '2151 学年', '2151-09-01', '2152-08-31', '2152-09-01', 'x')`,
      // Archived already; not over yet.
      sql`select archive_year(${period}, '2026-09-02', 'x')`,
      sql`select archive_year((select id from periods where year = 2150), '2151-08-31', 'x')`,
      // By a day that has not come; another name beside the same day; other days and another name of the year.
      sql`select archive_year((select id from periods where year = 2150), '2152-01-01', 'x')`,
      sql`update periods set archived_by_name = 'x' where id = ${period}`,
      sql`update periods set ends_on = ends_on + 1 where id = ${period}`,
      sql`update periods set name = 'x' where id = ${period}`,
    ];
    for (const statement of forged) expect(await codeOf(statement)).toBe('42501');
    // A county has neither the one nor the other in its hands.
    const county = atPlaces([licheng]);
    expect(await codeOf(sql`select unarchive_year(${period})`, county)).toBe('42501');
    expect(
      await codeOf(sql`select archive_year((select id from periods where year = 2150), '2152-01-01', 'x')`, county),
    ).toBe('42501');
    // The other columns of the same row are an ordinary matter of the program.
    expect(await codeOf(sql`update periods set passed_over = passed_over where id = ${period}`)).toBe('done');
  });

  it('keeps its runs when a standard or a formula comes that would ask for others', async () => {
    await app.owner.query(`update balance_runs set current = false where period_id = $1`, [period]);
    expect(await prepareBalance(app.services.pool, app.services.now)).toEqual({ runs: 0 });
    await app.owner.query(`update balance_runs set current = true where period_id = $1`, [period]);
  });

  it('is opened again with a reason, and the audit names both acts', async () => {
    const reason = '省厅要求更正上年数据';
    expect(await city().call(periods.unarchive, { params: params(), body: { reason } })).toMatchObject({
      archivedOn: null,
    });
    // What a standard or a formula asked of the archived year in vain is asked for again.
    const asked = app.jobs.filter(({ name }) => name === 'balance.recompute').map(({ data }) => data);
    expect(asked).toContainEqual(expect.objectContaining({ countyId: licheng, periodId: period }));
    await city().call(periods.reopen, { params: params(), body: { reason } });
    // The database too archives no year for which somebody collects.
    const marked = withLease(app.services.pool, (held) =>
      held.writing(atPlaces([units.city.id]), (db) =>
        sql`select archive_year(${period}, ${archivedOn}, 'x')`.execute(db),
      ),
    );
    await expect(marked).rejects.toMatchObject({ code: '42501' });
    const told = await app.owner.query(
      `select kind, note from notices where kind like 'filing.year%' and place_id = $1 and school_id is null order by sent_at`,
      [licheng],
    );
    expect(told.rows).toEqual([
      { kind: 'filing.yearArchived', note: '此后只能查阅和导出' },
      { kind: 'filing.yearUnarchived', note: reason },
    ]);
    const { rows } = await app.owner.query(
      `select action, place_id, after from audit_events where action in ('period.archived', 'period.unarchived') order by at`,
    );
    expect(rows).toEqual([
      {
        action: 'period.archived',
        place_id: units.city.id,
        after: expect.objectContaining({ archivedOn }),
      },
      { action: 'period.unarchived', place_id: units.city.id, after: expect.objectContaining({ reason }) },
    ]);
  });
});
