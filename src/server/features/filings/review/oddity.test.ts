import { afterAll, beforeAll, expect, it } from 'vitest';
import * as filings from '#contract/filings/filings.ts';
import { withLease } from '#platform/db/handle.ts';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { units } from '#test/support/scenario.ts';
import { soundValues } from '#test/support/sound-values.ts';

import { listOddFirst } from './oddity.store.ts';

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

it('a whole city is not weighed at once: past the bound there is no such order', async () => {
  const { app } = scene;
  const scope = { places: [units.licheng.id], schools: null, campaigns: [], person: null, post: null };
  const found = (most: number) =>
    withLease(app.services.pool, (held) =>
      held.reading(scope, (db) =>
        listOddFirst(
          db as never,
          scope,
          {
            filter: { state: 'submitted', page: 1, pageSize: 10 },
            actor: { level: 'county', userId: '', principal: null, schoolId: null },
            today: '2025-10-01',
          },
          most,
        ),
      ),
    );
  expect((await found(2))?.total).toBe(2);
  expect(await found(1)).toBeNull();
});
