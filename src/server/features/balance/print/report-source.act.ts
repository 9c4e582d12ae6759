import type { Context } from '#core/access/serve.ts';
import { findPeriod } from '#core/calendar/period.store.ts';
import type { CityReportSource, CountyStanding } from '#domain/balance/report/city-report.ts';
import type { Certificate, CountyReportSource, CourseYear } from '#domain/balance/report/county-report.ts';
import { nothingApproved } from '#domain/balance/run/run.ts';
import type { SchoolYear } from '#domain/kit/school-year.ts';
import { findDetails, listCurrentRuns, listYears, type StoredRun } from '../balance.read.store.ts';
import { type BalanceHandle, findCityName, listCounties } from '../balance.store.ts';
import { countySentence } from '../balance.words.ts';
import {
  answerFor,
  countyInScope,
  newestOf,
  periodOf,
  registerDay,
  revisionOf,
  type Selection,
} from '../balance-selection.act.ts';
import { idsOf } from '../run/school-moves.shape.ts';
import type { StandardRow } from '../standard/standard.store.ts';
import { editionOf, preparedStandard } from '../standard/standards.shape.ts';
import { findFormSource } from './form-source.act.ts';
import { type FormSource, factsOf } from './forms.workbook.ts';

type Ctx = Context<BalanceHandle>;

/** What the report of a county prints; the forms of its run, or nothing where it has none. */
export interface CountyReportGround {
  readonly report: CountyReportSource;
  readonly forms: FormSource | null;
}

/** What the report of a city prints, with the forms of the counties that have a run. */
export interface CityReportGround {
  readonly report: CityReportSource;
  readonly forms: readonly FormSource[];
}

/** The course shows this year and two before it. */
const courseYears = 3;

/** Reads a county's report: the run that is asked for, the one of the year before, and the years before that. */
export async function readCountyReport(ctx: Ctx, countyId: number, question: Selection): Promise<CountyReportGround> {
  const county = await countyInScope(ctx, countyId);
  const { run, standard: row, period } = await answerFor(ctx, county.id, question);
  const { year } = period;
  const { standard } = preparedStandard(row.definition);
  const named = { county: county.name, year, standard };
  const forms = run && (await findFormSource(ctx.db, { county, run, standard: row, year }));
  if (run === undefined || forms === undefined) {
    return { report: { ...named, run: { lacking: nothingApproved, today: ctx.today } }, forms: null };
  }
  const years = (await listYears(ctx.db, county.id, row.key)).filter((one) => one.schoolYear < year);
  return {
    report: {
      ...named,
      run: {
        certificate: certificateOf(run, row),
        result: forms.result,
        facts: factsOf(forms),
        earlier: await earlierOf(ctx, forms, years.at(-1)),
        course: [...years, run].slice(-courseYears).map(courseYear),
      },
    },
    forms,
  };
}

function certificateOf(run: StoredRun, row: StandardRow): Certificate {
  const { id: runId, inputsHash, formulaVersion, runAt, runBy } = run;
  return { runId, inputsHash, formulaVersion, edition: editionOf(row), runAt: runAt.toISOString(), runBy };
}

/** The run of the year before this one; an older one is no 上年. */
async function earlierOf(ctx: Ctx, now: FormSource, run: StoredRun | undefined) {
  if (run?.schoolYear !== now.year - 1) return null;
  const details = await findDetails(ctx.db, run.countyId, run.id);
  if (details === undefined) return null;
  return {
    result: details.result,
    certificate: certificateOf(run, await revisionOf(ctx, run)),
    schools: [idsOf(details), idsOf(now)] as const,
  };
}

const courseYear = ({ schoolYear: year, summary }: StoredRun): CourseYear => ({ year, levels: summary.levels });

/**
 * Reads the report of all counties in reach: their current runs of a year, and the verdicts of the year before.
 * @param wanted whether the inputs of the runs are wanted too: they are large, and only the workbook holds them
 */
export async function readCityReport(
  ctx: Ctx,
  question: { readonly year?: SchoolYear | undefined; readonly standard?: string | undefined },
  wanted: { readonly forms: boolean },
): Promise<CityReportGround> {
  const { places } = ctx.scope;
  const period = await periodOf(ctx, question.year);
  const { row } = await newestOf(ctx, question.standard);
  const counties = await listCounties(ctx.db, places, registerDay(period));
  const runs = await listCurrentRuns(ctx.db, places, period.id, row.key);
  const before = await verdictsBefore(ctx, period.year, row.key);
  const standings: CountyStanding[] = [];
  const forms: FormSource[] = [];
  for (const county of counties) {
    const run = runs.find(({ countyId }) => countyId === county.id);
    const verdictBefore = before.get(county.id) ?? null;
    if (run === undefined) {
      standings.push({ county: county.name, run: null, verdictBefore });
      continue;
    }
    const own = await revisionOf(ctx, run);
    const named = { county, run, standard: own, year: period.year };
    const source = wanted.forms ? await findFormSource(ctx.db, named) : undefined;
    if (source !== undefined) forms.push(source);
    standings.push({
      county: county.name,
      verdictBefore,
      run: {
        certificate: certificateOf(run, own),
        verdict: run.verdict,
        levels: run.summary.levels,
        sentence: countySentence(preparedStandard(own.definition).standard, run.summary),
      },
    });
  }
  const city = await findCityName(ctx.db, places);
  const { standard } = preparedStandard(row.definition);
  const named = { city: city ?? counties[0]?.name ?? '', year: period.year, standard, today: ctx.today };
  return { report: { ...named, counties: standings }, forms };
}

async function verdictsBefore(ctx: Ctx, year: SchoolYear, key: string) {
  const period = await findPeriod(ctx.db, { kind: 'school-year', year: year - 1 });
  const runs = period === undefined ? [] : await listCurrentRuns(ctx.db, ctx.scope.places, period.id, key);
  return new Map(runs.map((run) => [run.countyId, run.verdict]));
}
