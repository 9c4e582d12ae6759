import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as evaluations from '#contract/evaluations/evaluations.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { units } from '#test/support/scenario.ts';
import { type JudgingScene, layJudging } from '#test/support/scenes/judging-scene.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

const city = () => app.as('cityOfficer');
const [licheng, fengze] = [units.licheng.id, units.fengze.id];

/** What the city gives at some leaves, and the totals of both layers as they are stored. */
async function judge({ evaluationId }: JudgingScene, name: string, self: string, total: string | null): Promise<void> {
  const { owner } = app;
  await owner.query('update evaluations set subject_name = $2 where id = $1', [evaluationId, name]);
  for (const [layer, text] of [
    ['self', self],
    ['city', total],
  ] as const) {
    if (text === null) continue;
    await owner.query(
      `insert into evaluation_totals (place_id, evaluation_id, layer, subject_place_id, total, certificate, written_at)
       select case when $2 = 'city' then campaign_place_id else place_id end, id, $2, place_id, $3, '{}', now()
         from evaluations where id = $1`,
      [evaluationId, layer, text],
    );
  }
}

/** The same edition as one that allows a ranking: another revision of it. */
async function allowRanking(campaignId: string): Promise<void> {
  const hash = 'a'.repeat(64);
  await app.owner.query(
    `insert into framework_editions
       select (jsonb_populate_record(e, jsonb_build_object('revision', e.revision + 1, 'hash', $2::text,
                'definition', e.definition || '{"flags": {"rank": true}}'))).*
         from framework_editions e join evaluations v on v.framework_key = e.key and v.framework_revision = e.revision
        where v.campaign_id = $1 limit 1`,
    [campaignId, hash],
  );
  await app.owner.query(
    'update evaluations set framework_revision = framework_revision + 1, framework_hash = $2 where campaign_id = $1',
    [campaignId, hash],
  );
}

describe('the results of a campaign', () => {
  let campaignId: string;
  let one: JudgingScene;
  const results = (query: object = {}) => city().call(evaluations.results, { query: { campaignId, ...query } });
  beforeAll(async () => {
    const open = { blind: false, reviewersPerLeaf: 1 };
    one = await layJudging(app, open);
    ({ campaignId } = one);
    const more = [];
    for (let at = 0; at < 3; at += 1) {
      more.push(await layJudging(app, { ...open, countyId: at === 2 ? fengze : licheng, campaignId }));
    }
    await judge(one, '甲区', '95', '88.5');
    await judge(more[0]!, '乙区', '91', '90');
    await judge(more[1]!, '丙区', '97', '88.5');
    await judge(more[2]!, '丁区', '80', null);
  }, 60_000);

  it('are listed the best first, without places where the edition allows no ranking', async () => {
    const found = await results();
    expect(found).toMatchObject({ total: 4, ranks: false, ranked: 0, max: '100' });
    expect(found.rows.map(({ name, self, city: total }) => [name, self, total])).toEqual([
      ['乙区', '91', '90'],
      ['丙区', '97', '88.5'],
      ['甲区', '95', '88.5'],
      ['丁区', '80', null],
    ]);
    expect(found.rows.every(({ rank }) => rank === null)).toBe(true);
    const book = await city().call(evaluations.resultsWorkbook, { query: { campaignId } });
    const headings = (await loadBook(book.body)).worksheets[0]!.getRow(3).values as string[];
    expect(headings).not.toContain('名次');
  });

  it('show between which ends a self-evaluation lies while leaves of it have no points', async () => {
    const between = { from: '64.82', to: '88.56' };
    const set = (still: object | null, total: string) =>
      app.owner.query(
        "update evaluation_totals set still_between = $2, total = $3 where evaluation_id = $1 and layer = 'self'",
        [one.evaluationId, still && JSON.stringify(still), total],
      );
    await set(between, '64.82');
    const { rows } = await results({ search: '甲区' });
    expect(rows).toMatchObject([{ self: null, selfBetween: between }]);
    await set(null, '95');
    expect((await results({ search: '甲区' })).rows).toMatchObject([{ self: '95', selfBetween: null }]);
  });

  it('have places where it does: equals share one, open totals have none, whatever the filter shows', async () => {
    await allowRanking(campaignId);
    const { rows, ranks, ranked } = await results({ sort: 'name' });
    expect([ranks, ranked]).toEqual([true, 3]);
    expect(Object.fromEntries(rows.map(({ name, rank }) => [name, rank]))).toEqual({
      甲区: 2,
      乙区: 1,
      丙区: 2,
      丁区: null,
    });
    const filtered = await results({ search: '丙区' });
    expect(filtered).toMatchObject({ total: 1, ranked: 3, rows: [{ name: '丙区', rank: 2 }] });
    const paged = await results({ pageSize: 10, page: 1, sort: '-self' });
    expect(paged.rows.map(({ name }) => name)).toEqual(['丙区', '甲区', '乙区', '丁区']);
    const book = await city().call(evaluations.resultsWorkbook, { query: { campaignId } });
    const sheet = (await loadBook(book.body)).worksheets[0]!;
    expect(sheet.getRow(2).getCell(1).value).toMatch(/^指标体系：.*（样本，非官方文本）$/);
    expect(sheet.getRow(3).values).toContain('名次');
    expect(sheet.getRow(4).getCell(2).value).toBe('乙区');
  });

  it('compare self and city over the subjects, and say how much each unit claimed beyond what was judged', async () => {
    const slope = await city().call(evaluations.slope, { query: { campaignId } });
    expect(slope.rows.find(({ name }) => name === '甲区')).toMatchObject({ from: '95', to: '88.5' });
    expect(slope.rows.find(({ name }) => name === '丁区')).toMatchObject({ from: '80', to: null });
    const [leaf, other] = one.leaves;
    await app.owner.query(
      `insert into evaluation_points (place_id, evaluation_id, code, layer, subject_place_id, points, settled, leaf_version,
         written_by_name, written_at)
       select $1, $2, w.code, 'city', $3, w.points, 'one', 1, 'x', now()
         from jsonb_to_recordset($4) as w(code text, points text)`,
      [
        ...[units.city.id, one.evaluationId, licheng],
        JSON.stringify([
          { code: leaf!.code, points: String(leaf!.max / 2) },
          { code: other!.code, points: String(other!.max) },
        ]),
      ],
    );
    const compared = (await city().call(evaluations.slope, { query: { campaignId } })).rows;
    expect(compared.find(({ name }) => name === '甲区')!.both).toEqual({
      ...{ from: String(leaf!.max + other!.max), to: String(leaf!.max / 2 + other!.max) },
      ...{ max: String(leaf!.max + other!.max), leaves: 2 },
    });
    expect(compared.find(({ name }) => name === '丁区')!.both).toBeNull();
    const { rows } = await city().call(evaluations.claims, { query: { campaignId } });
    const share = (leaf!.max / 2 / (leaf!.max + other!.max)).toFixed(4);
    expect(rows).toEqual([
      { unitId: licheng, name: '鲤城区', subjects: 3, leaves: 2, index: share },
      { unitId: fengze, name: '丰泽区', subjects: 1, leaves: 0, index: null },
    ]);
  });

  it('are the city’s: a county and a campaign of nobody get none', async () => {
    for (const route of [evaluations.results, evaluations.claims] as const) {
      expect((await app.as('countyDirector').refused(route, { query: { campaignId } })).status).toBe(403);
    }
    const nobody = await results({ campaignId: one.evaluationId });
    expect(nobody).toMatchObject({ rows: [], total: 0, ranks: false });
  });
});
