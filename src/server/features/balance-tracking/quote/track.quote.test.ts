import { afterAll, beforeAll, expect, it } from 'vitest';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import { readFigure } from '#contract/official-documents/letters.ts';
import { trackStandingTitles } from '#domain/balance-tracking/state.ts';
import { licheng } from '#test/support/balance/scene.ts';
import { openTrackScene } from '#test/support/balance/track.ts';
import { units } from '#test/support/scenario.ts';

let scene: Awaited<ReturnType<typeof openTrackScene>>;
beforeAll(async () => {
  scene = await openTrackScene();
});
afterAll(() => scene?.app.close());

const quoted = async (choice: string, unitId: number = licheng) =>
  (
    await scene.app.as('cityOfficer').call(readFigure, {
      body: { asked: { query: 'balance-tracking.standing', unitId, year: 2025, choice } },
    })
  ).value;

it('a letter says of a track what its page says', async () => {
  const { city, director, filler, at, write, enter } = await scene.of();
  const onPage = async () => {
    const { rows } = await city.call(tracking.overview, { query: { year: 2025 } });
    return trackStandingTitles[rows.find(({ countyId }) => countyId === licheng)!.track!.standing];
  };
  await enter();
  await city.call(tracking.request, await at());
  await write({ measures: '新建校舍两处', conclusion: '达到基本均衡' });
  await filler.call(tracking.prepare, await at());
  expect([await quoted('standing'), await onPage()]).toEqual(['待主任提交', '待主任提交']);
  expect([await quoted('prepared', units.city.id), await quoted('self-report-due', units.city.id)]).toEqual(['1', '0']);
  await director.call(tracking.submit, await at());
  await city.call(tracking.sendBack, await at({ reason: '措施请写明时间', parts: ['measures'] }));
  expect([await quoted('standing'), await onPage()]).toEqual(['已退回', '已退回']);
  expect(await quoted('returned', units.city.id)).toBe('1');
});
