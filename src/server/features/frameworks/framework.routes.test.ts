import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as frameworks from '#contract/frameworks/frameworks.ts';
import { digestOf } from '#core/evidence/digest.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { frameworksFeature } from './frameworks.feature.ts';
import { prepareFrameworks } from './shipped-editions.act.ts';
import { readShipped, shippedKeys } from './shipped-editions.shape.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [frameworksFeature] });
  await prepareFrameworks(app.services.pool, app.services.now);
});
afterAll(() => app.close());

const partial = 'basic-balance-gov-variant';
const whole = 'county-inspection-sample';

describe('the editions that ship', () => {
  it('are laid once, and a second start adds nothing', async () => {
    const { rows, counts } = await app.as('countyOfficer').call(frameworks.list, {});
    expect(rows.map(({ key }) => key).sort()).toEqual([...shippedKeys].sort());
    expect(counts.ready + counts.incomplete).toBe(shippedKeys.length);
    expect(await prepareFrameworks(app.services.pool, app.services.now)).toEqual({ added: 0 });
  });

  it('are ready where everything of them is known, and to be completed where it is not', async () => {
    const { rows } = await app.as('cityOfficer').call(frameworks.list, {});
    const stateOf = (key: string) => rows.find((row) => row.key === key)!;
    expect(stateOf(whole)).toMatchObject({ authority: 'sample', state: 'ready', open: 0, completedBy: null });
    expect(stateOf(partial)).toMatchObject({ authority: 'official-partial', state: 'incomplete' });
    expect(stateOf(partial).open).toBeGreaterThan(0);
    // A document of which only names are missing can be used; of our own samples one is filled anew each year.
    const waiting = rows.filter(({ state, authority }) => state === 'incomplete' && authority !== 'official-partial');
    expect(waiting.map(({ key }) => key)).toEqual(['special-opening-sample']);
    expect(stateOf('edu-strong-town-guangdong').state).toBe('ready');
  });

  it('come as a further revision where a file has changed, with an audit row, and the older one stays', async () => {
    const own = await openTestApp({ features: [frameworksFeature] });
    try {
      const given = (await readShipped(whole)) as { key: string; title: string };
      await prepareFrameworks(own.services.pool, own.services.now, [given]);
      expect(await prepareFrameworks(own.services.pool, own.services.now, [{ ...given, title: '更正的名称' }])).toEqual(
        { added: 1 },
      );
      const city = own.as('cityOfficer');
      const { rows } = await city.call(frameworks.list, {});
      expect(rows.map(({ title, revision }) => [title, revision])).toEqual([['更正的名称', 2]]);
      const first = await city.call(frameworks.read, { params: { key: whole }, query: { revision: 1 } });
      expect(first.title).toBe(given.title);
      expect(first.revisions.map(({ revision }) => revision)).toEqual([2, 1]);
      const { rows: audit } = await own.owner.query(
        `select object_id from audit_events where action = 'framework.shipped'`,
      );
      expect(audit.map(({ object_id }) => object_id)).toEqual([`${whole} 2`]);
    } finally {
      await own.close();
    }
  });
});

describe('the list', () => {
  it('is searched by words and document numbers and narrowed by authority, subject and state; the counts stay', async () => {
    const city = app.as('cityOfficer');
    const keysOf = async (query: object) => (await city.call(frameworks.list, { query })).rows.map(({ key }) => key);
    expect(await keysOf({ search: '优质均衡 〔2017〕6号' })).toEqual(['quality-balance-2017-6']);
    expect(await keysOf({ subject: 'post-holder' })).toEqual(['leaders-sample']);
    const incomplete = await city.call(frameworks.list, { query: { state: 'incomplete' } });
    expect(incomplete.rows.every(({ state }) => state === 'incomplete')).toBe(true);
    expect(incomplete.counts.total).toBe(shippedKeys.length);
    expect((await keysOf({ authority: 'official' })).sort()).toEqual([
      'preschool-pjph-shenyang-2021',
      'quality-balance-2017-6',
    ]);
  });

  it('shows drafts to whoever manages them, and to nobody below the city', async () => {
    const { id } = await app
      .as('cityOfficer')
      .call(frameworks.copy, { body: { key: 'kindergarten-hubei-2016', revision: 1 } });
    const seen = await app.as('cityOfficer').call(frameworks.drafts, {});
    expect(seen.rows.map((draft) => draft.id)).toContain(id);
    expect((await app.as('countyDirector').call(frameworks.list, {})).can).toEqual({ copy: false });
    expect((await app.as('countyDirector').refused(frameworks.drafts, {})).status).toBe(403);
    expect((await app.as('countyDirector').refused(frameworks.readDraft, { params: { draftId: id } })).status).toBe(
      403,
    );
  });
});

