import { strFromU8, unzipSync } from 'fflate';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as tracking from '#contract/balance-tracking/tracks.ts';
import { atPlaces, type Scope } from '#domain/access/actor.ts';
import { type WholeHandle, withLease } from '#platform/db/handle.ts';
import { fengze, first, licheng, neighbour, year2025 } from '#test/support/balance/scene.ts';
import { openTrackScene } from '#test/support/balance/track.ts';
import { primaryFigures } from '#test/support/balance/year.ts';
import { readPdf } from '#test/support/product/pdf-pages.ts';
import { units } from '#test/support/scenario.ts';
import { loadBook } from '#test/support/workbook/load-book.ts';
import { listPublications } from '../figures/publication.store.ts';
import type { TrackHandle } from '../published.store.ts';
import { findReport } from '../report.store.ts';
import { listTracks } from '../track.store.ts';
import { trackFulfilment } from '../track.work.store.ts';
import { listIssues } from './issue.store.ts';

/**
 * One 小学 of 鲤城 has this much of what the others have: the more, the further they are apart. Its neighbour is short of books
 * and of computers, and so is a private one of 丰泽, which basic balance does not count.
 */
const apart = (richness: number) =>
  year2025.map((school) => {
    if (school.id === first) return { ...school, values: primaryFigures(400, richness) };
    const short = [203, neighbour].includes(school.id) ? { 图书册数: 4000, 计算机台数: 20 } : {};
    return { ...school, values: school.values && { ...school.values, ...short } };
  });

const pdfText = async (bytes: Uint8Array) =>
  (await readPdf(bytes)).pages.flatMap(({ texts }) => texts.map(({ text }) => text)).join('');
const bookText = async (bytes: Uint8Array) =>
  (await loadBook(bytes)).worksheets
    .flatMap((sheet) => sheet.getSheetValues().map((row) => JSON.stringify(row)))
    .join('');

let scene: Awaited<ReturnType<typeof openTrackScene>>;
beforeAll(async () => {
  scene = await openTrackScene({ before: apart(8), now: apart(20) });
});
afterAll(() => scene?.app.close());

it('follow from the runs: over the limit, worse than last year, over the warning line, schools below the standard', async () => {
  const of = async (countyId: number) => {
    const { params } = await scene.of(countyId);
    return (await scene.app.as('cityOfficer').call(tracking.proposals, { params })).rows;
  };
  const rows = await of(licheng);
  expect(rows.map(({ key }) => key)).toEqual(
    expect.arrayContaining(['composite-over:primary', 'composite-worse:primary', 'indicator-over:primary:books']),
  );
  // Last year's figure comes first, and is the smaller one.
  const worse = rows.find(({ key }) => key === 'composite-worse:primary')!;
  const [, before, now] = /由上年 ([\d.]+) 扩大到 ([\d.]+)/.exec(worse.title)!;
  expect(Number(now)).toBeGreaterThan(Number(before));
  const { run } = await (await scene.of()).read();
  // A school reads it: the run is kept beside it, and no number of it stands in the text.
  expect(worse.body).not.toContain(run!.id);
  const below = [...rows, ...(await of(fengze))].filter(({ rule }) => rule === 'school-below');
  expect(below.map(({ key }) => key)).toEqual([`school-below:primary:${neighbour}`]);
  expect(below[0]!.title).toMatch(
    /办学条件未达标：每百名学生拥有计算机台数 [\d.]+ 台，标准 8 台；生均图书册数 [\d.]+ 册，标准 15 册$/,
  );
  expect(below[0]!.body).toContain(
    '依据：省级义务教育学校办学基本标准（2026 版，示例），6 项中未达标的不超过 1 项；教督〔2012〕3号',
  );
});

it('stay the business of their track while they are open: it is not cancelled, so nothing is listed twice', async () => {
  const { city, params, at, accept, read } = await scene.of();
  await accept();
  const { rows } = await city.call(tracking.proposals, { params });
  await city.call(tracking.listIssues, await at({ keys: rows.map(({ key }) => key) }));
  await scene.app.runJobs();
  expect((await read()).can.cancel).toBe(false);
  expect((await city.refused(tracking.cancel, await at({ reason: '重新布置' }))).code).toBe('tracking.findingsOpen');
});

