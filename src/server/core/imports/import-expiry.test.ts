import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FilingScene, openFilingScene } from '#test/support/filing-scene.ts';
import { schools, units } from '#test/support/scenario.ts';
import { tidyImports } from './import-expiry.job.ts';

let scene: FilingScene;
beforeAll(async () => {
  scene = await openFilingScene();
});
afterAll(() => scene.app.close());

it('expired workbooks are deleted at night, in every county', async () => {
  const { app } = scene;
  const now = app.clock.now.getTime();
  for (const [county, school] of [
    [units.licheng.id, schools.first.id],
    [units.fengze.id, schools.foreign.id],
  ]) {
    for (const minutes of [-1, 60]) {
      await app.owner.query(
        `insert into imports (place_id, id, kind, school_id, file_name, file_hash, created_by, expires_at, content)
         values ($1, gen_random_uuid(), 'filings', $2, $3, 'x', gen_random_uuid(), $4, '{}')`,
        [county, school, minutes < 0 ? 'over' : 'open', new Date(now + minutes * 60_000)],
      );
    }
  }
  await tidyImports.run(app.services, { places: [] });
  const { rows } = await app.owner.query('select place_id, file_name from imports order by 1');
  expect(rows).toEqual([units.licheng.id, units.fengze.id].map((place_id) => ({ place_id, file_name: 'open' })));
});