describe('one edition', () => {
  it('says each condition in words, what it reads, and what of it nobody knows', async () => {
    const read = await app.as('countyOfficer').call(frameworks.read, { params: { key: whole } });
    const conditions = read.definition.conclusions.flatMap(({ rows }) => rows.flatMap(({ when }) => when));
    expect(conditions.length).toBeGreaterThan(3);
    expect(conditions.filter((text) => read.words[text] === undefined)).toEqual([]);
    expect(read.words['total>=90']).toBe('总分达到 90');
    const kinds = new Map(read.facts.map(({ name, kind }) => [name, kind]));
    expect(kinds.get('事实:在园幼儿数')).toBe('asked');
    expect(kinds.get('均衡:基本均衡.小学.综合差异系数')).toBe('balance');
    expect(kinds.get('履职:应挂牌学校数')).toBe('duty');
    expect(kinds.get('小学在校生数')).toBe('filing');
    // Of the rules alone.
    expect(kinds.get('事实:上级督导通报逾期未整改数')).toBe('asked');
    expect(read.facts.find(({ name }) => name === '事实:一般公共预算教育支出')?.unit).toBe('万元');
    expect(read.can).toEqual({ copy: false, withdraw: false });
    const unknown = await app.as('countyOfficer').call(frameworks.read, { params: { key: partial } });
    expect(unknown.openCodes.length).toBe(unknown.open);
  });

  it('is downloaded with the digest of the very edition in the file', async () => {
    const read = await app.as('cityOfficer').call(frameworks.read, { params: { key: whole } });
    const reply = await app.as('cityOfficer').call(frameworks.download, { params: { key: whole } });
    const content = JSON.parse(new TextDecoder().decode(reply.body));
    expect(reply.fileName).toMatch(/\.json$/);
    expect(content.hash).toBe(read.hash);
    expect(digestOf(content.edition)).toBe(read.hash);
  });

  it('is compared with another by its indicators', async () => {
    const city = app.as('cityOfficer');
    const same = await city.call(frameworks.compare, { query: { first: whole, second: whole } });
    expect(same).toMatchObject({ changes: [], rules: [] });
    const other = await city.call(frameworks.compare, { query: { first: whole, second: 'strong-county-sample' } });
    expect(other.changes.length).toBeGreaterThan(10);
  });

  it('is not found under another key or revision', async () => {
    const refused = await app
      .as('cityOfficer')
      .refused(frameworks.read, { params: { key: whole }, query: { revision: 9 } });
    expect(refused.code).toBe('thing.notFound');
  });
});

