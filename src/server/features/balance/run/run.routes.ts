import * as balance from '#contract/balance/balance.ts';
import { serving } from '#core/access/serve.ts';
import { findPeriod } from '#core/calendar/period.store.ts';
import { placesMeant } from '#domain/access/actor.ts';
import { problem } from '#domain/kit/problem.ts';
import { findDetails, findRun, listRuns } from '../balance.read.store.ts';
import { presentRun, recordOfRun } from '../balance.shape.ts';
import type { BalanceHandle } from '../balance.store.ts';
import { countyInScope, revisionOf } from '../balance-selection.act.ts';
import { compareSides } from './comparison.shape.ts';
import { repeatRun } from './compute.act.ts';

const on = serving<BalanceHandle>();
type RunHead = ReturnType<typeof presentRun>;

export const balanceRunRoutes = [
  on(balance.runs, async (ctx, { query }) => {
    const wanted = placesMeant(ctx.scope, ctx.actor, query.unitId);
    const period =
      query.year === undefined ? undefined : await findPeriod(ctx.db, { kind: 'school-year', year: query.year });
    if (query.year !== undefined && !period) return { rows: [], total: 0 };
    const filter = { counties: wanted, periodId: period?.id, key: query.standard, current: query.current };
    const { rows, total } = await listRuns(ctx.db, filter, query);
    const standards = new Map<string, Awaited<ReturnType<typeof revisionOf>>>();
    for (const run of rows) {
      const pinned = `${run.standardKey} ${run.standardRevision}`;
      if (!standards.has(pinned)) standards.set(pinned, await revisionOf(ctx, run));
    }
    return {
      rows: rows.map((run) => presentRun(run, standards.get(`${run.standardKey} ${run.standardRevision}`)!)),
      total,
    };
  }),

  on(balance.repeat, async (ctx, { params }) => {
    const county = await countyInScope(ctx, params.countyId);
    const run = await findRun(ctx.db, county.id, { id: params.runId });
    const details = run && (await findDetails(ctx.db, county.id, run.id));
    if (!run || !details) throw problem('thing.notFound', { what: '次测算' });
    const standard = await revisionOf(ctx, run);
    const repetition = repeatRun(standard.definition, { ...details, inputsHash: run.inputsHash });
    const after = { identical: repetition.identical, formulaVersion: repetition.formulaVersion };
    await ctx.record(recordOfRun(county.id, run.id, 'balance.repeated', after));
    return { ...repetition, sentence: sentenceOf(repetition, run.formulaVersion) };
  }),

  on(balance.compare, async (ctx, { params, query }) => {
    const county = await countyInScope(ctx, params.countyId);
    const sides = await Promise.all(
      [query.first, query.second].map(async (id) => {
        const run = await findRun(ctx.db, county.id, { id });
        const details = run && (await findDetails(ctx.db, county.id, run.id));
        if (!run || !details) throw problem('thing.notFound', { what: '次测算' });
        const standard = await revisionOf(ctx, run);
        return { head: presentRun(run, standard), ...details };
      }),
    );
    const [before, after] = sides.sort((a, b) => inTime(a.head, b.head));
    return compareSides(before!, after!);
  }),
];

/** The earlier school year first, within a year the earlier run: who asked for which first does not matter. */
function inTime(one: RunHead, other: RunHead): number {
  if (one.year !== other.year) return one.year - other.year;
  return one.runAt < other.runAt ? -1 : one.runAt > other.runAt ? 1 : one.id < other.id ? -1 : 1;
}

function sentenceOf(repetition: ReturnType<typeof repeatRun>, storedVersion: string): string {
  if (repetition.identical) return '按存档的输入重算，结果与存档逐位一致。';
  if (!repetition.inputsHashMatches) return '存档的输入与其校验码不符，请联系系统管理员。';
  if (repetition.formulaVersion !== storedVersion) {
    return `存档按公式第 ${storedVersion} 版计算，现行为第 ${repetition.formulaVersion} 版，结果有 ${repetition.differences.length} 处不同。`;
  }
  return `重算结果与存档有 ${repetition.differences.length} 处不同，请联系系统管理员。`;
}
