import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as balance from '#contract/balance/balance.ts';
import { formulaVersion } from '#domain/balance/run/run.ts';
import { editionText } from '#domain/balance/standard/edition.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { publishRevision } from '#test/support/balance/publish.ts';
import { layBalanceYear, primaryFigures } from '#test/support/balance/year.ts';
import { layYear, removeYear } from '#test/support/collection.ts';
import { atLock } from '#test/support/database/database.ts';
import { schools, units } from '#test/support/scenario.ts';
import basic2012 from '../../../../../reference/standards/basic-2012.json' with { type: 'json' };
import quality2017 from '../../../../../reference/standards/quality-2017.json' with { type: 'json' };
import { balanceFeature } from '../balance.feature.ts';
import { prepareBalance } from './shipped-standards.act.ts';

const county = units.licheng.id;
const year = [
  { id: schools.first.id, county, values: primaryFigures(400) },
  { id: schools.neighbour.id, county, values: primaryFigures(900, 1.2) },
];
/** An edition as a later version of the product might ship it. */
const corrected = (title: string) => ({ ...quality2017, document: { ...quality2017.document, title } });

let app: TestApp;

beforeAll(async () => {
  app = await openTestApp({ features: [balanceFeature] });
  await layBalanceYear(app.owner, 2024, year);
  await layBalanceYear(app.owner, 2025, year);
});
afterAll(() => app?.close());

const start = (shipped: readonly (typeof quality2017 | typeof basic2012)[]) =>
  prepareBalance(app.services.pool, app.services.now, shipped);
const revisions = async () =>
  (
    await app.owner.query(
      `select revision, shipped, definition #>> '{document,title}' as title from balance_standards
       where key = 'quality-2017' order by revision`,
    )
  ).rows.map(({ revision, shipped, title }) => `${revision} ${shipped} ${title}`);
const currentRevisions = async () =>
  (
    await app.owner.query(
      `select year, standard_revision from balance_runs join periods on periods.id = period_id
       where current and standard_key = 'quality-2017' and county_id = ${county} order by year`,
    )
  ).rows.map(({ year, standard_revision }) => `${year}: ${standard_revision}`);

it('a standard that is new to a database gets its runs, the others none again', async () => {
  expect(await start([basic2012])).toEqual({ runs: 2 });
  expect(await start([basic2012, quality2017])).toEqual({ runs: 2 });
  expect(await start([basic2012, quality2017])).toEqual({ runs: 0 });
  expect(await currentRevisions()).toEqual(['2024: 1', '2025: 1']);
});

it('a corrected edition is the next revision and judges the year under way', async () => {
  expect(await start([basic2012, corrected('更正')])).toEqual({ runs: 1 });
  expect(await revisions()).toEqual([`1 true ${quality2017.document.title}`, '2 true 更正']);
  expect(await currentRevisions()).toEqual(['2024: 1', '2025: 2']);
  expect(await start([basic2012, corrected('更正')])).toEqual({ runs: 0 });
});

it('a city that has revised the standard keeps its revision in force', async () => {
  const city = app.as('cityOfficer');
  const params = { key: 'quality-2017' };
  const { definition } = await city.call(balance.standard, { params });
  const own = { ...definition, document: { ...definition.document, title: '本市' } };
  await publishRevision(city, params.key, { basis: 2, definition: own, note: '本市的口径' });
  // As it was stored before assumptions said whom they take in.
  await app.owner.query(
    `update balance_standards set definition = definition #- '{assumptions,0,claims}'
      where key = 'quality-2017' and revision = 3`,
  );
  await app.runJobs();
  // The shipped standard has not changed since: the city's edit does not cause a new revision.
  expect(await start([basic2012, corrected('更正')])).toEqual({ runs: 0 });
  expect(await start([basic2012, corrected('再次更正')])).toEqual({ runs: 1 });
  expect((await revisions()).slice(2)).toEqual(['3 false 本市', '4 true 再次更正', '5 false 本市']);
  expect(await currentRevisions()).toEqual(['2024: 1', '2025: 5']);
  const again = await city.call(balance.standard, { params });
  const { standards } = await city.call(balance.standards, {});
  expect(standards.filter(({ key }) => key === params.key).map(({ edition }) => editionText(edition))).toEqual([
    '本市口径第 2 版',
    '原文（第 3 版，随产品更正）',
    '本市口径第 1 版',
    '原文（第 2 版，随产品更正）',
    '原文',
  ]);
  expect(again.note).toBe('沿用本市口径第 1 版；产品更正后的原文（第 3 版，随产品更正）另存，如需采用请另行修订');
  expect(again.definition.assumptions).toEqual(definition.assumptions);
  const audit = await app.owner.query(
    `select object_id from audit_events where action = 'standard.revised' order by id`,
  );
  expect(audit.rows.map(({ object_id }) => object_id)).toEqual(['quality-2017 2', 'quality-2017 3', 'quality-2017 4']);
});

