import { afterAll, beforeAll, expect, it } from 'vitest';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import * as notices from '#contract/notices/notices.ts';
import { fengze, licheng } from '#test/support/balance/scene.ts';
import { openTrackScene } from '#test/support/balance/track.ts';

let scene: Awaited<ReturnType<typeof openTrackScene>>;
beforeAll(async () => {
  scene = await openTrackScene();
});
afterAll(() => scene?.app.close());

const back = { reason: '措施请写明时间', parts: ['measures'] };
const roundsOf = async (trackId: string) =>
  (
    await scene.app.owner.query(
      `select round, decision, submitted_at is not null as submitted from balance_track_reports
        where track_id = $1 order by round`,
      [trackId],
    )
  ).rows;

it('takes a return back on the report that was returned, and not once the county writes the next round', async () => {
  const { city, params, at, read, submit, write } = await scene.of();
  const undo = { params, body: { action: 'return' } } as const;
  await submit();
  await city.call(tracking.sendBack, await at(back));
  await city.call(tracking.undo, undo);
  expect(await read()).toMatchObject({ state: 'submitted', report: { round: 1, decision: null } });

  await city.call(tracking.sendBack, await at(back));
  await write({ measures: '没有写完的半', conclusion: '达到基本均衡' });
  expect((await city.refused(tracking.undo, undo)).code).toBe('undo.overtaken');
  expect(await read()).toMatchObject({ state: 'self-report-due', report: { round: 2, decision: null } });
  // What was returned is read beside the new round, with the reason of the return that stands.
  const { earlierRounds, report } = await read();
  expect(earlierRounds).toEqual([
    {
      ...{ round: 1, reason: back.reason, returnedBy: '市督导', returnedAt: expect.any(String) },
      ...{ submittedBy: '鲤城主任', measures: expect.stringMatching(/./), conclusion: expect.stringMatching(/./) },
    },
  ]);
  expect(earlierRounds[0]!.measures).not.toBe(report!.measures);
  expect(await roundsOf(params.trackId)).toEqual([
    { round: 1, decision: 'returned', submitted: true },
    { round: 2, decision: null, submitted: false },
  ]);
});

it('lets the city judge no report that nobody submitted, however the track came to wait for it', async () => {
  const { city, params, at, read, submit } = await scene.of(fengze);
  await submit();
  await scene.app.owner.query(`update balance_track_reports set submitted_at = null where track_id = $1`, [
    params.trackId,
  ]);
  expect((await read()).can).toMatchObject({ accept: false, return: false });
  expect((await city.refused(tracking.accept, await at())).code).toBe('tracking.notSubmitted');
  expect((await city.refused(tracking.sendBack, await at(back))).code).toBe('tracking.notSubmitted');
});

it('passes on the texts that come along, and refuses them where a colleague kept others meanwhile', async () => {
  const { city, director, filler, params, at, read } = await scene.of(fengze);
  await scene.app.owner.query(`update balance_track_reports set submitted_at = prepared_at where track_id = $1`, [
    params.trackId,
  ]);
  await city.call(tracking.sendBack, await at(back));
  const { revision } = (await read()).report!;
  const texts = { revision, measures: '九月新建校舍两处', conclusion: '达到基本均衡' };
  const stale = await at({ texts: { ...texts, revision: revision - 1 } });
  expect((await filler.refused(tracking.prepare, stale)).code).toBe('thing.changed');
  await filler.call(tracking.prepare, await at({ texts }));
  await director.call(tracking.submit, await at());
  expect((await read()).report).toMatchObject({ round: 2, measures: '九月新建校舍两处', decision: null });
});

