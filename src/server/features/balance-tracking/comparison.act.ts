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
import { schoolsKey } from '#domain/balance-tracking/published-figure.ts';
import { causeKey, isFrozen, isOutdated, isSameEdition } from '#domain/balance-tracking/report.ts';
import { registerReason, type SchoolApart } from '#domain/balance-tracking/school-sets.ts';
import { firstDayOf } from '#domain/kit/school-year.ts';
import { type CompulsoryLevel, compulsoryLevels } from '#domain/org/school-level.ts';
import { type Beside, findBeside } from './beside.store.ts';
import { listPublications, type Publication } from './figures/publication.store.ts';
import {
  type FoundRuns,
  findIndicators,
  findRuns,
  listMembers,
  listRegistered,
  type NamedRun,
  type StoredMember,
  type TrackHandle,
  type WantedRuns,
} from './published.store.ts';
import type { Cause, ReportRow } from './report.store.ts';
import type { TrackRow } from './track.store.ts';

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
  readonly beside: Beside;
  /** The report rests on another run or publication than stand now. */
  readonly outdated: boolean;
}

/** Sets the figures of a track beside each other: from the run that its report froze, or else from the one that is shown. */
export async function compareTrack(
  ctx: Pick<Context<TrackHandle>, 'db' | 'scope'>,
  track: TrackRow,
): Promise<Comparison> {
  return compareWith(ctx, track, await readGround(ctx, track, []));
}

/** What a comparison reads: what lies beside the track, runs and their schools. */
export interface Ground {
  readonly beside: Beside;
  readonly runs: FoundRuns;
  /** The run that is set beside the published figures. */
  readonly run: NamedRun | undefined;
  readonly members: readonly StoredMember[];
}

/** @param further runs that are read with those of the track */
export async function readGround(
  ctx: Pick<Context<TrackHandle>, 'db' | 'scope'>,
  track: TrackRow,
  further: WantedRuns['shown'],
): Promise<Ground> {
  const { placeId: countyId, schoolYear: year, standardKey } = track;
  const beside = await findBeside(ctx.db, track);
  const { report } = beside;
  const frozen = report !== undefined && isFrozen(report) ? report.runId : null;
  const runs = await findRuns(ctx.db, countyId, { id: frozen, shown: [{ year, standardKey }, ...further] });
  const run = frozen === null ? runs.of(year, standardKey) : runs.byId(frozen);
  // A report may rest on an older run than the one that is shown; the rules judge the schools of the shown one.
  const members = await listMembers(ctx.db, countyId, [run, runs.of(year, standardKey)]);
  return { beside, runs, run, members };
}

export async function compareWith(
  ctx: Pick<Context<TrackHandle>, 'db' | 'scope'>,
  track: TrackRow,
  { beside, runs, run, members: all }: Ground,
): Promise<Comparison> {
  const { placeId: countyId, periodId, schoolYear, standardKey } = track;
  const { report } = beside;
  const shown = runs.of(schoolYear, standardKey);
  const [publication] = await listPublications(ctx.db, { ...ctx.scope, places: [countyId] }, periodId, standardKey);
  const { standardName, indicators } = run === undefined ? await findIndicators(ctx.db, standardKey) : namesOf(run);
  const keys = [compositeKey, ...indicators.map(({ key }) => key)];
  const members = all.filter(({ runId }) => runId === run?.id);
  const sameEdition = isSameEdition(publication?.edition, run);
  const levels = compulsoryLevels.map((level) => ({
    level,
    ours: run === undefined ? null : ourLevel(run, members, level),
    published: publication === undefined ? null : publishedLevel(publication, level),
  }));
  return {
    ...{ run, publication, standardName, report, beside },
    names: new Map([[compositeKey, '综合差异系数'], ...indicators.map(({ key, name }) => [key, name] as const)]),
    differences: levels.flatMap(({ level, ours, published }) =>
      differencesOf(level, keys, ours, published, sameEdition),
    ),
    schools: await withReasons(
      ctx,
      track,
      levels.flatMap(({ level, ours, published }) =>
        ours === null || published === null ? [] : [schoolDifference(level, ours, published)],
      ),
    ),
    causes: new Map(beside.causes.map((cause) => [causeKey(cause), cause])),
    outdated: isOutdated(report, { runId: shown?.id, publicationId: publication?.id }),
  };
}

/** The sets with what the register says of schools that one side has alone; it is asked only where there are any. */
async function withReasons(
  ctx: Pick<Context<TrackHandle>, 'db' | 'scope'>,
  { placeId, schoolYear }: Pick<TrackRow, 'placeId' | 'schoolYear'>,
  sets: readonly SchoolDifference[],
): Promise<SchoolDifference[]> {
  const apart = sets.flatMap(({ onlyOurs, onlyPublished }) => [...onlyOurs, ...onlyPublished]);
  if (apart.length === 0) return [...sets];
  const register = await listRegistered(ctx.db, ctx.scope, placeId, apart);
  const since = firstDayOf(schoolYear - 1);
  const reasoned = (side: 'ours' | 'published') => (one: SchoolApart) => ({
    ...one,
    reason: one.reason ?? registerReason(side, one, register, since),
  });
  return sets.map((set) => ({
    ...set,
    onlyOurs: set.onlyOurs.map(reasoned('ours')),
    onlyPublished: set.onlyPublished.map(reasoned('published')),
  }));
}

/** The indicators of a run in the order of its standard. */
function namesOf({ standardName, figures }: NamedRun) {
  const [first] = figures;
  const own = figures.filter(({ level, indicator }) => level === first?.level && indicator !== compositeKey);
  return { standardName, indicators: own.map(({ indicator: key, name }) => ({ key, name })) };
}

function ourLevel(run: NamedRun, members: readonly StoredMember[], level: CompulsoryLevel): OurLevel {
  const figures = run.figures.filter((one) => one.level === level);
  return {
    schools: figures[0]?.schools ?? 0,
    figures: new Map(figures.map(({ indicator, cv }) => [indicator, cv])),
    members: members.filter((one) => one.level === level),
  };
}

export function publishedLevel(publication: Publication, level: CompulsoryLevel): PublishedLevel {
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
