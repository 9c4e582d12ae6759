import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as frameworks from '#contract/frameworks/frameworks.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { frameworksFeature } from './frameworks.feature.ts';
import { prepareFrameworks } from './shipped-editions.act.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [frameworksFeature] });
  await prepareFrameworks(app.services.pool, app.services.now);
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
const copyOf = async (key: string) => (await city().call(frameworks.copy, { body: { key, revision: 1 } })).id;
const read = (draftId: string) => city().call(frameworks.readDraft, { params: { draftId } });

describe('a copy of an edition', () => {
  it('is a sample of this city under a key of its own, once at a time, and leaves the document as it was', async () => {
    const id = await copyOf('sichuan-compulsory-model-county');
    const draft = await read(id);
    expect(draft).toMatchObject({ key: 'sichuan-compulsory-model-county-own', state: 'draft', revision: 1 });
    expect(draft.definition).toMatchObject({ authority: 'sample', completedBy: expect.stringContaining('市') });
    expect(draft.openCodes.length).toBeGreaterThan(0);
    const again = await city().refused(frameworks.copy, {
      body: { key: 'sichuan-compulsory-model-county', revision: 1 },
    });
    expect(again.code).toBe('thing.exists');
    const origin = await city().call(frameworks.read, { params: { key: 'sichuan-compulsory-model-county' } });
    expect(origin.definition.authority).toBe('official-partial');
  });

  it('is made by nobody below the city, and given up with a reason', async () => {
    const body = { key: 'strong-county-sample', revision: 1 };
    expect((await app.as('countyDirector').refused(frameworks.copy, { body })).status).toBe(403);
    const id = await copyOf(body.key);
    const at = { params: { draftId: id } };
    const given = await city().call(frameworks.discard, { ...at, body: { revision: 1, reason: '不再需要' } });
    expect(given.state).toBe('discarded');
    const write = { ...at, body: { cells: [{ code: 'C1', field: 'title', value: '名称', version: 0 } as const] } };
    expect((await city().refused(frameworks.writeCells, write)).code).toBe('flow.notInState');
    expect((await city().call(frameworks.drafts, {})).rows.map((one) => one.id)).not.toContain(id);
  });
});

describe('the cells of a draft', () => {
  it('are written side by side, and no cell over what somebody wrote meanwhile', async () => {
    const id = await copyOf('quality-school-sample');
    const at = { params: { draftId: id } };
    const code = (await read(id)).definition.indicators[0]!.code;
    const title = (value: string, version: number) => ({ cells: [{ code, field: 'title' as const, value, version }] });
    const evidence = { cells: [{ code, field: 'evidence' as const, value: '会议记录', version: 0 }] };
    await city().call(frameworks.writeCells, { ...at, body: title('第一稿', 0) });
    const after = await city().call(frameworks.writeCells, { ...at, body: evidence });
    expect(after.versions).toEqual({ [`${code}.title`]: 1, [`${code}.evidence`]: 1 });
    const late = await city().refused(frameworks.writeCells, { ...at, body: title('另一稿', 0) });
    expect([late.code, late.message]).toEqual(['thing.changed', expect.stringContaining(`指标 ${code} 的名称`)]);
    expect((await read(id)).definition.indicators[0]).toMatchObject({ title: '第一稿', evidence: '会议记录' });
    const same = await city().refused(frameworks.writeCells, { ...at, body: title('第一稿', 1) });
    expect(same.code).toBe('thing.nothingChanges');
    const long = { cells: [{ code, field: 'text' as const, value: '长'.repeat(4000), version: 0 }] };
    await city().call(frameworks.writeCells, { ...at, body: long });
    const none = { cells: [{ code: 'X9', field: 'title' as const, value: '名称', version: 0 }] };
    expect((await city().refused(frameworks.writeCells, { ...at, body: none })).code).toBe('thing.notFound');
    const { rows } = await app.owner.query(
      `select after ->> 'written' as cells from audit_events where action = 'framework-draft.written' and object_id = $1 order by id`,
      [id],
    );
    expect(rows.map(({ cells }) => JSON.parse(cells))).toEqual([
      [`${code} 名称：第一稿`],
      [`${code} 佐证材料：会议记录`],
      [`${code} 内容：${'长'.repeat(200)}…（共 4000 字）`],
    ]);
  });

  it('of the whole are its full mark above zero and a title, and the refusal says so', async () => {
    const id = await copyOf('special-safety-sample');
    const at = { params: { draftId: id } };
    const cell = { code: frameworks.wholeCode, version: 0 };
    for (const wrong of [
      { ...cell, field: 'points' as const, value: 0 },
      { ...cell, field: 'title' as const, value: ' ' },
      { ...cell, field: 'weight' as const, value: 2 },
    ]) {
      const refused = await city().refused(frameworks.writeCells, { ...at, body: { cells: [wrong] } });
      expect([refused.code, refused.message]).toEqual(['request.invalid', expect.stringContaining('满分应大于 0')]);
    }
    const cells = [{ ...cell, field: 'title' as const, value: '本市校园安全专项' }];
    const after = await city().call(frameworks.writeCells, { ...at, body: { cells } });
    const { rows } = await city().call(frameworks.drafts, {});
    const listed = rows.find((one) => one.id === id);
    expect(listed).toMatchObject({ title: '本市校园安全专项', leaves: after.leaves, open: after.openCodes.length });
    expect(listed!.leaves).toBeGreaterThan(3);
  });
});

