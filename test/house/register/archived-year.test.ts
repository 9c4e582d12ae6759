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

describe('before a year is archived', () => {
  it('its collection has ended, and so has every track of it', async () => {
    expect((await city().refused(periods.archive, { params: params() })).code).toBe('period.notClosed');
    await city().call(periods.close, { params: params() });
    const refusal = await city().refused(periods.archive, { params: params() });
    expect(refusal.sentence).toMatch(/还有 \d+ 个县（市、区）的均衡跟踪没有办结/);
    expect(await city().call(periods.previewArchiving, { params: params() })).toMatchObject({ openTracks: 2 });
    await app.owner.query(`update balance_tracks set state = 'closed'`);
    expect((await city().refused(periods.unarchive, { params: params(), body: { reason: '误操作' } })).code).toBe(
      'period.notArchived',
    );
  });
});

it('what is being written when a year is archived is counted first', { timeout: 30_000 }, async () => {
  const whole = atPlaces([units.city.id, units.licheng.id, units.fengze.id]);
  const standing = 'select state from balance_tracks where id = $1';
  const waits = `select 1 from pg_locks where not granted and mode = 'ShareRowExclusiveLock'`;
  let answer: Promise<{ readonly code: string }> | undefined;
  await withLease(app.services.pool, (held) =>
    held.writing(whole, async (db) => {
      await sql`update balance_tracks set state = 'opened' where id = ${ids.trackId}`.execute(db);
      answer = city().refused(periods.archive, { params: params() });
      await expect.poll(async () => (await app.owner.query(waits)).rows, { timeout: 20_000 }).toHaveLength(1);
    }),
  );
  expect((await answer!).code).toBe('period.tracked');
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
  const tables = [...(await guarded()), 'collections', 'balance_run_details', 'balance_run_schools'];
  const hanging = [
    'comments',
    'attachments',
    'steps',
    'balance_track_reports',
    'balance_track_causes',
    'balance_track_issues',
  ];
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
    for (const { message } of refused) expect(message).toContain('2025 学年已于 2025-10-15 归档');
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
    expect(await archive()).toMatchObject({ archivedOn: '2025-10-15', state: 'closed' });
    before = await content();
  });

  it('is said by one sentence that names the year, the day and the way out', async () => {
    const refusal = await app.as('countyDirector').refused(filings.reopen, {
      params: { filingId: ids.filingId },
      body: { revision: 1, reason: '更正' } as never,
    });
    expect(refusal).toMatchObject({ status: 409, code: 'year.archived' });
    expect(refusal.sentence).toBe(
      '2025 学年已于 2025-10-15 归档，只能查阅和导出，不能再改。确需更改的，请市级督导干部在“填报周期”页写明原因，解除归档。',
    );
    const { can } = await app.as('cityOfficer').call(filings.read, { params: { filingId: ids.filingId } });
    expect(Object.values(can)).not.toContain(true);
  });

  it('promises nothing that it would refuse', async () => {
    expect(await waiting()).toEqual([]);
    const frame = await app.as('countyDirector').call(home.frame);
    expect(frame.years).toContainEqual(expect.objectContaining({ schoolYear: 2025, archivedOn: '2025-10-15' }));
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
    const locked = await app.owner.query<{ body: string }>(
      `select prosrc as body from pg_proc where proname = 'lock_years'`,
    );
    expect(/lock table ([^;]*?)\s+in /.exec(locked.rows[0]!.body)?.[1]?.split(', ')).toEqual(bearing);
    const whole = atPlaces([units.city.id, units.licheng.id, units.fengze.id]);
    const tables: readonly (readonly [string, string])[] = [
      ...bearing.map(
        (name) => [name, /filings|collection_subjects/.test(name) ? 'collection_id' : 'period_id'] as const,
      ),
      ['collections', 'period_id'],
    ];
    const refusalOf = (write: ReturnType<typeof sql>) =>
      withLease(app.services.pool, (held) => held.writing(whole, (db) => write.execute(db))).then(
        ({ numAffectedRows }) => Number(numAffectedRows),
        (error: { code: string }) => error.code,
      );
    const answers: Record<string, unknown> = {};
    for (const [name, column] of tables) {
      const mine = column === 'period_id' ? period : collection;
      // An update that changes nothing is a write: the rule asks for the row as it would be.
      const write = sql`update ${sql.table(name)} set ${sql.ref(column)} = ${mine} where ${sql.ref(column)} = ${mine}`;
      answers[name] = await refusalOf(write);
    }
    // Nobody changes a run; and where nothing bears the year there is nothing to refuse.
    expect(answers).toEqual({
      ...Object.fromEntries(tables.map(([name]) => [name, 'year.archived'])),
      ...{ balance_runs: '42501', province_publications: 0, entered_facts: 0 },
    });
    expect(
      await refusalOf(sql`
        insert into balance_runs
        select (jsonb_populate_record(r, jsonb_build_object('id', gen_random_uuid(), 'current', false, 'inputs_hash', repeat('a', 64)))).*
          from balance_runs r where r.period_id = ${period} limit 1`),
    ).toBe('year.archived');
    // A year cannot be left either by its collection, which names that of all its filings, nor can its register be removed.
    const { rows: elsewhere } = await app.owner.query<{ id: number }>(
      `insert into periods (kind, year, name, starts_on, ends_on) values ('school-year', 2150, '2150 学年', '2150-09-01', '2151-08-31')
       returning id`,
    );
    const moved = sql`update collections set period_id = ${elsewhere[0]!.id} where id = ${collection}`;
    expect(await refusalOf(moved)).toBe('year.archived');
    expect(await refusalOf(sql`delete from period_schools where period_id = ${period}`)).toBe(0);
    expect(await refusalOf(sql`select move_current_run(${licheng}, ${ids.runId})`)).toBe('year.archived');
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
    // What waited to be computed when the year was archived is asked for again.
    const asked = app.jobs.filter(({ name }) => name === 'balance.recompute').map(({ data }) => data);
    expect(asked).toContainEqual(expect.objectContaining({ countyId: licheng, periodId: period }));
    await city().call(periods.reopen, { params: params(), body: { reason } });
    const { rows } = await app.owner.query(
      `select action, place_id, after from audit_events where action in ('period.archived', 'period.unarchived') order by at`,
    );
    expect(rows).toEqual([
      {
        action: 'period.archived',
        place_id: units.city.id,
        after: expect.objectContaining({ archivedOn: '2025-10-15' }),
      },
      { action: 'period.unarchived', place_id: units.city.id, after: expect.objectContaining({ reason }) },
    ]);
  });
});
