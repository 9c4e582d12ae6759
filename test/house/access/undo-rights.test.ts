import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import * as tokens from '#contract/session/tokens.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { sessionFeature } from '../../../src/server/features/session/session.feature.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene([sessionFeature]);
});
afterAll(() => scene?.app.close());

it('the right to take an act back is the right to the act: a token that may only read has none, nor has whose right has ended', async () => {
  const { app, ids } = scene;
  const as = app.as;
  const director = as('countyDirector');
  const undone = { body: { action: 'approve' as const, filingIds: [ids.first] } };
  const { token } = await director.call(tokens.create, {
    body: { name: '只读', permissions: ['filing.read'], days: 1 },
  });
  await scene.submit(as('clerk'), as('head'), 'first');
  const { revision } = await scene.read(director, 'first');
  await director.call(filings.approve, { params: { filingId: ids.first }, body: { revision } });
  const denied = { status: 403, code: 'access.denied' };
  expect(await app.withToken(token).refused(filings.undo, undone)).toMatchObject(denied);
  const rights = (sql: string) =>
    app.owner.query(`update roles set permissions = ${sql} where key = 'county-director'`);
  await rights(`array_remove(permissions, 'filing.approve')`);
  expect(await director.refused(filings.undo, undone)).toMatchObject(denied);
  await rights(`permissions || '{filing.approve}'`);
  expect(await director.call(filings.undo, undone)).toMatchObject({ done: 1 });
});
