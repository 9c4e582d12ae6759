import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as imports from '#contract/filings/import.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';

let scene: FilingScene;
beforeAll(async () => {
  // The audit is dated by the clock of the database: for one order of all that happens, the server uses it as well.
  scene = await openFilingScene([], new Date());
});
afterAll(() => scene.app.close());

const as = (member: Parameters<typeof scene.app.as>[0]) => {
  scene.app.clock.now = new Date();
  return scene.app.as(member);
};
const at = () => ({ params: { filingId: scene.ids.first } });
const revision = async () => ({ revision: (await scene.read(as('clerk'), 'first')).revision });

async function type(member: 'clerk' | 'head', cells: Record<string, number>, explanation?: string) {
  const before = (await scene.read(as(member), 'first')).cells;
  const changes = Object.entries(cells).map(([field, value]) => ({
    ...{ field, value, version: before[field]?.n ?? 0 },
    ...(explanation === undefined ? {} : { explanation }),
  }));
  await as(member).call(filings.saveCells, { ...at(), body: { changes } });
}

const timelineOf = (member: Parameters<typeof scene.app.as>[0], query = {}) =>
  as(member).call(filings.timeline, { ...at(), query });

describe('the timeline of a filing', () => {
  it('has all that happened in one order, newest first, with old and new values', async () => {
    await as('countyOfficer').call(filings.remind, {
      body: { year: 2025, filingIds: [scene.ids.first], note: '请尽快填报' },
    });
    await type('clerk', { 图书册数: 6 });
    await scene.fill(as('clerk'), 'first');
    await as('head').call(filings.submit, { ...at(), body: await revision() });
    await as('countyOfficer').call(filings.comment, { ...at(), body: { field: '图书册数', body: '请核对台账' } });
    await as('countyOfficer').call(filings.check, { ...at(), body: await revision() });
    await as('countyDirector').call(filings.returnFiling, {
      ...at(),
      body: { ...(await revision()), reason: '两项与台账不符', fields: ['图书册数', '计算机台数'] },
    });
    const { comments } = await scene.read(as('clerk'), 'first');
    await type('clerk', { 图书册数: 15100 });
    await type('clerk', { 图书册数: 15200 }, '补记新书');
    await as('clerk').call(filings.resolveComment, { params: { ...at().params, commentId: comments[0]!.id } });
    await as('head').call(filings.submit, { ...at(), body: await revision() });

    const { rows, total, whole, kinds } = await timelineOf('countyDirector');
    expect(rows.map(({ kind, title, by, text }) => [kind, title, by, text])).toEqual([
      ['step', '提交', '一小校长', null],
      ['comment', '批注已处理', '一小填报员', '请核对台账'],
      ['change', '填写', '一小填报员', null],
      ['step', '退回', '鲤城主任', '两项与台账不符'],
      ['step', '核过', '鲤城督导', null],
      ['comment', '批注', '鲤城督导', '请核对台账'],
      ['step', '提交', '一小校长', null],
      ['change', '填写', '一小填报员', null],
      ['notice', '催报', '鲤城督导', '请尽快填报'],
    ]);
    expect([total, whole]).toEqual([9, true]);
    expect(rows[2]).toMatchObject({
      saves: 2,
      role: 'school-clerk',
      changes: [{ field: '图书册数', before: 15000, after: 15200, explanation: '补记新书' }],
    });
    expect(rows[3]!.fields).toEqual(['图书册数', '计算机台数']);
    expect(rows[7]!.changes.find(({ field }) => field === '图书册数')).toMatchObject({ before: null, after: 15000 });
    expect(kinds).toEqual([
      { kind: 'step', entries: 4 },
      { kind: 'change', entries: 2 },
      { kind: 'comment', entries: 2 },
      { kind: 'notice', entries: 1 },
    ]);
  });

  it('says what changed since the last return, and which fields that were sent back did not', async () => {
    const { sinceReturn } = await timelineOf('countyOfficer', { kind: 'notice', pageSize: 1 });
    expect(sinceReturn).toMatchObject({
      title: '退回',
      by: '鲤城主任',
      reason: '两项与台账不符',
      changes: [{ field: '图书册数', before: 15000, after: 15200, explanation: '补记新书', by: '一小填报员' }],
      left: ['计算机台数'],
    });
  });

  it('is narrowed to a kind and read page by page; the numbers of the kinds stay', async () => {
    const comments = await timelineOf('clerk', { kind: 'comment' });
    expect(comments.rows.map(({ title }) => title)).toEqual(['批注已处理', '批注']);
    expect(comments.kinds).toHaveLength(4);
    const second = await timelineOf('clerk', { page: 2, pageSize: 4 });
    expect(second.rows.map(({ title }) => title)).toEqual(['核过', '批注', '提交', '填写']);
    expect(second.total).toBe(9);
  });

  it('shows an extension with both days, and after an approval no return to answer', async () => {
    await as('countyDirector').call(filings.approve, { ...at(), body: await revision() });
    expect((await timelineOf('countyOfficer')).sinceReturn).toBeNull();
    const neighbour = { params: { filingId: scene.ids.neighbour } };
    const body = { until: '2025-10-30', reason: '校舍搬迁' };
    await as('countyOfficer').call(filings.extend, { ...neighbour, body });
    const { rows } = await as('countyOfficer').call(filings.timeline, neighbour);
    expect(rows.map(({ kind, text }) => [kind, text])).toEqual([
      ['extension', '期限由 2025-10-20 改为 2025-10-30：校舍搬迁'],
    ]);
  });

  it('an import is an entry of its own, with the values that it wrote', async () => {
    const { neighbour } = scene.ids;
    const clerk = as('neighbourClerk');
    const { body } = await clerk.call(imports.schoolTemplate, { params: { filingId: neighbour } });
    const book = await loadBook(body);
    book.getWorksheet('填报表')!.eachRow((row) => {
      if (row.getCell(2).value === '图书册数') row.getCell(5).value = 8000;
    });
    const bytes = new Uint8Array(await book.xlsx.writeBuffer());
    const file = { name: '填报表.xlsx', size: bytes.length, bytes };
    const { importId } = await clerk.call(imports.previewImport, { file, fields: {} });
    await clerk.call(imports.confirmImport, { params: { importId } });
    const { rows } = await clerk.call(filings.timeline, { params: { filingId: neighbour }, query: { kind: 'import' } });
    expect(rows).toMatchObject([
      { title: '导入', by: '二小填报员', changes: [{ field: '图书册数', before: null, after: 8000 }] },
    ]);
  });

  it('is nobody’s who may not read the filing', async () => {
    for (const member of ['neighbourClerk', 'otherOfficer', 'foreignHead'] as const) {
      expect((await as(member).refused(filings.timeline, at())).code).toBe('thing.notFound');
    }
  });

  it('costs the same statements however long it is: one for each table that it reads', async () => {
    const counted = async (filingId: string) => {
      const before = scene.app.statements.length;
      await as('countyOfficer').call(filings.timeline, { params: { filingId } });
      const sent = scene.app.statements.slice(before);
      return [sent.length, sent.filter((text) => /from "?audit_events/.test(text)).length];
    };
    expect(await counted(scene.ids.first)).toEqual([12, 1]);
    expect(await counted(scene.ids.neighbour)).toEqual([12, 1]);
  });
});