it('a stored revision is read as it stands, a new one must not claim the recognition', async () => {
  const city = app.as('cityOfficer');
  const params = { key: 'quality-2017' };
  const { revision, definition } = await city.call(balance.standard, { params });
  const claiming = { ...definition, verdictNames: { ...definition.verdictNames, pass: '达到优质均衡' } };
  const refusal = await city.refused(balance.revise, {
    params,
    body: { basis: revision, definition: claiming, note: '改结论', trial: 'none' },
  });
  expect(refusal.code).toBe('standard.invalid');
  await app.owner.query(`update balance_standards set definition = $1 where key = 'quality-2017' and revision = $2`, [
    ...[JSON.stringify(claiming), revision],
  ]);
  expect(await start([basic2012, corrected('再次更正')])).toEqual({ runs: 0 });
  expect(await start([basic2012, corrected('再三更正')])).toEqual({ runs: 1 });
  expect((await revisions()).slice(5)).toEqual(['6 true 再三更正', '7 false 本市']);
  await expect(start([{ ...quality2017, verdictNames: claiming.verdictNames }])).rejects.toMatchObject({
    code: 'standard.invalid',
  });
});

it('a standard that stands already is not checked anew at each start', async () => {
  const refused = { ...quality2017, verdictNames: { ...quality2017.verdictNames, pass: '达到优质均衡' } };
  await expect(start([refused])).rejects.toMatchObject({ code: 'standard.invalid' });
  const newest = `(select max(revision) from balance_standards where key = 'quality-2017' and shipped)`;
  const write = (content: string) =>
    app.owner.query(
      `update balance_standards set definition = $1 where key = 'quality-2017' and revision = ${newest}
       returning (select definition from balance_standards where key = 'quality-2017' and revision = ${newest}) as before`,
      [content],
    );
  const [row] = (await write(JSON.stringify(refused))).rows;
  expect(await start([refused])).toEqual({ runs: 0 });
  await write(JSON.stringify(row.before));
});

it('a year that is opened ahead is not yet the one that a correction judges', async () => {
  const ahead = await layYear(app.owner, {
    ...{ year: 2026, opensOn: '2999-09-01', deadline: '2999-10-01', cityDeadline: '2999-11-01' },
  });
  expect(await start([basic2012, corrected('第三次更正')])).toEqual({ runs: 1 });
  expect(await currentRevisions()).toEqual(['2024: 1', '2025: 9']);
  await removeYear(app.owner, ahead);
});

it('another formula is asked for in the year under way only', async () => {
  await app.owner.query(`update balance_runs set formula_version = '0'`);
  expect(await start([basic2012, corrected('第三次更正')])).toEqual({ runs: 2 });
  const versions = await app.owner.query(
    `select distinct year, formula_version from balance_runs join periods on periods.id = period_id
     where current and county_id = ${county} order by year`,
  );
  expect(versions.rows.map(({ formula_version }) => formula_version)).toEqual(['0', formulaVersion]);
});

it('of two servers that start at once one brings the edition and records it', async () => {
  const { host, port, user, password, database } = app.owner;
  const other = new pg.Client({ host, port, user, password, database } as pg.ClientConfig);
  await other.connect();
  const before = await revisions();
  const next = before.length + 1;
  await other.query('begin');
  // As a server does before it adds a revision.
  await other.query(`select pg_advisory_xact_lock(hashtextextended('balance-standard:quality-2017', 0))`);
  await other.query(
    `insert into balance_standards (key, revision, name, document, definition, source, note, created_by, shipped)
     select key, $1, name, document, jsonb_set(definition, '{document,title}', '"同时更正"'), source, note, created_by,
            true
       from balance_standards where key = 'quality-2017' and revision = 1`,
    [next],
  );
  const second = start([basic2012, corrected('同时更正')]);
  await expect.poll(async () => (await app.owner.query(atLock)).rows.length).toBeGreaterThan(0);
  await other.query('commit');
  await other.end();
  await second;
  expect(await revisions()).toEqual([...before, `${next} true 同时更正`]);
  const audit = await app.owner.query('select 1 from audit_events where object_id = $1', [`quality-2017 ${next}`]);
  expect(audit.rows).toEqual([]);
});