it('of one year are looked back on in the next: the figure then and now, and whether it is found again', async () => {
  await scene.open(2024);
  const { city, params, at, accept } = await scene.of(licheng, 2024);
  await accept();
  const { rows } = await city.call(tracking.proposals, { params });
  const kept = rows.filter(({ key }) => key === 'composite-over:primary');
  await city.call(tracking.listIssues, await at({ keys: kept.map(({ key }) => key) }));
  await scene.app.runJobs();
  const { lookBack } = await (await scene.of()).read('countyOfficer');
  expect(lookBack).toMatchObject({ trackId: params.trackId, year: 2024 });
  expect(lookBack?.issues).toMatchObject([{ state: '待下发', again: true }]);
  const [issue] = lookBack!.issues;
  expect(Number(issue!.now)).toBeGreaterThan(Number(issue!.figure));
});

it('stand in the reports of county and city with the figures beside each other, the self-report and last year', async () => {
  const { params, city: officer, director } = await scene.of();
  const textOf = ({ body }: { body: Uint8Array }) =>
    [...strFromU8(unzipSync(body)['word/document.xml']!).matchAll(/<w:t(?: [^>]*)?>([^<]*)/g)].map(([, text]) => text);
  const own = textOf(await director.call(tracking.countyReport, { params, query: { format: 'docx' } }));
  expect(own).toEqual(
    expect.arrayContaining(['0.123', '口径不同', '自评结论：达到基本均衡', '综合差异系数超限', '再次出现']),
  );
  const all = textOf(await officer.call(tracking.cityReport, { query: { year: 2025, format: 'docx' } }));
  expect(all).toEqual(expect.arrayContaining(['各单位年度跟踪', '鲤城区', '0.123', '待下发']));
  for (const [format, begins] of [
    ['pdf', '%PDF-'],
    ['xlsx', 'PK'],
  ] as const) {
    const { body, fileName } = await director.call(tracking.countyReport, { params, query: { format } });
    expect(fileName).toBe(`均衡跟踪报告_鲤城区_2025 学年.${format}`);
    expect(Buffer.from(body).subarray(0, begins.length).toString()).toBe(begins);
    const said = format === 'pdf' ? await pdfText(body) : await bookText(body);
    for (const text of ['0.123', '口径不同', '自评结论：达到基本均衡', '综合差异系数超限'])
      expect(said).toContain(text);
  }
});

it('count for a plan by the counties of the register, whether their year was opened or not', async () => {
  const actor = { level: 'city', permissions: new Set(['tracking.read']) };
  const ties = sql`(select * from (values ('t', 'balance-tracking.year', ${licheng}::int, ${scene.period}::int),
    ('t', 'balance-tracking.year', ${fengze}::int, ${scene.period}::int)) v (tie, kind, unit, period))`;
  const count = async () =>
    withLease(scene.app.services.pool, (held) =>
      held.reading(atPlaces([units.city.id, licheng, fengze]), async (db: WholeHandle) => {
        const asked = trackFulfilment({ actor } as never, ties as never)!;
        const { rows } = await sql<{ done: number; total: number }>`
          select coalesce(sum(done), 0)::int as done, coalesce(sum(total), 0)::int as total from (${asked}) one`.execute(
          db,
        );
        return rows[0];
      }),
    );
  expect(await count()).toEqual({ done: 0, total: 2 });
  const { city, at } = await scene.of(fengze);
  await city.call(tracking.cancel, await at({ reason: '重新布置' }));
  expect(await count()).toEqual({ done: 0, total: 2 });
  const own = await scene.of();
  await own.city.call(tracking.close, await own.at({ reason: '转入下年台账' }));
  expect(await count()).toEqual({ done: 1, total: 2 });
});

it('are behind the second wall: with the condition removed a county still reads its own rows alone', async () => {
  const forgotten = atPlaces([units.city.id, licheng, fengze]);
  const { params } = await scene.of();
  const seen = (known: Scope) =>
    withLease(scene.app.services.pool, (held) =>
      held.reading(known, async (db: WholeHandle) => {
        const own = db as unknown as TrackHandle;
        const track = { placeId: licheng, id: params.trackId };
        return {
          tracks: (await listTracks(own, forgotten, '2025-11-01', 2025)).map(({ placeId }) => placeId),
          figures: (await listPublications(own, forgotten, scene.period, 'basic-2012')).map(({ placeId }) => placeId),
          report: (await findReport(own, track)) !== undefined,
          issues: (await listIssues(own, track)).length > 0,
        };
      }),
    );
  expect(await seen(atPlaces([licheng]))).toEqual({
    tracks: [licheng],
    figures: [licheng],
    report: true,
    issues: true,
  });
  expect(await seen(atPlaces([fengze]))).toEqual({ tracks: [], figures: [], report: false, issues: false });
});
