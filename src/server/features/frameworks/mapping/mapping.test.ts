import { afterAll, beforeAll, expect, it } from 'vitest';
import * as frameworks from '#contract/frameworks/frameworks.ts';
import { readMapping, writeMapping } from '#contract/frameworks/mappings.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { frameworksFeature } from '../frameworks.feature.ts';
import { prepareFrameworks } from '../shipped-editions.act.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [frameworksFeature] });
  await prepareFrameworks(app.services.pool, app.services.now);
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
const [from, to] = ['inspector-appraisal-sample', 'city-school-inspector-appraisal-sample'] as const;
const read = () => city().call(readMapping, { query: { from, to } });
const body = { from, fromRevision: 1, to, toRevision: 1 };

it('leaves of two frameworks are proposed with what carries over, and nothing is stored by it', async () => {
  const shown = await read();
  expect(shown).toMatchObject({ revision: 0, updatedBy: null });
  const mapped = shown.rows.filter((row) => row.from !== null);
  expect(mapped.length).toBeGreaterThan(5);
  expect(mapped.every(({ by, likeness, carries }) => by !== null && likeness !== null && carries !== null)).toBe(true);
  expect(
    shown.rows.filter((row) => row.from === null).every(({ by, carries }) => by === null && carries === null),
  ).toBe(true);
  for (const { from: one, to: other, carries } of mapped) {
    const isScale = typeof one!.points === 'number' && typeof other.points === 'number' && one!.points !== other.points;
    expect(carries!.score === 'otherScale').toBe(isScale);
  }
  const codes = mapped.map((row) => row.from!.code);
  expect(new Set(codes).size).toBe(codes.length);
  expect(shown.left.some(({ code }) => codes.includes(code))).toBe(false);
  const { rows } = await app.owner.query('select 1 from framework_mappings');
  expect(rows).toEqual([]);
});

it('a city decides by hand, one after the other, and never over somebody else', async () => {
  const shown = await read();
  const [first, second] = shown.rows as [(typeof shown.rows)[0], (typeof shown.rows)[0]];
  const other = shown.left[0]!.code;
  const pairs = [
    { to: first.to.code, from: null },
    { to: second.to.code, from: other },
  ];
  const decided = await city().call(writeMapping, { body: { ...body, revision: 0, pairs } });
  expect(decided.revision).toBe(1);
  expect(decided.rows[0]).toMatchObject({ from: null, by: 'decided' });
  expect(decided.rows[1]).toMatchObject({ from: { code: other }, by: 'decided' });
  expect(decided.updatedBy).not.toBeNull();
  const late = await city().refused(writeMapping, { body: { ...body, revision: 0, pairs: [] } });
  expect(late.code).toBe('thing.changed');
  const same = await city().refused(writeMapping, { body: { ...body, revision: 1, pairs } });
  expect(same.code).toBe('thing.nothingChanges');
  const again = await city().call(writeMapping, { body: { ...body, revision: 1, pairs: pairs.slice(0, 1) } });
  expect([again.revision, again.rows[1]!.by]).toEqual([2, second.by]);
});

it('a leaf that is not there, that carries to two, or of one edition alone is refused', async () => {
  const shown = await read();
  const [first, second] = shown.rows.map((row) => row.to.code) as [string, string];
  const one = shown.left[0]!.code;
  const refusedOf = async (pairs: { to: string; from: string | null }[]) =>
    (await city().refused(writeMapping, { body: { ...body, revision: shown.revision, pairs } })).message;
  expect(await refusedOf([{ to: 'X9', from: null }])).toContain('没有末级指标 X9');
  expect(await refusedOf([{ to: first, from: 'X9' }])).toContain('没有末级指标 X9');
  expect(
    await refusedOf([
      { to: first, from: one },
      { to: second, from: one },
    ]),
  ).toContain(`指标 ${one} 只能对应一项`);
  expect((await city().refused(readMapping, { query: { from, to: from } })).code).toBe('request.invalid');
  expect((await city().refused(readMapping, { query: { from, to: 'nowhere' } })).code).toBe('thing.notFound');
  expect((await app.as('countyDirector').refused(readMapping, { query: { from, to } })).status).toBe(403);
});

it('two editions of one framework carry every leaf that stayed as it was', async () => {
  const key = 'principal-sample';
  const { id } = await city().call(frameworks.copy, { body: { key, revision: 1 } });
  const at = { params: { draftId: id } };
  await city().call(frameworks.publish, { ...at, body: { revision: 1, note: '首次发布' } });
  const shown = await city().call(readMapping, { query: { from: key, to: `${key}-own` } });
  expect(shown.left).toEqual([]);
  expect(shown.rows.every((row) => row.from?.code === row.to.code && row.likeness === 100)).toBe(true);
  expect(shown.rows.every(({ carries }) => carries!.answer && carries!.evidence)).toBe(true);
  expect(shown.rows.some(({ carries }) => carries!.score === 'same')).toBe(true);
});
