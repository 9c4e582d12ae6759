import { placesMeant } from '#domain/access/actor.ts';
import { compositeKey, differencesOf, type OurLevel } from '#domain/balance-tracking/difference.ts';
import { isSameEdition } from '#domain/balance-tracking/report.ts';
import { type CountyLine, cityTrackReport, countyTrackReport } from '#domain/balance-tracking/track-story.ts';
import type { SchoolYear } from '#domain/kit/school-year.ts';
import { compulsoryLevels } from '#domain/org/school-level.ts';
import type { Report } from '#domain/report/report.ts';
import { publishedLevel } from '../comparison.act.ts';
import { detailOf } from '../detail.act.ts';
import { listPublications, type Publication } from '../figures/publication.store.ts';
import { readOverview } from '../overview.act.ts';
import { findIndicators, listComposites, type ShownComposite } from '../published.store.ts';
import { loadTrack, type TrackContext } from '../track.act.ts';
import { getUnitName } from '../track.store.ts';
import { trackingRules } from '../tracking-rules.shape.ts';

export async function readCountyReport(
  ctx: TrackContext,
  trackId: string,
): Promise<{ readonly report: Report; readonly county: string; readonly year: SchoolYear }> {
  const story = await detailOf(ctx, await loadTrack(ctx, trackId));
  return { report: countyTrackReport(story, ctx.today), county: story.countyName, year: story.year };
}

/** The counties in reach of a year: where each stands, and its composites beside the published ones. */
export async function readCityReport(
  ctx: TrackContext,
  asked: SchoolYear | undefined,
): Promise<{ readonly report: Report; readonly city: string; readonly year: SchoolYear }> {
  const { year, period, rows } = await readOverview(ctx, { year: asked });
  const scope = { ...ctx.scope, places: placesMeant(ctx.scope, ctx.actor, undefined) };
  const key = trackingRules.standard;
  const publications = period ? await listPublications(ctx.db, scope, period.id, key) : [];
  const composites = period ? await listComposites(ctx.db, scope, period.id, key) : [];
  const { standardName } = await findIndicators(ctx.db, key);
  const lines = rows.map(({ countyId, name, track, plannedYear }): CountyLine => {
    const publication = publications.find(({ placeId }) => placeId === countyId);
    const own = composites.filter((one) => one.countyId === countyId);
    return { name, track, plannedYear, composites: compositesOf(own, publication) };
  });
  const city = { name: await getUnitName(ctx.db, ctx.actor.unitId ?? 0), year, standardName };
  return { report: cityTrackReport(city, lines, ctx.today), city: city.name, year };
}

function compositesOf(own: readonly ShownComposite[], publication: Publication | undefined) {
  return compulsoryLevels.flatMap((level) => {
    const found = own.find((one) => one.level === level);
    const ours: OurLevel | null = found
      ? { schools: found.schools, members: [], figures: new Map([[compositeKey, found.cv]]) }
      : null;
    const published = publication === undefined ? null : { ...publishedLevel(publication, level), members: [] };
    const named = found && { edition: found.standardName, standardName: found.standardName };
    return differencesOf(level, [compositeKey], ours, published, isSameEdition(publication?.edition, named));
  });
}
