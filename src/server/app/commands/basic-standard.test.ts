import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import { licheng } from '#test/support/balance/scene.ts';
import { openTrackScene } from '#test/support/balance/track.ts';
import { databaseUrl } from '#test/support/database/database-url.ts';
import { catchOutput } from '#test/support/product/commands.ts';
import shipped from '../../../../reference/balance/basic-school-standard.json' with { type: 'json' };
import { main } from '../cli.ts';

const { folder, said, save } = catchOutput('basic-standard');
let scene: Awaited<ReturnType<typeof openTrackScene>>;
beforeAll(async () => {
  scene = await openTrackScene();
  const { ownerUrl, appUrl } = inject('cluster');
  vi.stubEnv('DATABASE_URL', databaseUrl(ownerUrl, scene.app.owner.database!));
  vi.stubEnv('DATABASE_APP_URL', databaseUrl(appUrl, scene.app.owner.database!));
  vi.stubEnv('DATA_DIR', `${folder}/data`);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await scene.app.close();
});

/** An edition by which no school has enough of anything. */
const harsh = (edition: string) => ({
  ...{ ...shipped, edition, sample: false, mostMissed: 0 },
  items: shipped.items.map((item) => ({ ...item, thresholds: { primary: 90_000_000, junior: 90_000_000 } })),
});

/** What the command writes of itself: a sentence, or why it refuses. */
async function add(definition: object | string, from: string, reason = '闽教基〔2025〕9号'): Promise<string> {
  said.out = '';
  said.err = '';
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  await main(['basic-standard', 'add', save('standard.json', text), '--from', from, '--reason', reason]);
  return `${said.out}${said.err}`;
}

/** What the issues of the year 2025 say of schools below the standard. */
async function below(): Promise<readonly string[]> {
  const { rows } = await scene.app.owner.query<{ id: string }>('select id from balance_tracks where place_id = $1', [
    licheng,
  ]);
  const proposed = await scene.app.as('cityOfficer').call(tracking.proposals, { params: { trackId: rows[0]!.id } });
  return proposed.rows.filter(({ rule }) => rule === 'school-below').map(({ body }) => body);
}

it('a year is judged by its own edition of the basic standard, which the command takes over and the issue names', async () => {
  expect(await below()).toEqual([]);
  expect(await add(harsh('2027'), '2026')).toContain(
    '自 2026 学年起按省级义务教育学校办学基本标准 2027 版判定，以前的学年不变。',
  );
  // The year before keeps its own.
  expect(await below()).toEqual([]);
  expect(await add(harsh('2024'), '2025')).toContain('2026 学年起已用 2027 版，不能再改更早的学年');
  await scene.app.owner.query('delete from basic_standards');
  await add(harsh('2024'), '2024');
  expect(await add(harsh('2024'), '2024')).toContain('与现行的 2024 版相同');
  expect(await below()).toContainEqual(expect.stringContaining('省级义务教育学校办学基本标准（2024 版），6 项中'));
  // A correction of the same years counts from then on, and both stay to be read.
  await add({ ...harsh('2024 修订'), mostMissed: 1 }, '2024', '省里更正');
  expect(await below()).toContainEqual(expect.stringContaining('（2024 修订 版），6 项中未达标的不超过 1 项'));
  said.out = '';
  await main(['basic-standard', 'list']);
  expect(said.out).toMatch(
    /自 2024 学年（第 1 次更正）.*2024 修订 版\n.*省里更正.*\n自 2024 学年 {2}.* 2024 版\n.*\n2024 学年以前 {2}/,
  );
  const { rows } = await scene.app.owner.query(
    `select object_id, after ->> 'reason' as reason from audit_events where action = 'setting.basicStandardAdded' order by id`,
  );
  expect(rows.slice(1)).toEqual([
    { object_id: 'basic-standard 2024 1', reason: '闽教基〔2025〕9号' },
    { object_id: 'basic-standard 2024 2', reason: '省里更正' },
  ]);
});

it('what no run computes, a year that is archived and what is no JSON are refused in one sentence', async () => {
  const [item, ...others] = shipped.items;
  await scene.app.owner.query(
    `insert into periods (kind, year, name, starts_on, ends_on, archived_on, archived_by_name)
     values ('school-year', 2040, '2040 学年', '2040-09-01', '2041-08-31', '2041-09-01', 'x')`,
  );
  const refused: readonly (readonly [given: object | string, from: string, said: string])[] = [
    [{ ...shipped, items: [{ ...item, indicator: 'gardens' }, ...others] }, '2050', 'basic-2012 没有指标 gardens'],
    [harsh('2030'), '30', '请写学年的开始年份'],
    [harsh('2040'), '2040', '2040 学年已归档，请从 2041 学年起用'],
    ['{', '2050', '读不出 JSON'],
  ];
  for (const [given, from, sentence] of refused) expect(await add(given, from)).toContain(sentence);
});
