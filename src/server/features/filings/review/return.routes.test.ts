import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import type { RouteInput } from '#contract/route.ts';
import type { Member } from '#test/support/cast.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
  await scene.submit(scene.app.as('clerk'), scene.app.as('head'), 'first');
});
afterAll(() => scene.app.close());

type Change = Omit<RouteInput<typeof filings.saveCells>['body']['changes'][number], 'version'>;

const at = () => ({ params: { filingId: scene.ids.first } });
const decided = async (more: { reason?: string; fields?: string[] } = {}) => {
  const { revision } = await scene.read(scene.app.as('countyOfficer'), 'first');
  return { ...at(), body: { revision, reason: '请核对', ...more } };
};
const sendBack = async (...fields: string[]) =>
  scene.app.as('countyOfficer').call(filings.returnFiling, await decided(fields.length > 0 ? { fields } : {}));
const changes = async (...sent: Change[]) => {
  const { cells } = await scene.read(scene.app.as('clerk'), 'first');
  return { ...at(), body: { changes: sent.map((change) => ({ ...change, version: cells[change.field]!.n })) } };
};
const save = async (...sent: Change[]) => scene.app.as('clerk').call(filings.saveCells, await changes(...sent));
const submit = async () => scene.app.as('head').call(filings.submit, await decided());

describe('a return of chosen fields leaves a way on', () => {
  it('a rule that breaks on locked fields opens them until it holds again', async () => {
    await sendBack('小学县级以上骨干教师数');
    const broken = await save({ field: '小学专任教师数', value: 29 });
    expect(broken.openFields).toContain('小学中级职称教师数');
    expect(broken.openFields).not.toContain('图书册数');
    const mended = await save({ field: '小学中级职称教师数', value: 14 });
    expect(mended.openFields).toEqual(['小学专任教师数', '小学县级以上骨干教师数']);
    expect(await submit()).toMatchObject({ state: 'submitted' });
  });

  it('a doubt that arises on a locked field takes its explanation, and no value', async () => {
    await sendBack('小学在校生数');
    const doubtful = await save(
      { field: '小学在校生数', value: 100 },
      { field: '小学班级数', value: 3 },
      { field: '小学随迁子女数', value: 2 },
    );
    const doubts = [
      ...new Set(doubtful.findings.flatMap((finding) => (finding.weight === 'soft' ? finding.fields : []))),
    ];
    const locked = doubts.filter((field) => !doubtful.openFields!.includes(field));
    expect(locked).toContain('图书册数');
    const refused = async (change: Change) =>
      (await scene.app.as('clerk').refused(filings.saveCells, await changes(change))).code;
    expect(await refused({ field: '图书册数', value: 1 })).toBe('filing.locked');
    expect(await refused({ field: '小学音乐教师数', explanation: '没有疑点' })).toBe('filing.locked');
    await save(...doubts.map((field) => ({ field, explanation: '学生分流至新校' })));
    expect(await submit()).toMatchObject({ state: 'submitted' });
  });

  it('the reviewer can send more fields back while the school works on it', async () => {
    const officer = scene.app.as('countyOfficer');
    await sendBack('计算机台数');
    expect((await scene.read(officer, 'first')).can.return).toBe(true);
    expect(await sendBack('图书册数')).toMatchObject({ state: 'draft', openFields: ['计算机台数', '图书册数'] });
    expect(await sendBack()).toMatchObject({ state: 'draft', openFields: null });
    const detail = await scene.read(officer, 'first');
    expect(detail.can.return).toBe(false);
    expect(detail.steps.slice(-3).map((step) => [step.action, step.from, step.fields])).toEqual([
      ['return', 'submitted', ['计算机台数']],
      ['return', 'draft', ['图书册数']],
      ['return', 'draft', null],
    ]);
    expect((await officer.refused(filings.returnFiling, await decided())).code).toBe('flow.notInState');
    const others: Member[] = ['otherOfficer', 'clerk'];
    for (const member of others) {
      expect((await scene.app.as(member).refused(filings.returnFiling, await decided())).status).not.toBe(409);
    }
  });

  it('widens while the school is typing: what it has typed since is not taken back', async () => {
    const officer = scene.app.as('countyOfficer');
    await save({ field: '计算机台数', value: 41 });
    await submit();
    await sendBack('计算机台数');
    const read = await decided({ fields: ['图书册数'] });
    await save({ field: '计算机台数', value: 42 });
    expect(await officer.call(filings.returnFiling, read)).toMatchObject({ openFields: ['计算机台数', '图书册数'] });
    expect((await scene.read(officer, 'first')).cells.计算机台数).toMatchObject({ v: 42 });
    await submit();
    // The filing was submitted meanwhile, so the person has not read the values that would be sent back.
    expect((await officer.refused(filings.returnFiling, read)).code).toBe('filing.changed');
  });
});
