import * as tracking from '#contract/balance-tracking/tracks.ts';
import type { TestApp } from '../app.ts';
import type { Member } from '../cast.ts';
import { licheng, openBalanceScene } from './scene.ts';

/** The balance scene with the tracking of 2025 opened, and how a test takes the track of one county through it. */
export async function openTrackScene(schools: Omit<Parameters<typeof openBalanceScene>[0] & object, 'whole'> = {}) {
  const { app, period } = await openBalanceScene({ whole: true, ...schools });
  const open = (year: number) => app.as('cityOfficer').call(tracking.open, { body: { year } });
  await open(2025);
  return { app, period, open, of: (countyId: number = licheng, year = 2025) => trackOf(app, countyId, year) };
}

async function trackOf(app: TestApp, countyId: number, year: number) {
  const city = app.as('cityOfficer');
  const { rows } = await city.call(tracking.overview, { query: { year } });
  const params = { trackId: rows.find((row) => row.countyId === countyId)!.track!.id };
  const read = (member: Member = 'cityOfficer') => app.as(member).call(tracking.read, { params });
  const at = async (body: object = {}) => ({ params, body: { revision: (await read()).revision, ...body } as never });
  const filler = app.as(countyId === licheng ? 'countyOfficer' : 'otherOfficer');
  const director = app.as(countyId === licheng ? 'countyDirector' : 'otherDirector');

  /** Enters figures of the province; with a reason it is a correction. */
  const enter = (more: object = {}) =>
    city.call(tracking.recordFigures, {
      body: {
        ...{ countyId, year, documentNumber: '闽教督〔2025〕9号', publishedOn: '2025-10-01', source: '附件 2 第 3 页' },
        ...{
          edition: '',
          schools: [],
          figures: [{ level: 'primary', indicator: 'composite', value: '0.123' }],
          ...more,
        },
      },
    });

  /** Explains what asks for it and writes the texts, so that the report can be passed on. */
  async function write(texts: { measures: string; conclusion: string }) {
    for (const { level, indicator, asks } of (await read()).differences) {
      if (asks) await filler.call(tracking.explain, { params, body: { level, indicator, body: '口径不同' } });
    }
    const revision = (await read()).report?.revision ?? 0;
    return filler.call(tracking.saveReport, { params, body: { revision, ...texts } });
  }

  /** From the beginning to the report that waits for the city. */
  async function submit() {
    await enter();
    await city.call(tracking.request, await at());
    await write({ measures: '新建校舍两处', conclusion: '达到基本均衡' });
    await filler.call(tracking.prepare, await at());
    await director.call(tracking.submit, await at());
  }

  /** From the beginning to the state in which issues are listed. */
  async function accept() {
    await submit();
    await city.call(tracking.accept, await at());
  }

  return { params, city, filler, director, read, at, enter, write, submit, accept };
}
