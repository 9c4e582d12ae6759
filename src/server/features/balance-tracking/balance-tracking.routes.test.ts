import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import * as home from '#contract/home/home.ts';
import * as notices from '#contract/notices/notices.ts';
import * as rectifications from '#contract/rectifications/rectifications.ts';
import type { TestApp } from '#test/support/app.ts';
import { fengze, first, licheng, openBalanceScene } from '#test/support/balance/scene.ts';
import type { Member } from '#test/support/cast.ts';

let app: TestApp;
beforeAll(async () => {
  ({ app } = await openBalanceScene({ whole: true }));
});
afterAll(() => app?.close());

const year = 2025;
const as = (member: Member) => app.as(member);
const overview = async (member: Member, query: object = {}) =>
  (await as(member).call(tracking.overview, { query: { year, ...query } })).rows;
const idOf = async (countyId: number) => {
  const rows = await overview('cityOfficer');
  return rows.find((row) => row.countyId === countyId)!.track!.id;
};
const read = (member: Member, trackId: string) => as(member).call(tracking.read, { params: { trackId } });
const at = async (trackId: string, body: object = {}) => ({
  params: { trackId },
  body: { revision: (await read('cityOfficer', trackId)).revision, ...body } as never,
});
const publication = (countyId: number, more: object = {}) => ({
  body: {
    ...{ countyId, year, documentNumber: '闽教督〔2025〕9号', publishedOn: '2025-10-01', source: '附件 2 第 3 页' },
    figures: [{ level: 'primary' as const, indicator: 'composite', value: '0.123' }],
    ...more,
  },
});
const waiting = async (member: Member) =>
  (await as(member).call(home.overview)).work.flatMap(({ kind, count }) =>
    kind.startsWith('balance-tracking.') ? [`${kind.slice('balance-tracking.'.length)} ${count}`] : [],
  );