describe('a trial', () => {
  it('scores typed answers with a trace, stores nothing and leaves a line in the audit', async () => {
    const city = app.as('cityOfficer');
    const { definition, revision } = await city.call(frameworks.read, { params: { key: 'innovation-county-sample' } });
    const leaves = definition.indicators.filter(
      ({ code }) => !definition.indicators.some(({ parent }) => parent === code),
    );
    const answers = leaves.map(({ code }) => ({ code, met: true }));
    const body = { revision, answers, year: 2025 };
    const result = await city.call(frameworks.tryOut, { params: { key: 'innovation-county-sample' }, body });
    expect(result.provisional).toBeNull();
    expect(result.leaves.every(({ state }) => state === 'scored')).toBe(true);
    expect(result.conclusions.length).toBeGreaterThan(0);
    expect(result.leaves.every(({ verdict, open }) => verdict === 'yes' && open.length === 0)).toBe(true);
    const early = await city.refused(frameworks.tryOut, {
      params: { key: 'innovation-county-sample' },
      body: { ...body, year: 99 },
    });
    expect(early.message).toContain('评估年度应在 2000 年以后');
    const wrong = { ...body, answers: [{ code: 'X9', met: true }] };
    const refused = await city.refused(frameworks.tryOut, { params: { key: 'innovation-county-sample' }, body: wrong });
    expect([refused.code, refused.message]).toEqual(['framework.answersInvalid', expect.stringContaining('X9')]);
    const { rows } = await app.owner.query(
      `select count(*)::int as n from audit_events where action = 'framework.tried'`,
    );
    expect(rows).toEqual([{ n: 1 }]);
  });

  it('takes the branches that a visit chooses, and the months of a post', async () => {
    const city = app.as('cityOfficer');
    const params = { key: 'visit-eight-matters-sample' };
    const { definition, revision } = await city.call(frameworks.read, { params });
    const [first, second] = definition.indicators.filter(({ parent }) => parent === '0');
    const branch = first!.code;
    const body = { revision, year: 2025, chosen: [branch] };
    const result = await city.call(frameworks.tryOut, { params, body });
    const isBelow = (code: string): boolean => {
      const found = definition.indicators.find((one) => one.code === code)!;
      return code === branch || (found.parent !== null && isBelow(found.parent));
    };
    for (const { code, state } of result.leaves)
      expect([code, state === 'notApplicable']).toEqual([code, !isBelow(code)]);
    expect(new Set(result.leaves.map(({ state }) => state === 'notApplicable'))).toEqual(new Set([true, false]));
    const foreign = { ...body, chosen: [second!.code, 'X9'] };
    expect((await city.refused(frameworks.tryOut, { params, body: foreign })).code).toBe('framework.answersInvalid');
    const all = { params: { key: 'innovation-county-sample' }, body: { ...body, chosen: ['A1'] } };
    expect((await city.refused(frameworks.tryOut, all)).sentence).toContain('每次都全部评');
    const leaders = { params: { key: 'leaders-sample' }, body: { revision: 1, year: 2025, tenureMonths: 13 } };
    expect((await city.refused(frameworks.tryOut, leaders)).status).toBe(400);
    await city.call(frameworks.tryOut, { ...leaders, body: { ...leaders.body, tenureMonths: 5 } });
  });

  it('offers schools within reach by their words, and the one of an address by its number', async () => {
    const city = app.as('cityOfficer');
    const { rows } = await city.call(frameworks.schools, { query: { search: '小学' } });
    const [school] = rows;
    expect((await city.call(frameworks.schools, { query: { id: school!.id } })).rows).toEqual([school]);
    const near = (await app.as('countyOfficer').call(frameworks.schools, { query: { search: '小学' } })).rows;
    const far = rows.find(({ id }) => near.every((one) => one.id !== id));
    const query = { id: far!.id };
    expect((await app.as('countyOfficer').call(frameworks.schools, { query })).rows).toEqual([]);
  });

  it('is refused for an edition with unknown points, and for one that is used no more', async () => {
    const city = app.as('cityOfficer');
    const body = { revision: 1, year: 2025 };
    const unknown = await city.refused(frameworks.tryOut, { params: { key: partial }, body });
    expect(unknown.code).toBe('framework.incomplete');
    const params = { key: 'special-safety-sample' };
    await city.call(frameworks.tryOut, { params, body });
    await city.call(frameworks.withdraw, { params, body: { revision: 1, reason: '改用省里的新办法' } });
    expect((await city.refused(frameworks.tryOut, { params, body })).code).toBe('flow.notInState');
  });
});

describe('a withdrawal', () => {
  it('ends the use of an edition with a reason, once, and is for the city', async () => {
    const key = 'principal-sample';
    const body = { revision: 1, reason: '改用省里的新办法' };
    expect((await app.as('countyDirector').refused(frameworks.withdraw, { params: { key }, body })).status).toBe(403);
    const city = app.as('cityOfficer');
    expect((await city.call(frameworks.withdraw, { params: { key }, body })).state).toBe('withdrawn');
    expect((await city.refused(frameworks.withdraw, { params: { key }, body })).code).toBe('flow.notInState');
    const read = await city.call(frameworks.read, { params: { key } });
    expect(read.withdrawal?.reason).toBe(body.reason);
    expect(read.can.withdraw).toBe(false);
    expect(read.revisions.map(({ revision, withdrawn }) => [revision, withdrawn])).toEqual([[1, true]]);
  });
});
