import { afterAll, beforeAll, expect, it } from 'vitest';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import { licheng } from '#test/support/balance/scene.ts';
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

/** Adds counties to the city until it has thirteen. */
async function growToThirteen() {
  await scene.app.owner.query(
    `insert into org_units (id, kind, unit_code, gb_code, parent_id, name, short_name, initials, sort_order, place_id)
     select 2000 + at, one.kind, (990000 + at)::text, (990000 + at)::text, one.parent_id, '示例' || at || '县',
            '示例' || at || '县', 'x', 1000 + at, 2000 + at
       from org_units one, generate_series(1, 11) at where one.id = $1`,
    [licheng],
  );
}

/** A table of the whole city, with the reason that a correction needs. */
async function tableOf(value: string) {
  const { rows } = await city().call(tracking.publications, { query: { year: 2025 } });
  const lines = rows.map(({ name }) => `2025,${name},闽教督〔2025〕9号,2025-10-01,附件 2,${value},省级文件更正`);
  const head = '学年,县（市、区）,文号,公布日期,来源,小学综合差异系数,更正原因';
  const bytes = new TextEncoder().encode([head, ...lines].join('\r\n'));
  return { counties: rows.length, file: { name: '省公布数据.csv', bytes, size: bytes.length } };
}

/** Looks at the table and takes it; what both sent. */
async function importing({ file }: Awaited<ReturnType<typeof tableOf>>) {
  let importId = '';
  const looked = await sentBy(async () => {
    ({ importId } = await city().call(tracking.previewImport, { file, fields: {} } as never));
  });
  const took = await sentBy(() => city().call(tracking.confirmImport, { params: { importId }, body: {} } as never));
  return [...looked, ...took];
}

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

it('importing the figures of thirteen counties costs twenty-five at most, from the file to what is written', async () => {
  await growToThirteen();
  const opened = await sentBy(() => scene.open(2025));
  expect(opened.length, opened.join('\n')).toBeLessThanOrEqual(12);
  const first = await tableOf('0.412');
  expect(first.counties).toBe(13);
  const entered = await importing(first);
  expect(entered.length, entered.join('\n')).toBeLessThanOrEqual(25);
  const corrected = await importing(await tableOf('0.413'));
  expect(corrected.length, corrected.join('\n')).toBeLessThanOrEqual(25);
});
