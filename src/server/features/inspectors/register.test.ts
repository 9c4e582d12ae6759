import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as home from '#contract/home/home.ts';
import * as imports from '#contract/inspectors/import.ts';
import * as inspectors from '#contract/inspectors/inspectors.ts';
import { atPlaces } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { cast } from '#test/support/cast.ts';
import { units } from '#test/support/scenario.ts';
import { inspectorForm, onTheWay } from '#test/support/scenes/inspector-scene.ts';
import { writeEarlierTerms } from './inspector.detail.store.ts';
import type { InspectorHandle } from './inspector.store.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());
const as = (member: keyof typeof cast) => app.as(member);

describe('earlier terms', () => {
  const first = { from: '2016-09-01', to: '2019-08-31' };
  const second = { from: '2019-09-01', to: '2022-08-31' };
  const third = { from: '2022-09-01', to: '2025-08-31' };
  const read = (inspectorId: string) => as('countyOfficer').call(inspectors.read, { params: { inspectorId } });
  const daysOf = async (id: string) => (await read(id)).termList.map(({ from, to }) => ({ from, to }));

  it('are said in the form, in the order of their days, and count where terms in a row are counted', async () => {
    const form = { name: '卫督学', certificateNumber: null, earlierTerms: [third, first, second] };
    const { id, revision } = await onTheWay(app, 'publicised', form);
    expect(await daysOf(id)).toEqual([first, second, third]);
    const given = { from: '2025-10-15', to: '2028-10-14', documentNumber: null, reason: null };
    const params = { inspectorId: id };
    const fourth = { params, body: { revision, ...given } };
    expect((await as('countyDirector').refused(inspectors.appoint, fourth)).code).toBe('inspector.beyondTerms');
  });

  it('change with the form, stay where it says nothing of them, and stand in the history', async () => {
    const form = { name: '蒋督学', certificateNumber: null };
    const { id, revision } = await onTheWay(app, 'serving', { ...form, earlierTerms: [first] });
    const params = { inspectorId: id };
    const save = (more: Partial<typeof inspectorForm> & { revision: number }) => ({
      params,
      body: { ...inspectorForm, ...form, ...more },
    });
    const unsaid = await as('countyOfficer').call(inspectors.edit, save({ post: '校长', revision }));
    expect((await daysOf(id))[0]).toEqual(first);
    const changed = save({ post: '校长', earlierTerms: [second, third], revision: unsaid.revision });
    await as('countyOfficer').call(inspectors.edit, changed);
    const { termList, steps, warnings } = await read(id);
    expect(termList.map(({ from, earlier }) => [from, earlier])).toEqual([
      ...[[second.from, true] as const, [third.from, true] as const],
      ['2025-10-15', false],
    ]);
    expect(steps.at(-1)).toMatchObject({ action: 'edit', reason: '以前的任期' });
    expect(warnings.join()).toContain('这是连续第 3 个任期');
    // What was taken out counts no more: the audit says what it was.
    const { rows: audited } = await app.owner.query(
      `select before ->> 'earlierTerms' as before, after ->> 'earlierTerms' as after from audit_events
        where object_id = $1 and action = 'inspector.edited' and 'earlierTerms' = any (fields)`,
      [id],
    );
    expect(audited).toEqual([
      { before: '2016-09-01 至 2019-08-31', after: '2019-09-01 至 2022-08-31；2022-09-01 至 2025-08-31' },
    ]);
    // The term that an act gave is no earlier one: neither the form nor a statement takes it away.
    const own = { placeId: units.licheng.id, id, personId: null };
    const deleted = await withLease(app.services.pool, (held) =>
      held.writing(atPlaces([units.licheng.id]), async (db: WholeHandle) => {
        await writeEarlierTerms(db as unknown as InspectorHandle, own, []);
        return await db.deleteFrom('inspector_terms').where('inspector_id', '=', id).executeTakeFirst();
      }),
    );
    expect(deleted.numDeletedRows).toBe(0n);
    expect((await daysOf(id)).map(({ from }) => from)).toEqual(['2025-10-15']);
  });

  it('neither overlap nor run on into the first term that an act gave', async () => {
    const enter = (earlierTerms: (typeof first)[]) =>
      as('countyOfficer').refused(inspectors.enter, {
        body: { ...inspectorForm, name: '沈督学', certificateNumber: null, earlierTerms },
      });
    const overlapping = await enter([first, { ...second, from: first.to }]);
    expect(overlapping).toMatchObject({ code: 'inspector.earlierTerms', sentence: expect.stringContaining('重叠') });
    expect((await enter([{ ...third, to: '2026-08-31' }])).sentence).toContain('还没有届满');
    expect((await enter([{ from: third.to, to: third.from }])).code).toBe('request.invalid');
    const form = { name: '韩督学', certificateNumber: null };
    const { id, revision } = await onTheWay(app, 'serving', form);
    const late = await as('countyOfficer').refused(inspectors.edit, {
      params: { inspectorId: id },
      body: { ...inspectorForm, ...form, earlierTerms: [{ ...third, to: '2025-10-15' }], revision },
    });
    expect(late.sentence).toContain('没有在现任期开始之前届满');
  });
});

