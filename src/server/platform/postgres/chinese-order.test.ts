import { afterAll, beforeAll, expect, it } from 'vitest';
import { cloneWithOwner } from '#test/support/database/database.ts';
import { assertChineseOrder } from './chinese-order.ts';

let scene: Awaited<ReturnType<typeof cloneWithOwner>>;
beforeAll(async () => {
  scene = await cloneWithOwner();
});
afterAll(() => scene.close());

it('refuses a database that cannot sort by pinyin, and starts after what the sentence says', async () => {
  const { owner, database } = scene;
  await assertChineseOrder(database.ownerUrl);
  await owner.query('drop index filings_by_name, filings_of_place_by_name, evaluations_in_order');
  await owner.query('drop collation pg_catalog."zh-x-icu"');
  await expect(assertChineseOrder(database.ownerUrl)).rejects.toThrow('缺少排序规则 zh-x-icu');
  await owner.query(`select pg_import_system_collations('pg_catalog')`);
  await assertChineseOrder(database.ownerUrl);
});

it('sorts by the syllable and then by the strokes', async () => {
  const names = ['黄一', '洪三', '洪二', '侯一', '单一', '曾一', '何', '河'];
  const { rows } = await scene.owner.query(
    'select name from unnest($1::text[]) as name order by name collate "zh-x-icu"',
    [names],
  );
  expect(rows.map(({ name }) => name)).toEqual([...names].sort(new Intl.Collator('zh-CN-u-co-pinyin').compare));
});
