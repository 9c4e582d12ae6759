import type { Context } from '#core/access/serve.ts';
import {
  compositeKey,
  type Difference,
  differencesOf,
  type OurLevel,
  type PublishedLevel,
  type SchoolDifference,
  schoolDifference,
} from '#domain/balance-tracking/difference.ts';
import { causeKey, isFrozen, isOutdated, isSameEdition } from '#domain/balance-tracking/report.ts';
import { type CompulsoryLevel, compulsoryLevels } from '#domain/org/school-level.ts';
import { listPublications, type Publication } from './figures/publication.store.ts';
import {
  findIndicators,
  findRun,
  listMembers,
  type NamedRun,
  type StoredMember,
  type TrackHandle,
} from './published.store.ts';
import { type Cause, findReport, listCauses, type ReportRow } from './report.store.ts';
import type { TrackRow } from './track.store.ts';

/** The key under which the number of schools is published. */
export const schoolsKey = 'schools';

/** Our figures beside the published ones, with what the county has written of them. */
export interface Comparison {
  readonly run: NamedRun | undefined;
  readonly publication: Publication | undefined;
  readonly standardName: string;
  readonly names: ReadonlyMap<string, string>;
  readonly differences: readonly Difference[];
  readonly schools: readonly SchoolDifference[];
  readonly causes: ReadonlyMap<string, Cause>;
  readonly report: ReportRow | undefined;
  /** The report rests on another run or publication than stand now. */
  readonly outdated: boolean;
}

/** Sets the figures of a track beside each other: from the run that its report froze, or else from the one that is shown. */
export async function compareTrack(
  ctx: Pick<Context<TrackHandle>, 'db' | 'scope'>,
  track: TrackRow,
): Promise<Comparison> {
  const { placeId: countyId, periodId, standardKey } = track;
  const report = await findReport(ctx.db, track);
  const shown = await findRun(ctx.db, countyId, { periodId, standardKey });
  const frozen = report !== undefined && isFrozen(report) ? report.runId : null;
  const run = frozen === null || frozen === shown?.id ? shown : await findRun(ctx.db, countyId, { id: frozen });
  const publications = await listPublications(ctx.db, { ...ctx.scope, places: [countyId] }, periodId, standardKey);
  const [publication] = publications;
  const { standardName, indicators } = await findIndicators(ctx.db, standardKey);
  const keys = [compositeKey, ...indicators.map(({ key }) => key)];
  const members = run === undefined ? [] : await listMembers(ctx.db, countyId, run.id);
  const sameEdition = isSameEdition(publication?.edition, run);
  const levels = compulsoryLevels.map((level) => ({
    level,
    ours: run === undefined ? null : ourLevel(run, members, level),
    published: publication === undefined ? null : publishedLevel(publication, level),
  }));
  return {
    ...{ run, publication, standardName, report },
    names: new Map([[compositeKey, '综合差异系数'], ...indicators.map(({ key, name }) => [key, name] as const)]),
    differences: levels.flatMap(({ level, ours, published }) =>
      differencesOf(level, keys, ours, published, sameEdition),
    ),
    schools: levels.flatMap(({ level, ours, published }) =>
      ours === null || published === null ? [] : [schoolDifference(level, ours, published)],
    ),
    causes: new Map((await listCauses(ctx.db, track)).map((cause) => [causeKey(cause), cause])),
    outdated: isOutdated(report, { runId: shown?.id, publicationId: publication?.id }),
  };
}

function ourLevel(run: NamedRun, members: readonly StoredMember[], level: CompulsoryLevel): OurLevel {
  const figures = run.figures.filter((one) => one.level === level);
  return {
    schools: figures[0]?.schools ?? 0,
    figures: new Map(figures.map(({ indicator, cv }) => [indicator, cv])),
    members: members.filter((one) => one.level === level),
  };
}

function publishedLevel(publication: Publication, level: CompulsoryLevel): PublishedLevel {
  const figures = new Map(
    publication.figures.filter((one) => one.level === level).map(({ indicator, value }) => [indicator, value]),
  );
  const schools = figures.get(schoolsKey);
  figures.delete(schoolsKey);
  return {
    schools: schools === undefined ? null : Number(schools),
    figures,
    members: publication.schools.filter((one) => one.level === level),
  };
}
