import type { Context } from '#core/access/serve.ts';
import { findDefaultPeriod, findPeriod, type Period } from '#core/calendar/period.store.ts';
import { problem } from '#domain/kit/problem.ts';
import type { Day } from '#domain/kit/school-year.ts';
import { findRun, type StoredRun } from './balance.read.store.ts';
import { type BalanceHandle, listCounties } from './balance.store.ts';
import { findNewestStandards, findStandard, type StandardRow } from './standard/standard.store.ts';

type Ctx = Context<BalanceHandle>;

export interface Selection {
  readonly year?: number | undefined;
  readonly standard?: string | undefined;
  readonly run?: string | undefined;
}

/** A county in the reader's place; for other counties the reply is "not found". */
export async function countyInScope(ctx: Ctx, countyId: number) {
  const within = ctx.scope.places.filter((id) => id === countyId);
  const county = (await listCounties(ctx.db, within))[0];
  if (!county) throw problem('thing.notFound', { what: '个单位' });
  return county;
}

/** The period of a request: the requested school year, else the current one. */
export async function periodOf(ctx: Ctx, year: number | undefined): Promise<Period> {
  const period = await (year === undefined
    ? findDefaultPeriod(ctx.db, 'school-year', ctx.today)
    : findPeriod(ctx.db, { kind: 'school-year', year }));
  if (!period) throw problem('thing.notFound', { what: '个学年的填报周期' });
  return period;
}

/** The day for which a period counts schools and units: that of its register, or the first before it is frozen. */
export function registerDay(period: Pick<Period, 'frozenOn' | 'startsOn'>): Day {
  return period.frozenOn ?? period.startsOn;
}

/** The newest revision of the requested standard, else of the newest standard. */
export async function newestOf(ctx: Ctx, key: string | undefined): Promise<{ row: StandardRow; all: StandardRow[] }> {
  const all = await findNewestStandards(ctx.db);
  const row = key === undefined ? all[0] : all.find((candidate) => candidate.key === key);
  if (!row) throw problem('standard.unknown', { key: key ?? '', known: all.map((candidate) => candidate.key) });
  return { row, all };
}

/**
 * The run of a county page: a named run, or the current one of a year and standard. The standard is the revision that
 * the run was computed with; before the first run it is the newest.
 */
export async function answerFor(ctx: Ctx, countyId: number, question: Selection) {
  if (question.run !== undefined) {
    const run = await findRun(ctx.db, countyId, { id: question.run });
    if (!run) throw problem('thing.notFound', { what: '次测算' });
    const [period, standard] = [await periodOf(ctx, run.schoolYear), await revisionOf(ctx, run)];
    return { run, period, standard, all: await findNewestStandards(ctx.db) };
  }
  const period = await periodOf(ctx, question.year);
  const { row, all } = await newestOf(ctx, question.standard);
  const run = await findRun(ctx.db, countyId, { periodId: period.id, key: row.key });
  return { run, period, standard: run ? await revisionOf(ctx, run) : row, all };
}

/** The revision to which a run is pinned; the foreign key guarantees that it exists. */
export async function revisionOf(
  ctx: Ctx,
  run: Pick<StoredRun, 'standardKey' | 'standardRevision'>,
): Promise<StandardRow> {
  const row = await findStandard(ctx.db, run.standardKey, run.standardRevision);
  if (!row) throw new Error(`revision ${run.standardRevision} of ${run.standardKey} is gone`);
  return row;
}