describe('a year of tracking', () => {
  it('is opened for all counties by the city alone, and once', async () => {
    expect(await app.stranger.refused(tracking.overview, {})).toMatchObject({ status: 401 });
    expect((await as('countyDirector').refused(tracking.open, { body: { year } })).status).toBe(403);
    expect((await as('head').refused(tracking.overview, {})).status).toBe(403);
    expect((await as('cityOfficer').refused(tracking.open, { body: { year: 2031 } })).code).toBe('tracking.noYear');
    const before = await as('cityOfficer').call(tracking.overview, { query: { year } });
    expect(before.opening.map(({ title }) => title)).toContain('县级提交自评报告');
    expect(await as('cityOfficer').call(tracking.open, { body: { year } })).toEqual({ opened: 2 });
    const [opened] = await overview('cityOfficer');
    expect(opened!.track!.terms.map(({ dueOn }) => dueOn)).toEqual(before.opening.map(({ dueOn }) => dueOn));
    expect((await as('cityOfficer').call(tracking.overview, { query: { year } })).opening).toEqual([]);
    expect((await as('cityOfficer').refused(tracking.open, { body: { year } })).code).toBe('tracking.openedBefore');
    expect((await overview('cityOfficer')).map(({ countyId }) => countyId)).toEqual([licheng, fengze]);
    expect((await overview('countyOfficer')).map(({ countyId }) => countyId)).toEqual([licheng]);
    expect(await waiting('cityOfficer')).toEqual(['figures 2']);
    expect(await waiting('countyOfficer')).toEqual([]);
    const sheet = await as('cityOfficer').call(tracking.workbook, { query: { year } });
    expect(sheet.fileName).toContain('均衡跟踪_2025');
    expect((await as('cityOfficer').call(tracking.figuresTemplate)).fileName).toBe('省公布数据模板.xlsx');
  });

  it('goes from the figures of the province through report, review and ledger to its end, by the right hands', async () => {
    const trackId = await idOf(licheng);
    // Without figures nobody is asked for a report; what is missing is not zero.
    expect((await as('cityOfficer').refused(tracking.request, await at(trackId))).code).toBe('flow.notInState');
    expect((await read('countyOfficer', trackId)).differences[0]).toMatchObject({ kind: 'missing', published: null });

    expect((await as('countyOfficer').refused(tracking.recordFigures, publication(licheng))).status).toBe(403);
    await as('cityOfficer').call(tracking.recordFigures, publication(licheng));
    expect((await as('cityOfficer').refused(tracking.recordFigures, publication(licheng))).code).toBe(
      'tracking.reasonNeeded',
    );
    await as('cityOfficer').call(tracking.recordFigures, publication(licheng, { reason: '省级文件更正' }));
    expect(await read('cityOfficer', trackId)).toMatchObject({ state: 'data-received', replaced: 1 });

    await as('cityOfficer').call(tracking.request, await at(trackId));
    expect(await waiting('countyOfficer')).toEqual(['report 1']);
    expect((await as('otherDirector').refused(tracking.read, { params: { trackId } })).code).toBe('thing.notFound');

    // The composite differs, so somebody of the county writes why; no other county does.
    const cause = {
      params: { trackId },
      body: { level: 'primary' as const, indicator: 'composite', body: '口径不同：省含教学点' },
    };
    expect((await as('otherOfficer').refused(tracking.explain, cause)).code).toBe('thing.notFound');
    expect((await as('countyOfficer').refused(tracking.prepare, await at(trackId))).code).toBe('tracking.reportLacks');
    await as('countyOfficer').call(tracking.explain, cause);
    const same = { params: { trackId }, body: { level: 'primary' as const, indicator: 'books', body: '没有差异' } };
    expect((await as('countyOfficer').refused(tracking.explain, same)).code).toBe('tracking.nothingDiffers');
    const texts = { measures: '新建校舍两处', conclusion: '达到基本均衡' };
    const save = (revision: number) =>
      as('countyOfficer').call(tracking.saveReport, { params: { trackId }, body: { revision, ...texts } });
    expect(await save(0)).toEqual({ revision: 1 });
    const stale = { params: { trackId }, body: { revision: 0, ...texts } };
    const overtaken = async (member: Member) => (await as(member).refused(tracking.saveReport, stale)).sentence;
    expect(await overtaken('countyOfficer')).toMatch(
      /^您已在另一个窗口于 .*\d\d:\d\d 修改鲤城区.*的自评报告，请刷新后再试。$/,
    );
    expect(await overtaken('countyDirector')).toMatch(
      /^鲤城区.*的自评报告已由鲤城督导于 .*\d\d:\d\d 修改，请刷新后再试。$/,
    );

    expect((await as('countyDirector').refused(tracking.submit, await at(trackId))).code).toBe('tracking.notPrepared');
    await as('countyDirector').call(tracking.prepare, await at(trackId));
    expect((await as('countyDirector').refused(tracking.submit, await at(trackId))).code).toBe('access.sameHand');
    expect(
      (await as('countyOfficer').refused(tracking.saveReport, { ...stale, body: { ...stale.body, revision: 2 } })).code,
    ).toBe('tracking.prepared');
    await as('countyDirector').call(tracking.withdraw, await at(trackId));
    await as('countyOfficer').call(tracking.prepare, await at(trackId));
    expect((await as('countyOfficer').refused(tracking.submit, await at(trackId))).status).toBe(403);
    expect(await waiting('countyDirector')).toEqual(['submit 1']);
    await as('countyDirector').call(tracking.submit, await at(trackId));

    // The city sends it back with its parts, and takes that back; then it returns for good.
    const back = { reason: '措施请写明时间', parts: ['measures'] };
    expect((await as('countyDirector').refused(tracking.sendBack, await at(trackId, back))).status).toBe(403);
    await as('cityOfficer').call(tracking.sendBack, await at(trackId, back));
    await as('cityOfficer').call(tracking.undo, { params: { trackId }, body: { action: 'return' } });
    expect(await read('cityOfficer', trackId)).toMatchObject({ state: 'submitted', report: { decision: null } });
    await as('cityOfficer').call(tracking.sendBack, await at(trackId, back));
    expect((await read('countyOfficer', trackId)).returned).toMatchObject(back);
    expect(await waiting('countyOfficer')).toEqual(['revise 1']);
    const isBack = async () =>
      (await overview('cityOfficer')).map(({ countyId, track }) => [countyId, track?.standing === 'returned']);
    expect(await isBack()).toContainEqual([licheng, true]);
    const before = (await read('countyOfficer', trackId)).report!;
    await as('countyOfficer').call(tracking.saveReport, {
      params: { trackId },
      body: { ...texts, measures: '九月新建校舍两处', revision: before.revision },
    });
    expect(await waiting('countyOfficer')).toEqual(['revise 1']);
    await as('countyOfficer').call(tracking.prepare, await at(trackId));
    expect(await waiting('countyOfficer')).toEqual([]);
    expect(await isBack()).toContainEqual([licheng, false]);
    await as('countyDirector').call(tracking.submit, await at(trackId));
    await as('cityOfficer').call(tracking.accept, await at(trackId));
    expect((await read('cityOfficer', trackId)).report).toMatchObject({ round: 2, decision: 'accepted' });

    // A figure was explained when it was filed: the rules find it doubtful.
    await app.owner.query(`update filings set soft_findings = 1 where school_id = $1`, [first]);
    const proposed = (await as('cityOfficer').call(tracking.proposals, { params: { trackId } })).rows;
    expect(proposed.map(({ key }) => key)).toEqual([`doubtful-data:${first}`]);
    expect((await as('countyDirector').refused(tracking.proposals, { params: { trackId } })).status).toBe(403);
    const unknown = await at(trackId, { keys: ['composite-over:nowhere'] });
    expect((await as('cityOfficer').refused(tracking.listIssues, unknown)).code).toBe('tracking.issueUnknown');
    const keys = proposed.slice(0, 1).map(({ key }) => key);
    await as('cityOfficer').call(tracking.listIssues, await at(trackId, { keys }));
    await app.runJobs();
    const [issue] = (await read('countyOfficer', trackId)).issues;
    expect(issue).toMatchObject({ title: proposed[0]!.title, state: '待下发', closed: false });
    const finding = await as('cityOfficer').call(rectifications.read, { params: { findingId: issue!.id } });
    expect(finding).toMatchObject({ openedLevel: 'city', source: '鲤城区 2025 学年均衡跟踪', schoolYear: 2025 });
    expect(finding.origin).toEqual({ type: 'balance-tracking', id: trackId });

    expect((await as('cityOfficer').refused(tracking.confirm, await at(trackId))).code).toBe('tracking.findingsOpen');
    expect((await as('cityOfficer').refused(tracking.close, await at(trackId))).code).toBe('tracking.findingsOpen');
    const noticed = { params: { findingId: issue!.id }, body: { revision: finding.revision } };
    const { revision } = await as('cityOfficer').call(rectifications.notice, noticed);
    expect((await read('cityOfficer', trackId)).standing).toBe('rectifying');
    app.clock.today = '2026-12-01';
    expect((await read('cityOfficer', trackId)).standing).toBe('overdue');
    expect(await overview('cityOfficer', { late: 'true' })).toMatchObject([
      { countyId: fengze },
      { countyId: licheng },
    ]);
    app.clock.today = undefined;
    const given = { params: { findingId: issue!.id }, body: { revision, reason: '转入上年台账' } };
    await as('cityOfficer').call(rectifications.cancel, given);
    expect(await read('cityOfficer', trackId)).toMatchObject({
      ...{ standing: 'rectified', ledger: { raised: 1, settled: 1, cancelled: 1 } },
    });
    expect(await waiting('cityOfficer')).toEqual(['figures 1', 'confirm 1']);
    await as('cityOfficer').call(tracking.confirm, await at(trackId));
    await as('cityOfficer').call(tracking.close, await at(trackId));
    expect(await read('cityOfficer', trackId)).toMatchObject({ state: 'closed', dueOn: null, nextAct: null });
    expect((await as('cityOfficer').refused(tracking.cancel, await at(trackId, { reason: '不再需要' }))).code).toBe(
      'flow.notInState',
    );
    const { rows } = await app.owner.query(
      `select distinct place_id as place from audit_events where action like 'track.%' and object_id = $1`,
      [trackId],
    );
    expect(rows).toEqual([{ place: licheng }]);
    const told = await as('countyDirector').call(notices.list, { query: {} });
    expect(told.rows.map(({ kind }) => kind)).toEqual(
      expect.arrayContaining(['balance-tracking.requested', 'balance-tracking.closed']),
    );
  });

  it('judges schools by the basic standard of the province, and not by 优质均衡', async () => {
    // Its 骨干教师 are too few for 教督〔2017〕6号 and nothing that a school of basic balance is asked for.
    const { rows } = await as('cityOfficer').call(tracking.proposals, { params: { trackId: await idOf(fengze) } });
    expect(rows.filter(({ rule }) => rule === 'school-below')).toEqual([]);
  });

  it('is not submitted when the figures changed after it was passed on', async () => {
    const trackId = await idOf(fengze);
    await as('cityOfficer').call(tracking.recordFigures, publication(fengze));
    await as('cityOfficer').call(tracking.request, await at(trackId));
    const differs = (await read('cityOfficer', trackId)).differences.filter(({ asks }) => asks);
    for (const { level, indicator } of differs) {
      await as('otherOfficer').call(tracking.explain, {
        params: { trackId },
        body: { level, indicator, body: '范围不同' },
      });
    }
    const body = { revision: 0, measures: '已采取措施', conclusion: '自评结论' };
    await as('otherOfficer').call(tracking.saveReport, { params: { trackId }, body });
    const lacks = (await read('cityOfficer', trackId)).run === null;
    expect(lacks).toBe(false);
    await as('otherOfficer').call(tracking.prepare, await at(trackId));
    expect([await waiting('otherDirector'), await waiting('otherOfficer')]).toEqual([['submit 1'], []]);
    await as('cityOfficer').call(tracking.recordFigures, publication(fengze, { reason: '省级更正' }));
    expect((await read('cityOfficer', trackId)).outdated).toBe(true);
    // Nobody is asked to submit what would be refused; whoever may write it is to take it back.
    expect([await waiting('otherDirector'), await waiting('otherOfficer')]).toEqual([['report 1'], ['report 1']]);
    expect((await as('otherDirector').refused(tracking.submit, await at(trackId))).code).toBe('tracking.runChanged');
    await as('cityOfficer').call(tracking.cancel, await at(trackId, { reason: '重新布置' }));
    expect((await overview('cityOfficer', { unitId: fengze }))[0]?.track).toBeNull();
    expect(await as('cityOfficer').call(tracking.open, { body: { year } })).toEqual({ opened: 1 });
    // The figures that stand count for the new track.
    expect((await overview('cityOfficer', { unitId: fengze }))[0]?.track?.state).toBe('data-received');
  });
});

describe('the planned year of 优质均衡', () => {
  it('is kept with its document and its history, and the county is told', async () => {
    const plan = (body: object) => ({
      body: { countyId: licheng, documentNumber: '泉政〔2025〕1号', ...body } as never,
    });
    expect((await as('countyDirector').refused(tracking.planYear, plan({ year: 2027 }))).status).toBe(403);
    await as('cityOfficer').call(tracking.planYear, plan({ year: 2027 }));
    expect((await as('cityOfficer').refused(tracking.planYear, plan({ year: 2027 }))).code).toBe(
      'tracking.planUnchanged',
    );
    await as('cityOfficer').call(tracking.planYear, plan({ year: 2026, reason: '提前一年' }));
    expect((await overview('cityOfficer', { unitId: licheng }))[0]?.plannedYear).toBe(2026);
    const { plannedYears } = await read('countyOfficer', await idOf(licheng));
    expect(plannedYears.map(({ year: planned, replaced }) => [planned, replaced])).toEqual([
      [2026, false],
      [2027, true],
    ]);
  });
});