describe('a publication', () => {
  it('is refused with every node that nobody knows or that does not add up, and makes a sample of this city', async () => {
    const id = await copyOf('basic-balance-gov-variant');
    const at = { params: { draftId: id } };
    let draft = await read(id);
    const { definition } = draft;
    const refused = await city().refused(frameworks.publish, { ...at, body: { revision: 1, note: '首次发布' } });
    expect(refused.code).toBe('framework.incomplete');
    expect((refused.details as { codes: string[] }).codes).toEqual(draft.openCodes);

    // The city gives every unknown leaf points of its own, does without the rows that were not seen, and sums up.
    const isInner = (code: string) => definition.indicators.some(({ parent }) => parent === code);
    const leaves = definition.indicators.filter(({ code }) => !isInner(code));
    const cells = leaves.map(({ code }) => ({ code, field: 'points' as const, value: 1, version: 0 }));
    draft = await city().call(frameworks.writeCells, { ...at, body: { cells } });
    expect(draft.issues.length).toBeGreaterThan(0);
    const invalid = await city().refused(frameworks.publish, {
      ...at,
      body: { revision: draft.revision, note: '首次发布' },
    });
    expect(invalid.code).toBe('framework.invalid');
    expect(draft.issues.some(({ message }) => message.includes('下级分值之和'))).toBe(true);

    for (const { title } of definition.gaps) {
      draft = await city().call(frameworks.fillGap, {
        ...at,
        body: { revision: draft.revision, title, indicator: null },
      });
    }
    const totalOf = (code: string): number => {
      const below = definition.indicators.filter(({ parent }) => parent === code);
      return below.length === 0 ? 1 : below.reduce((sum, one) => sum + totalOf(one.code), 0);
    };
    const sums = definition.indicators
      .filter(({ code }) => isInner(code))
      .map(({ code }) => ({ code, field: 'points' as const, value: totalOf(code), version: 0 }));
    draft = await city().call(frameworks.writeCells, { ...at, body: { cells: sums } });
    const whole = definition.indicators
      .filter(({ parent }) => parent === null)
      .reduce((sum, one) => sum + totalOf(one.code), 0);
    const max = [{ code: frameworks.wholeCode, field: 'points' as const, value: whole, version: 0 }];
    if (whole !== draft.definition.max)
      draft = await city().call(frameworks.writeCells, { ...at, body: { cells: max } });
    // What is left are methods whose steps were made for other points, each at its own node.
    expect(draft.issues.filter(({ message }) => message.includes('之和'))).toEqual([]);
    expect(draft.issues.every(({ code }) => leaves.some((leaf) => leaf.code === code))).toBe(true);
    expect(draft.openCodes).toEqual([]);
  });

  it('of a complete copy is a further edition that the whole city reads, and never changes', async () => {
    const id = await copyOf('innovation-county-sample');
    const at = { params: { draftId: id } };
    const stale = await city().refused(frameworks.publish, { ...at, body: { revision: 7, note: '首次发布' } });
    expect(stale.code).toBe('thing.changed');
    const published = await city().call(frameworks.publish, { ...at, body: { revision: 1, note: '首次发布' } });
    expect(published).toMatchObject({
      ...{ key: 'innovation-county-sample-own', revision: 1, authority: 'sample', state: 'ready', shipped: false },
      completedBy: expect.stringContaining('市'),
    });
    const seen = await app.as('countyOfficer').call(frameworks.read, { params: { key: published.key } });
    expect(seen.basedOn).toMatchObject({ key: 'innovation-county-sample', revision: 1 });
    expect((await read(id)).state).toBe('published');

    // A start lays what ships and leaves the city's own edition alone.
    expect(await prepareFrameworks(app.services.pool, app.services.now)).toEqual({ added: 0 });
    const next = await city().call(frameworks.copy, { body: { key: published.key, revision: 1 } });
    const nextAt = { params: { draftId: next.id } };
    const nothing = await city().refused(frameworks.publish, { ...nextAt, body: { revision: 1, note: '再次发布' } });
    expect(nothing.code).toBe('thing.nothingChanges');
    const { code } = (await read(next.id)).definition.indicators[0]!;
    const cells = [{ code, field: 'title' as const, value: '改过的名称', version: 0 }];
    const { revision } = await city().call(frameworks.writeCells, { ...nextAt, body: { cells } });
    const second = await city().call(frameworks.publish, { ...nextAt, body: { revision, note: '改名称' } });
    expect(second.revision).toBe(2);
    const compared = await city().call(frameworks.compare, {
      query: { first: published.key, firstRevision: 1, second: published.key, secondRevision: 2 },
    });
    expect(compared.changes.map((one) => [one.code, one.change, one.texts])).toEqual([[code, 'changed', ['title']]]);
  });

  it('puts an indicator into the place of a row that was not seen, below its parent', async () => {
    const id = await copyOf('kindergarten-hubei-2016');
    const at = { params: { draftId: id } };
    const draft = await read(id);
    const [gap] = draft.definition.gaps;
    const indicator = { code: 'B17', title: '保教活动', points: 80 };
    const body = { revision: draft.revision, title: gap!.title, indicator };
    const filled = await city().call(frameworks.fillGap, { ...at, body });
    expect(filled.definition.gaps).toEqual([]);
    const codes = filled.definition.indicators.map(({ code }) => code);
    expect(filled.definition.indicators.find(({ code }) => code === 'B17')).toMatchObject({
      parent: gap!.under,
      points: 80,
    });
    expect(codes.indexOf('B17')).toBeGreaterThan(codes.indexOf(gap!.under!));
    expect(filled.issues).toEqual([]);
    const taken = { revision: filled.revision, title: gap!.title, indicator };
    expect((await city().refused(frameworks.fillGap, { ...at, body: taken })).code).toBe('thing.notFound');
  });
});