it('one certificate number at two units is told to whoever may see both, and to nobody else', async () => {
  const enter = (who: 'countyOfficer' | 'otherOfficer', name: string) =>
    as(who).call(inspectors.enter, { body: { ...inspectorForm, name, certificateNumber: '重号77' } });
  const { id: here } = await enter('countyOfficer', '杨督学');
  const { id: there } = await enter('otherOfficer', '朱督学');
  const warned = async (who: keyof typeof cast, inspectorId: string) =>
    (await as(who).call(inspectors.read, { params: { inspectorId } })).warnings;
  const listed = async (who: keyof typeof cast) =>
    (await as(who).call(inspectors.list, { query: { certificate: 'shared' } })).rows.map(({ id }) => id).sort();
  expect((await warned('cityOfficer', here)).join()).toContain('督学证号与丰泽区朱督学（责任督学）的相同');
  expect((await warned('cityOfficer', there)).join()).toContain('鲤城区杨督学');
  expect(await warned('countyOfficer', here)).toEqual([]);
  expect(await warned('otherOfficer', there)).toEqual([]);
  expect(await listed('cityOfficer')).toEqual([here, there].sort());
  expect(await listed('countyOfficer')).toEqual([]);
  // Of one account it is one person, at two units.
  const { personId } = as('foreignHead');
  await app.owner.query('update inspectors set person_id = $1 where id = any($2)', [personId, [here, there]]);
  expect(await warned('cityOfficer', here)).toEqual([]);
  expect(await listed('cityOfficer')).toEqual([]);
});

it('whoever came with a list and requirements that nobody knows is a line of work, until somebody has looked', async () => {
  const director = as('countyDirector');
  const lines = async (who: keyof typeof cast) =>
    (await as(who).call(home.overview, { query: {} })).work
      .filter(({ kind }) => kind === 'inspectors.requirements')
      .map(({ count }) => count);
  const names = async (who: keyof typeof cast) =>
    (await as(who).call(inspectors.list, { query: { waiting: 'requirements' } })).rows.map(({ name }) => name);
  expect(await lines('countyOfficer')).toEqual([]);
  const rows = [
    '姓名,类别,学历,教育工作年限,任期开始',
    '秦一,责任督学,大学本科,20,2024-09-01',
    '尤二,评估专家,,,2024-09-01',
  ];
  const file = { name: '名册.csv', size: 1, bytes: new TextEncoder().encode(rows.join('\r\n')) };
  const { importId } = await director.call(imports.previewImport, { file });
  await director.call(imports.confirmImport, { params: { importId } });
  // No requirement of the law is asked of an expert.
  expect(await names('countyOfficer')).toEqual(['秦一']);
  expect(await lines('countyOfficer')).toEqual([1]);
  expect(await names('otherOfficer')).toEqual([]);
  expect(await lines('otherOfficer')).toEqual([]);
  const { rows: found } = await director.call(inspectors.list, { query: { search: '秦一' } });
  const { id, revision } = found[0]!;
  const look = (statements: typeof inspectorForm.statements, at: number, degree = inspectorForm.degree) =>
    as('countyOfficer').call(inspectors.edit, {
      params: { inspectorId: id },
      body: { ...inspectorForm, name: '秦一', certificateNumber: null, statements, degree, revision: at },
    });
  const some = await look(inspectorForm.statements.slice(1), revision);
  expect(await names('countyOfficer')).toEqual(['秦一']);
  const all = await look(inspectorForm.statements, some.revision);
  expect(await names('countyOfficer')).toEqual([]);
  await look(inspectorForm.statements, all.revision, null);
  expect(await names('countyOfficer')).toEqual(['秦一']);
});
