import { afterAll, beforeAll, expect, it } from 'vitest';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import { openTrackScene } from '#test/support/balance/track.ts';

let scene: Awaited<ReturnType<typeof openTrackScene>>;
beforeAll(async () => {
  scene = await openTrackScene();
});
afterAll(() => scene?.app.close());

/** What an act sends, begin and commit among it; the scope travels with `begin`, the session is remembered outside of tests. */
async function sentBy(act: () => Promise<unknown>): Promise<readonly string[]> {
  const { app } = scene;
  const before = app.statements.length;
  await act();
  const sent = app.statements
    .slice(before)
    .filter((text) => !/^set local /.test(text) && !/from sessions|update (sessions|access_tokens)/.test(text));
  expect(sent[0]).toMatch(/^begin/);
  return sent;
}

const city = () => scene.app.as('cityOfficer');

it('the page of a track and the overview of a year cost nine at most', async () => {
  const { params } = await scene.of();
  const page = await sentBy(() => city().call(tracking.read, { params }));
  expect(page.length, page.join('\n')).toBeLessThanOrEqual(9);
  const list = await sentBy(() => city().call(tracking.overview, { query: { year: 2025 } }));
  expect(list.length, list.join('\n')).toBeLessThanOrEqual(9);
});

it('entering the figures of a county costs fourteen at most', async () => {
  const { enter } = await scene.of();
  const sent = await sentBy(() => enter());
  expect(sent.length, sent.join('\n')).toBeLessThanOrEqual(14);
});
