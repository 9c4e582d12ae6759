import * as balance from '#contract/balance/balance.ts';
import { type Context, serving } from '#core/access/serve.ts';
import { holds, signatureOf } from '#domain/access/actor.ts';
import { assertTakesWrites } from '#domain/calendar/archived-year.ts';
import { codeOfMark } from '#domain/org/school-code.ts';
import { compulsoryLevels } from '#domain/org/school-level.ts';
import {
  findDetails,
  findDistribution,
  findRun,
  listCurrentRuns,
  listSchoolRows,
  listYears,
  type StoredRun,
} from './balance.read.store.ts';
import {
  presentKind,
  presentLevel,
  presentOverviewRow,
  presentRun,
  presentStandard,
  recordOfRun,
} from './balance.shape.ts';
import { type BalanceHandle, listCounties } from './balance.store.ts';
import { levelSentences, verdictText } from './balance.words.ts';
import { answerFor, countyInScope, newestOf, periodOf, registerDay } from './balance-selection.act.ts';
import { runCounty } from './run/compute.act.ts';
import type { RunSchool } from './run/inputs.shape.ts';
import type { StandardRow } from './standard/standard.store.ts';
import { preparedStandard } from './standard/standards.shape.ts';

const on = serving<BalanceHandle>();
type Ctx = Context<BalanceHandle>;

export const balanceRoutes = [
  on(balance.overview, async (ctx, { query }) => {
    const period = await periodOf(ctx, query.year);
    const { row, all } = await newestOf(ctx, query.standard);
    const counties = await listCounties(ctx.db, ctx.scope.places, registerDay(period));
    const runs = await listCurrentRuns(ctx.db, ctx.scope.places, period.id, row.key);
    const { standard } = preparedStandard(row.definition);
    const rows = counties.map((county) =>
      presentOverviewRow(
        standard,
        county,
        runs.find((run) => run.countyId === county.id),
      ),
    );
    const count = (verdict: string) => rows.filter((one) => one.verdict === verdict).length;
    return {
      year: period.year,
      standard: presentStandard(row),
      kind: presentKind(standard),
      standards: all.map(presentStandard),
      summary: {
        units: rows.length,
        pass: count('pass'),
        fail: count('fail'),
        provisional: count('provisional'),
        unavailable: count('unavailable'),
      },
      rows,
      can: { export: ctx.scope.schools === null },
    };
  }),

  on(balance.county, async (ctx, { params, query }) => {
    const county = await countyInScope(ctx, params.countyId);
    const { run, period, standard: row, all } = await answerFor(ctx, county.id, query);
    const { standard } = preparedStandard(row.definition);
    const officer = ctx.scope.schools === null;
    const verdict = run?.verdict ?? 'unavailable';
    return {
      county: { id: county.id, name: county.name, shortName: county.shortName },
      year: period.year,
      kind: presentKind(standard),
      standard: presentStandard(row),
      standards: all.map(presentStandard),
      run: run ? presentRun(run, row) : null,
      verdict,
      verdictText: verdictText(standard, verdict),
      sentences: run
        ? compulsoryLevels.flatMap((level) => levelSentences(standard, level, run.summary.levels[level]))
        : [],
      assumptions: [...(run?.summary.assumptions ?? [])],
      ...(run ? await evidenceOf(ctx, run, row) : { levels: [], owing: [] }),
      ownSchoolOnly: !officer,
      can: {
        run: officer && holds(ctx.actor, 'balance.run') && period.archivedOn === null,
        export: officer,
        repeat: officer && holds(ctx.actor, 'balance.run'),
      },
    };
  }),

  on(balance.run, async (ctx, { params, body }) => {
    const county = await countyInScope(ctx, params.countyId);
    const period = await periodOf(ctx, body.year);
    // Also where the same inputs would be found again and nothing be stored: an archived year has no new answer.
    assertTakesWrites({ schoolYear: period.year, archivedOn: period.archivedOn });
    const { row } = await newestOf(ctx, body.standard);
    const occasion = { countyId: county.id, periodId: period.id, runAt: ctx.now, runBy: signatureOf(ctx.actor) };
    const { runId, stored, verdict } = await runCounty(ctx.db, occasion, row);
    const after = { year: period.year, standard: row.key, revision: row.revision, verdict, stored };
    await ctx.record(recordOfRun(county.id, runId, 'balance.run', after));
    const run = await findRun(ctx.db, county.id, { id: runId });
    return { run: presentRun(run!, row), stored };
  }),
];

/**
 * Everything below the verdict. A school role gets its own row, values without names, and no lists of other schools.
 */
async function evidenceOf(ctx: Ctx, run: StoredRun, row: StandardRow) {
  const { standard } = preparedStandard(row.definition);
  const own = ctx.scope.schools;
  const rows = await listSchoolRows(ctx.db, run.countyId, run.id, own);
  const years = (await listYears(ctx.db, run.countyId, run.standardKey))
    .filter((other) => other.schoolYear !== run.schoolYear)
    .concat(run)
    .sort((a, b) => a.schoolYear - b.schoolYear)
    .map((one) => ({ year: one.schoolYear, provisional: one.provisional, summary: one.summary }));
  const details = own === null ? await findDetails(ctx.db, run.countyId, run.id) : undefined;
  const distribution = own === null ? null : await findDistribution(ctx.db, run.countyId, run.id);
  const schools = new Map<number, RunSchool>(details?.inputs.schools.map((school) => [school.schoolId, school]));
  const levels = compulsoryLevels.map((level) =>
    presentLevel({
      ...{ standard, level, years, schools, distribution },
      summary: run.summary.levels[level],
      rows: rows.filter((one) => one.level === level),
      indicators: details?.result.levels[level].indicators ?? null,
      missing: details?.result.levels[level].missing ?? [],
    }),
  );
  const silent = new Set(compulsoryLevels.flatMap((level) => details?.result.levels[level].notFiled ?? []));
  const owing = [...schools.values()].flatMap(({ schoolId: id, code, name, cityManaged }) =>
    silent.has(code)
      ? [
          {
            schoolId: id,
            code: codeOfMark(code),
            name,
            managedBy: cityManaged ? ('city' as const) : ('county' as const),
          },
        ]
      : [],
  );
  return { levels, owing };
}
