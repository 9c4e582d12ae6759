import { afterAll, beforeAll, expect, it } from 'vitest';
import * as figures from '#contract/balance-tracking/figures.ts';
import * as tracks from '#contract/balance-tracking/tracks.ts';
import * as notices from '#contract/notices/notices.ts';
import { fengze } from '#test/support/balance/scene.ts';
import { openTrackScene } from '#test/support/balance/track.ts';
import { units } from '#test/support/scenario.ts';

let scene: Awaited<ReturnType<typeof openTrackScene>>;
beforeAll(async () => {
  scene = await openTrackScene();
});
afterAll(() => scene?.app.close());

const head = '学年,县（市、区）,文号,公布日期,来源,口径,小学综合差异系数,初中综合差异系数,更正原因';
const row = (countyName: string, { year = '2025', edition = '', value = '0.412', reason = '' } = {}) =>
  [year, countyName, '闽教督〔2025〕9号', '2025-10-01', '附件 2 第 3 页', edition, value, '', reason].join(',');
const city = () => scene.app.as('cityOfficer');
const preview = (...rows: string[]) =>
  city().call(figures.previewImport, {
    file: { name: '省公布数据.csv', bytes: new TextEncoder().encode([head, ...rows].join('\r\n')), size: 1 },
    fields: {},
  } as never);
const faultsOf = ({ groups }: Awaited<ReturnType<typeof preview>>) =>
  groups.flatMap(({ findings }) => findings.map(({ part, rule }) => `${part}：${rule}`));

it('of a table are entered as printed, a correction with its reason, and what is empty stays missing', async () => {
  const looked = await preview(row('鲤城区', { value: '0.4120' }), row('丰泽区'));
  expect(looked.hard).toBe(0);
  const params = { importId: looked.importId };
  expect(await city().call(figures.confirmImport, { params, body: {} } as never)).toEqual({ entered: 2, revised: 0 });
  const { publication, state } = await (await scene.of()).read();
  expect(publication?.figures).toEqual([{ level: 'primary', indicator: 'composite', value: '0.4120' }]);
  expect(state).toBe('data-received');
  expect(faultsOf(await preview(row('鲤城区')))).toEqual(['更正原因：这个县本学年的数据已经录入']);
  const corrected = await preview(row('鲤城区', { reason: '省级文件更正' }));
  const again = { params: { importId: corrected.importId }, body: {} };
  expect(await city().call(figures.confirmImport, again as never)).toEqual({ entered: 0, revised: 1 });
  const marked = { params: { importId: (await preview(row('鲤城区'))).importId } };
  expect((await city().call(figures.markedWorkbook, marked)).fileName).toContain('.xlsx');
});

it('of a table are cut nowhere: what is too long, or no school year, is a fault', async () => {
  const long = await preview(row('鲤城区', { edition: '版'.repeat(61), reason: '省级更正' }));
  expect(faultsOf(long)).toEqual(['口径：口径过长']);
  const reason = '更'.repeat(501);
  expect(faultsOf(await preview(row('鲤城区', { reason }))).join()).toContain('过长');
  expect(faultsOf(await preview(row('鲤城区', { year: '20259' })))).toEqual(['学年：看不出学年']);
  expect(faultsOf(await preview(row('鲤城区', { year: '2025—2026 学年', reason: '省级更正' })))).toEqual([]);
});

it('are refused by name for a unit that is no county in reach', async () => {
  const refusal = await city().refused(figures.recordFigures, {
    body: {
      ...{ countyId: units.city.id, year: 2025, documentNumber: '闽教督〔2025〕9号', publishedOn: '2025-10-01' },
      ...{ edition: '', source: '附件 2', schools: [], reason: '省级更正' },
      figures: [{ level: 'primary', indicator: 'composite', value: '0.5' }],
    },
  } as never);
  expect(refusal).toMatchObject({ code: 'tracking.noCounty', message: expect.stringContaining(units.city.name) });
});

it('of a table are looked for among the counties of one day, that of the register of their year', async () => {
  const { owner, clock } = scene.app;
  const close = (day: string | null) =>
    owner.query(`update org_units set closed_on = $2, active = $2::date is null where id = $1`, [fengze, day]);
  await close('2025-10-10');
  clock.today = '2025-11-01';
  expect(faultsOf(await preview(row('丰泽区', { reason: '省级更正' })))).toEqual([]);
  clock.today = undefined;
  await close(null);
});

it('that are corrected are told to the county in every open state, and counted by their standard', async () => {
  const { at, city: officer, director, filler, enter, read, write } = await scene.of(fengze);
  await officer.call(tracks.request, await at());
  await write({ measures: '已采取措施', conclusion: '自评结论' });
  await filler.call(tracks.prepare, await at());
  await director.call(tracks.submit, await at());
  await officer.call(tracks.accept, await at());
  const told = async () =>
    (await director.call(notices.list, { query: {} })).rows.filter(({ kind }) => kind === 'balance-tracking.revised')
      .length;
  const before = await told();
  await enter({ reason: '省级更正' });
  expect(await told()).toBe(before + 1);
  const { replaced } = await read();
  await scene.app.owner.query(
    `insert into province_publications (place_id, id, period_id, standard_key, document_number, published_on, source,
       entered_by, entered_by_name, entered_at, replaced_at)
     select place_id, gen_random_uuid(), period_id, 'quality-2017', document_number, published_on, source, entered_by,
       entered_by_name, entered_at, now() from province_publications where place_id = $1 limit 1`,
    [fengze],
  );
  expect((await read()).replaced).toBe(replaced);
});
