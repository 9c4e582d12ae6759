import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as frameworks from '#contract/frameworks/frameworks.ts';
import { answer, questions } from '#contract/frameworks/questions.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import { frameworksFeature } from '../frameworks.feature.ts';
import { prepareFrameworks } from '../shipped-editions.act.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [frameworksFeature] });
  await prepareFrameworks(app.services.pool, app.services.now);
});
afterAll(() => app.close());

const year = 2024;
const county = () => app.as('countyDirector');
const asked = (query: object = {}) => county().call(questions, { query: { year, ...query } });

describe('the facts that editions in use ask', () => {
  it('stand once each, with every edition and leaf that asks them, for the own unit', async () => {
    const { rows, subject, counts, can } = await asked();
    expect(subject).toMatchObject({ type: 'unit' });
    expect(can.answer).toBe(true);
    expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
    expect(counts).toMatchObject({ total: rows.length, known: 0 });
    const shared = rows.filter(({ askedBy }) => askedBy.length > 1);
    expect(shared.length).toBeGreaterThan(3);
    for (const { name, askedBy } of shared) {
      for (const { key, codes, inRules } of askedBy) {
        const { definition } = await county().call(frameworks.read, { params: { key } });
        expect(codes.length > 0 || inRules).toBe(true);
        for (const code of codes) {
          expect(JSON.stringify(definition.indicators.find((one) => one.code === code))).toContain(name);
        }
      }
      break;
    }
  });

  it('name each edition with its mark', async () => {
    const { rows } = await county().call(frameworks.list, {});
    const markOf = new Map(rows.map(({ key, authority, completedBy }) => [key, { authority, completedBy }]));
    const named = (await asked()).rows.flatMap(({ askedBy }) => askedBy);
    expect(new Set(named.map(({ authority }) => authority)).size).toBeGreaterThan(1);
    for (const one of named) expect(one).toMatchObject(markOf.get(one.key)!);
  });

  it('are narrowed by words, by framework and by whether they are known; the counts stay', async () => {
    const all = await asked();
    const some = await asked({ framework: 'strong-county-sample' });
    expect(some.rows.length).toBeGreaterThan(0);
    expect(some.rows.length).toBeLessThan(all.rows.length);
    expect(some.counts).toEqual(all.counts);
    expect((await asked({ state: 'known' })).rows).toEqual([]);
    const word = all.rows[0]!.name.slice(3);
    expect((await asked({ search: word })).rows.map(({ name }) => name)).toContain(all.rows[0]!.name);
  });

  it('of a school are those of editions for schools, and a school sees its own', async () => {
    const own = await app.as('head').call(questions, { query: { year } });
    expect(own.subject).toMatchObject({ type: 'school', id: schools.first.id });
    expect(own.frameworks.map(({ key }) => key)).not.toContain('county-inspection-sample');
    const other = { year, subjectType: 'school' as const, subjectId: schools.foreign.id };
    expect((await app.as('head').refused(questions, { query: other })).code).toBe('thing.notFound');
  });
});

