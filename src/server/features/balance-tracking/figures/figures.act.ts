import { signatureOf } from '#domain/access/actor.ts';
import { compositeKey } from '#domain/balance-tracking/difference.ts';
import { schoolsKey } from '#domain/balance-tracking/published-figure.ts';
import { isOpen } from '#domain/balance-tracking/state.ts';
import { assertRoomFor } from '#domain/kit/bounds.ts';
import { problem } from '#domain/kit/problem.ts';
import { type Day, type SchoolYear, schoolYearName } from '#domain/kit/school-year.ts';
import { findIndicators, type TrackHandle } from '../published.store.ts';
import { recordedAll, type TrackContext, tellCounty } from '../track.act.ts';
import { type CountyPeriod, getUnitName, listCountyYears, lockTracksOf } from '../track.store.ts';
import { trackingRules } from '../tracking-rules.shape.ts';
import {
  countMost,
  endStanding,
  insertPublications,
  type PublishedFigure,
  type PublishedSchool,
} from './publication.store.ts';

/** What somebody enters of a county and year. */
export interface EnteredFigures {
  readonly countyId: number;
  readonly year: SchoolYear;
  readonly edition: string;
  readonly documentNumber: string;
  readonly publishedOn: Day;
  readonly source: string;
  readonly reason?: string | undefined;
  /** The publication that the person saw as standing, null where none stood; undefined where nobody looked. */
  readonly replaces?: string | null | undefined;
  readonly figures: readonly PublishedFigure[];
  readonly schools: readonly PublishedSchool[];
}

/** The figures that can be entered for each level, in their order: the composite, the indicators, the number of schools. */
export async function enterable(db: TrackHandle) {
  const { standardName, indicators } = await findIndicators(db, trackingRules.standard);
  return {
    standardName,
    indicators: [
      { key: compositeKey, name: '综合差异系数' },
      ...indicators,
      { key: schoolsKey, name: '学校数' },
    ] as const,
  };
}

/**
 * Enters what the province published of counties. Where figures stand already it is a correction with its reason, and the ones
 * before are kept. A track that waits for figures goes on; a county whose year is open is told of a correction, because its
 * page and its issues rest on the figures. All is written as sets, however many counties a table names.
 * @param all one entry at most of a county and year
 * @returns the publications in the order of the entries
 */
export async function enterFigures(
  ctx: TrackContext,
  all: readonly EnteredFigures[],
): Promise<{ readonly id: string; readonly revised: boolean }[]> {
  const standardKey = trackingRules.standard;
  const years = await listCountyYears(
    ctx.db,
    ctx.scope,
    all.map(({ countyId }) => countyId),
    all.map(({ year }) => year),
  );
  const known = await knownIndicators(ctx.db, all);
  const entries: (EnteredFigures & CountyPeriod & { readonly county: string })[] = [];
  for (const entry of all) {
    const period = years.find(({ year }) => year === entry.year);
    if (!period) throw problem('tracking.noYear', { year: entry.year });
    const county = period.counties.get(entry.countyId);
    if (county === undefined) throw problem('tracking.noCounty', { name: await getUnitName(ctx.db, entry.countyId) });
    const unknown = entry.figures.find(({ indicator }) => !known.has(indicator));
    if (unknown) throw problem('thing.notFound', { what: `个指标（${unknown.indicator}）` });
    entries.push({ ...entry, placeId: entry.countyId, periodId: period.periodId, county });
  }
  assertRoomFor('publications', await countMost(ctx.db, entries, standardKey));
  const ended = await endStanding(ctx.db, entries, standardKey, ctx.now);
  const publications = entries.map((entry) => {
    const { county: name, year, reason, replaces } = entry;
    const standing = ended.find(isSame(entry));
    if (replaces !== undefined && replaces !== (standing?.id ?? null)) throw overtaken(entry);
    if (standing && !reason) throw problem('tracking.reasonNeeded', { name, year });
    return { ...entry, revised: standing !== undefined, reason: standing ? (reason ?? null) : null };
  });
  const entering = { standardKey, by: ctx.actor.userId, byName: signatureOf(ctx.actor), at: ctx.now };
  const written = await insertPublications(ctx.db, publications, entering);
  const missed = publications.find((one) => !written.some(isSame(one)));
  if (missed) throw overtaken(missed);
  await ctx.recordAll(
    written.map(({ id, placeId, revised, year, documentNumber, publishedOn, figures, reason }) => ({
      ...{ action: revised ? 'track.figuresRevised' : 'track.figuresEntered', objectType: 'province-publication' },
      ...{ objectId: id, placeId },
      after: {
        ...{ year, documentNumber, publishedOn, figures: figures.length },
        ...(reason === null ? {} : { reason }),
      },
    })),
  );
  const tracks = await lockTracksOf(ctx.db, ctx.today, ctx.now, written);
  const of = (track: CountyPeriod) => written.find(isSame(track));
  await recordedAll(
    ctx,
    tracks.filter(({ state }) => state === 'opened'),
  );
  tellCounty(
    ctx,
    'revised',
    tracks.filter((track) => track.state !== 'opened' && isOpen(track.state) && of(track)?.revised),
    (track) => of(track)?.reason ?? null,
  );
  return written;
}

/** The keys that figures may have; a table has only the two that every standard knows. */
async function knownIndicators(db: TrackHandle, all: readonly EnteredFigures[]): Promise<ReadonlySet<string>> {
  const always = new Set([compositeKey, schoolsKey]);
  const asked = all.some(({ figures }) => figures.some(({ indicator }) => !always.has(indicator)));
  return asked ? new Set((await enterable(db)).indicators.map(({ key }) => key)) : always;
}

const isSame = (one: CountyPeriod) => (other: CountyPeriod) =>
  one.placeId === other.placeId && one.periodId === other.periodId;

const overtaken = ({ county, year }: { readonly county: string; readonly year: SchoolYear }) =>
  problem('thing.changed', { what: `${county}${schoolYearName(year)}的省公布数据` });