it('is judged anew when its review is withdrawn, with a reason that the county reads, until the issues are listed', async () => {
  const { city, director, params, at, read, enter } = await scene.of(fengze);
  const reason = '省级更正了数据';
  expect((await city.refused(tracking.reconsider, await at({ reason }))).code).toBe('flow.notInState');
  await city.call(tracking.accept, await at());
  await enter({ reason: '省级文件更正', figures: [{ level: 'primary', indicator: 'composite', value: '0.222' }] });
  expect(await read()).toMatchObject({
    state: 'city-reviewed',
    outdated: true,
    can: { reconsider: true, return: false },
  });
  expect((await director.refused(tracking.reconsider, await at({ reason }))).status).toBe(403);
  await city.call(tracking.reconsider, await at({ reason }));
  expect(await read()).toMatchObject({ state: 'submitted', report: { round: 2, decision: null, decidedBy: null } });
  const told = (await director.call(notices.list, { query: {} })).rows;
  expect(told.filter(({ kind }) => kind === 'balance-tracking.reconsidered')).toMatchObject([{ note: reason }]);
  // The same officer judges it again.
  await city.call(tracking.accept, await at());
  await city.call(tracking.reconsider, await at({ reason }));
  await city.call(tracking.sendBack, await at(back));
  expect(await roundsOf(params.trackId)).toMatchObject([{ decision: 'returned' }, { decision: 'returned' }]);
});

it('begins anew where the year was cancelled and is opened again: nothing of the earlier track stands', async () => {
  const { city, params, at } = await scene.of(fengze);
  await city.call(tracking.cancel, await at({ reason: '重新启动' }));
  expect((await city.refused(tracking.accept, await at())).code).toBe('flow.notInState');
  expect(await scene.open(2025)).toEqual({ opened: 1 });
  const anew = await scene.of(fengze);
  expect(anew.params.trackId).not.toBe(params.trackId);
  // The figures of the province are those of the county and year, and stand.
  expect(await anew.read()).toMatchObject({ state: 'data-received', report: null, issues: [] });
  const { rows } = await city.call(tracking.overview, { query: { year: 2025, standing: 'cancelled' } });
  expect(rows.map(({ track }) => track?.id)).toEqual([params.trackId]);
});

it('causes, corrections and planned years of a county are kept up to a bound, and the refusal says what to do', async () => {
  const { owner } = scene.app;
  const { city, enter, filler, params } = await scene.of();
  const cause = { params, body: { level: 'primary', indicator: 'composite', body: '口径不同' } } as const;
  await filler.call(tracking.explain, cause);
  await owner.query(
    `insert into balance_track_causes (place_id, id, track_id, period_id, level, indicator, body, written_by, written_by_name, written_at)
     select place_id, gen_random_uuid(), track_id, period_id, level, indicator, body, written_by, written_by_name, written_at
       from balance_track_causes, generate_series(1, 499) where track_id = $1`,
    [params.trackId],
  );
  const refused = await filler.refused(tracking.explain, cause);
  expect([refused.code, refused.message]).toEqual(['request.bound', expect.stringContaining('自评结论')]);
  await owner.query(
    `insert into province_publications (place_id, id, period_id, standard_key, document_number, published_on, source,
       entered_by, entered_by_name, entered_at, replaced_at)
     select place_id, gen_random_uuid(), period_id, standard_key, document_number, published_on, source, entered_by,
       entered_by_name, entered_at, now()
       from (select * from province_publications where place_id = $1 limit 1) one, generate_series(1, 100)`,
    [licheng],
  );
  await expect(enter({ reason: '再次更正' })).rejects.toMatchObject({ code: 'request.bound' });
  const plan = (year: number) => ({ body: { countyId: fengze, year, documentNumber: '泉政〔2025〕2号' } });
  await city.call(tracking.planYear, plan(2027));
  await owner.query(
    `insert into balance_plan_years (place_id, id, planned_year, document_number, reason, entered_by, entered_by_name,
       entered_at, replaced_at)
     select place_id, gen_random_uuid(), planned_year, document_number, reason, entered_by, entered_by_name, entered_at, now()
       from balance_plan_years, generate_series(1, 99) where place_id = $1`,
    [fengze],
  );
  expect((await city.refused(tracking.planYear, plan(2028))).code).toBe('request.bound');
});