describe('an answer', () => {
  const subject = { type: 'unit' as const, id: units.licheng.id };
  const ofCounty = 'county-inspection-sample';
  const trialOf = (assessed: number) =>
    county().call(frameworks.tryOut, { params: { key: ofCounty }, body: { revision: 1, year: assessed, subject } });

  it('is entered once with its document and day, and is known wherever it is asked', async () => {
    const { rows } = await asked();
    const tried = new Set((await trialOf(year)).facts.map(({ name }) => name));
    const row = rows.find(({ name, type, askedBy }) => type === 'number' && askedBy.length > 1 && tried.has(name))!;
    const body = {
      fact: row.name,
      subject,
      year,
      value: 12,
      document: '2024年统计年鉴',
      asOf: '2024-12-31',
      replaces: null,
    };
    const { answer: entered } = await county().call(answer, { body });
    expect(entered).toMatchObject({ value: 12, document: '2024年统计年鉴', asOf: '2024-12-31' });
    const known = await asked({ state: 'known' });
    expect(known.rows).toMatchObject([{ name: row.name, answer: { id: entered.id } }]);
    const { key } = row.askedBy[0]!;
    const { rows: facts } = await app.owner.query(
      `select value, source, certificate from facts where key = $1 and subject_id = $2`,
      [row.name, subject.id],
    );
    expect(facts).toMatchObject([
      { value: 12, source: 'entered', certificate: { document: '2024年统计年鉴', asOf: '2024-12-31' } },
    ]);
    const read = await county().call(frameworks.read, { params: { key } });
    expect(read.facts.map(({ name }) => name)).toContain(row.name);

    // The trial of an edition shows it with its document and day. The edition says which years it reads.
    const { definition } = await county().call(frameworks.read, { params: { key: ofCounty } });
    const trial = await trialOf(year - (definition.reads?.[row.period] ?? 0));
    const seen = trial.facts.find(({ name }) => name === row.name);
    expect(seen).toMatchObject({ value: '12', evidence: '2024年统计年鉴，2024-12-31' });

    // A correction ends the earlier answer, names the one that was seen and leaves it readable.
    const stale = await county().refused(answer, { body: { ...body, value: 13 } });
    expect(stale.code).toBe('thing.changed');
    const corrected = { ...body, value: 13, replaces: entered.id };
    await county().call(answer, { body: corrected });
    expect((await county().refused(answer, { body: { ...corrected, value: 14 } })).code).toBe('thing.changed');
    const after = (await asked({ state: 'known' })).rows[0]!;
    expect([after.answer!.value, after.earlier.map(({ value }) => value)]).toEqual([13, [12]]);
    // Taken back, it is not known any more.
    await county().call(answer, {
      body: { ...corrected, value: null, document: '误填，撤下', replaces: after.answer!.id },
    });
    expect((await asked({ state: 'known' })).rows).toEqual([]);
    const { rows: left } = await app.owner.query(`select 1 from facts where key = $1`, [row.name]);
    expect(left).toEqual([]);
  });

  it('of another kind, of tomorrow, of nobody’s question or of a foreign unit is refused', async () => {
    const { rows } = await asked();
    const number = rows.find(({ type }) => type === 'number')!.name;
    const body = { fact: number, subject, year, value: 1, document: '年鉴', asOf: '2024-12-31', replaces: null };
    const refusedOf = async (given: object) => (await county().refused(answer, { body: { ...body, ...given } })).code;
    expect(await refusedOf({ value: '很多' })).toBe('request.invalid');
    expect(await refusedOf({ asOf: '2031-01-01' })).toBe('request.invalid');
    expect(await refusedOf({ fact: '事实:没有人问' })).toBe('thing.notFound');
    expect(await refusedOf({ subject: { type: 'unit', id: units.fengze.id } })).toBe('thing.notFound');
    expect(await refusedOf({ document: ' ' })).toBe('request.invalid');
    const { notApplicable } = (await county().call(answer, { body: { ...body, value: { notApplicable: true } } }))
      .answer.value as { notApplicable: boolean };
    expect(notApplicable).toBe(true);
  });

  it('of what the panel finds on its visit is nobody’s to give here', async () => {
    const panel = '事实:督导组听课平均分';
    const head = app.as('head');
    expect((await head.call(questions, { query: { year } })).rows.map(({ name }) => name)).not.toContain(panel);
    const own = { type: 'school' as const, id: schools.first.id };
    const body = {
      fact: panel,
      subject: own,
      year,
      value: 100,
      document: '自己写的',
      asOf: '2024-12-31',
      replaces: null,
    };
    expect((await head.refused(answer, { body })).code).toBe('thing.notFound');
    expect((await app.as('cityOfficer').refused(answer, { body })).code).toBe('thing.notFound');
  });

  it('is written by whoever has the right, and by nobody else', async () => {
    const { rows } = await asked();
    const body = {
      fact: rows[1]!.name,
      subject,
      year,
      value: { notApplicable: true as const },
      document: '年鉴',
      asOf: '2024-12-31',
      replaces: null,
    };
    expect((await app.as('sectionOfficer').refused(answer, { body })).status).toBe(403);
    await app.as('cityOfficer').call(answer, { body });
    expect((await asked({ state: 'known' })).rows.map(({ name }) => name)).toContain(rows[1]!.name);
  });
});
