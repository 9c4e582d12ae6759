import { afterAll, beforeAll, expect, it } from 'vitest';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import { fengze } from '#test/support/balance/scene.ts';
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
