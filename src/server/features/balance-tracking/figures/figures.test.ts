import { afterAll, beforeAll, expect, it } from 'vitest';
import * as figures from '#contract/balance-tracking/figures.ts';
import * as tracks from '#contract/balance-tracking/tracks.ts';
import * as notices from '#contract/notices/notices.ts';
import { fengze, licheng } from '#test/support/balance/scene.ts';
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

it('of a table in per cent, or in the column of the other kind, are refused by name and not written', async () => {
  const { rows } = await city().call(tracks.publications, { query: { year: 2025 } });
  const standing = rows.map(({ publication }) => publication?.id ?? null);
  const refused = await preview(row('鲤城区', { value: '41.2', reason: '省级更正' }));
  expect(faultsOf(refused)).toEqual(['小学综合差异系数：差异系数“41.2”过大，可能填成了百分数或学校数']);
  const [fault] = refused.groups.flatMap(({ findings }) => findings);
  expect(fault?.allowed).toContain('41.2% 请填 0.412');
  const taking = { params: { importId: refused.importId }, body: {} };
  expect((await city().refused(figures.confirmImport, taking as never)).code).toBe('import.hardErrors');
  const swapped = await city().refused(figures.recordFigures, {
    body: {
      ...{ countyId: units.licheng.id, year: 2025, documentNumber: '闽教督〔2025〕9号', publishedOn: '2025-10-01' },
      ...{ edition: '', source: '附件 2', schools: [], reason: '省级更正' },
      figures: [{ level: 'primary', indicator: 'schools', value: '0.5' }],
    },
  } as never);
  expect(swapped.message).toContain('可能与差异系数填反了');
  const after = await city().call(tracks.publications, { query: { year: 2025 } });
  expect(after.rows.map(({ publication }) => publication?.id ?? null)).toEqual(standing);
});

it('of a table that names a county twice are refused; a county that it leaves out is named in its preview', async () => {
  const twice = await preview(row('鲤城区', { reason: '省级更正' }), row('鲤城区', { reason: '省级更正' }));
  expect(faultsOf(twice)).toEqual(['县（市、区）：同一学年有两行']);
  const alone = await preview(row('鲤城区', { year: '2024' }));
  expect(alone.notes).toContain('2024 学年还缺 1 个县（市、区）的数据，文件里没有，系统中也没有：丰泽区。');
  const whole = await preview(row('鲤城区', { year: '2024' }), row('丰泽区', { year: '2024' }));
  expect(whole.notes).toEqual([]);
});

it('that a colleague entered meanwhile are not replaced unseen, neither by a table nor by the form', async () => {
  const { enter, read } = await scene.of();
  const looked = await preview(row('鲤城区', { value: '0.4', reason: '省级更正' }));
  const seen = (await read()).publication!.id;
  await enter({ reason: '同事更正', replaces: seen });
  const standing = (await read()).publication!.id;
  const taking = { params: { importId: looked.importId }, body: {} };
  expect(await city().refused(figures.confirmImport, taking as never)).toMatchObject({
    ...{ code: 'thing.changed', message: expect.stringContaining('鲤城区2025 学年的省公布数据') },
  });
  const body = {
    ...{ countyId: units.licheng.id, year: 2025, documentNumber: '闽教督〔2025〕9号', publishedOn: '2025-10-01' },
    ...{ edition: '', source: '附件 2', schools: [], reason: '再次更正', replaces: seen },
    figures: [{ level: 'primary', indicator: 'composite', value: '0.5' }],
  };
  expect((await city().refused(figures.recordFigures, { body } as never)).code).toBe('thing.changed');
  expect((await read()).publication!.id).toBe(standing);
});

it('that two officers enter at the same moment are entered once', async () => {
  const body = {
    ...{ countyId: units.licheng.id, year: 2024, documentNumber: '闽教督〔2024〕9号', publishedOn: '2024-10-01' },
    ...{ edition: '', source: '附件 2', schools: [], replaces: null },
    figures: [{ level: 'primary', indicator: 'composite', value: '0.5' }],
  };
  const both = await Promise.allSettled([1, 2].map(() => city().call(figures.recordFigures, { body } as never)));
  expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const { rows } = await scene.app.owner.query(
    `select count(*)::int as standing from province_publications p join periods y on y.id = p.period_id
      where p.place_id = $1 and y.year = 2024 and p.replaced_at is null`,
    [units.licheng.id],
  );
  expect(rows).toEqual([{ standing: 1 }]);
});

it('name the schools that one side alone counts, with the rule or with what the register knows', async () => {
  const { enter, read } = await scene.of();
  await scene.app.owner.query(
    `insert into schools (county_id, id, initials, opened_on, name, school_type, sponsor_code, ownership, urban_class,
       managing_unit_id)
     values ($1, 111, 'x', '2025-09-01', '第111校', '211', 7, 'public', 'urban', $1)`,
    [units.licheng.id],
  );
  const listed = ['查无此校小学', '第115校'];
  await enter({ reason: '附名单', schools: listed.map((name) => ({ level: 'primary', code: null, name })) });
  const primary = (await read()).schools.find(({ level }) => level === 'primary')!;
  expect(primary.onlyOurs.find(({ name }) => name === '第111校')?.reason).toBe('2025-09-01 设立');
  expect(primary.onlyPublished).toMatchObject([
    { name: '查无此校小学', reason: '学校名册中没有' },
    { name: '第115校', reason: expect.stringMatching(/^本平台不计入：/) },
  ]);
  expect(primary.onlyOurs.length).toBeGreaterThan(4);
});

it('of 小学 and 初中 that stand in each other’s place are a doubt of the table, by our own figures', async () => {
  const { rows } = await city().call(figures.publications, { query: { year: 2025 } });
  const { ours } = rows.find(({ countyId }) => countyId === licheng)!;
  const composite = (level: string) => ours.find((one) => one.level === level && one.indicator === 'composite')!.value;
  const [primary, junior] = [composite('primary').toFixed(4), composite('junior').toFixed(4)];
  const remarksOf = async (first: string, second: string) => {
    const table = [
      '学年,县（市、区）,文号,公布日期,来源,小学综合差异系数,初中综合差异系数,更正原因',
      ['2025', '鲤城区', '闽教督〔2025〕9号', '2025-10-01', '附件 2', first, second, '省级更正'].join(','),
    ];
    const bytes = new TextEncoder().encode(table.join('\r\n'));
    const given = { file: { name: '省公布数据.csv', bytes, size: 1 }, fields: {} };
    return (await city().call(figures.previewImport, given as never)).notes.filter((text) => text.includes('填反'));
  };
  expect(await remarksOf(primary, junior)).toEqual([]);
  expect(await remarksOf(junior, primary)).toEqual([
    '鲤城区 2025 学年：小学、初中的数据可能填反了：对调后与本平台的测算一致，照现在这样都不一致。请核对后再导入。',
  ]);
});
