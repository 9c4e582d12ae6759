import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { soundValues } from '#test/support/sound-values.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
});
afterAll(() => scene.app.close());

it('the queue begins with what differs most from last year, page by page, and counts everything', async () => {
  const { app, ids } = scene;
  const lastYear = (id: string, values: object) =>
    app.owner.query('update filings set reference = $2 where id = $1', [id, JSON.stringify(values)]);
  await scene.submit(app.as('clerk'), app.as('head'), 'first');
  await scene.fill(app.as('neighbourClerk'), 'neighbour');
  await app.owner.query(`update filings set state = 'submitted', submitted_at = now() where id = $1`, [ids.neighbour]);
  await lastYear(ids.first, soundValues('211'));
  await lastYear(ids.neighbour, { ...soundValues('211'), 图书册数: 1500 });
  const queue = async (query: object) => {
    const { rows, total } = await app.as('countyDirector').call(filings.list, {
      query: { state: 'submitted', ...query },
    });
    return [rows.map(({ school }) => school.name), total];
  };
  expect(await queue({ sort: 'submittedAt' })).toEqual([['示例第一小学', '示例第二小学'], 2]);
  expect(await queue({ sort: 'oddity' })).toEqual([['示例第二小学', '示例第一小学'], 2]);
  expect(await queue({ sort: 'oddity', page: 2, pageSize: 1 })).toEqual([['示例第一小学'], 2]);
  expect(await queue({ sort: 'oddity', page: 3, pageSize: 1 })).toEqual([[], 2]);
});
