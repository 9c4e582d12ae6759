import { readBasicStandard } from '#domain/balance-tracking/basic-standard.shape.ts';
import { basicStandardText, schoolsBelow } from '#domain/balance-tracking/basic-standard.ts';
import { type ProposedIssue, proposedIssues } from '#domain/balance-tracking/issues.ts';
import { readTrackingRules } from '#domain/balance-tracking/rules.shape.ts';
import type { TrackState } from '#domain/balance-tracking/state.ts';
import { generator } from '#domain/kit/generator.ts';
import { addDays, type Day, schoolYearName } from '#domain/kit/school-year.ts';
import { compulsoryLevels } from '#domain/org/school-level.ts';
import basicSchool from '../../../reference/balance/basic-school-standard.json' with { type: 'json' };
import tracking from '../../../reference/balance/tracking.json' with { type: 'json' };
import { sampleIds } from '../ids.ts';
import {
  lastVersion,
  type SampleCity,
  type SampleRaised,
  type SampleRun,
  type SampleUnit,
  type SampleYear,
} from '../model.ts';
import { figuresOf, type SampleCause } from './track-figures.ts';

export const trackingRules = readTrackingRules(tracking);
const basicStandard = readBasicStandard(basicSchool);

interface Standing {
  readonly state: TrackState;
  readonly report: 'none' | 'draft' | 'prepared' | 'returned' | 'submitted' | 'accepted';
  readonly cause: SampleCause;
  /** Where its issues stand in the ledger; null where none was listed. */
  readonly finding: SampleRaised['state'] | null;
  readonly late?: true;
}

const accepted = { report: 'accepted', cause: 'rounding', finding: null } as const;
const ended: Standing = { ...accepted, state: 'closed' };

/** The present year, by the county: each state once, each cause of a difference once. */
const presentStandings: Readonly<Record<string, Standing>> = {
  鲤城区: ended,
  丰泽区: { state: 'submitted', report: 'submitted', cause: 'schools', finding: null },
  洛江区: { state: 'self-report-due', report: 'draft', cause: 'unexplained', finding: null },
  泉港区: { state: 'opened', report: 'none', cause: 'none', finding: null },
  惠安县: { state: 'data-received', report: 'none', cause: 'rounding', finding: null },
  安溪县: { ...accepted, state: 'issues-listed', finding: 'planned' },
  永春县: { ...accepted, state: 'issues-listed', finding: 'planned', late: true },
  德化县: { ...accepted, state: 'city-reviewed' },
  石狮市: { state: 'self-report-due', report: 'returned', cause: 'edition', finding: null },
  晋江市: { state: 'self-report-due', report: 'prepared', cause: 'rounding', finding: null },
  南安市: { ...accepted, state: 'issues-listed', finding: 'found' },
  泉州经济技术开发区: { ...accepted, state: 'rectified-confirmed' },
  泉州台商投资区: { ...accepted, state: 'issues-listed', finding: 'closed' },
};

const cancelled: Standing = { state: 'cancelled', report: 'none', cause: 'none', finding: null };

/** The years that ended with issues; the same issue in both years of a county is a recurrence. */
const endedWithIssues = ['安溪县', '石狮市', '泉州台商投资区'];
/** Its year 2024 was cancelled and never opened again. */
const leftOut = '永春县';
/** Its present year was cancelled once and opened anew. */
const openedTwice = '惠安县';

/** A county's year as the sample plans it, before the day of loading is known. */
export interface PlannedTrack {
  readonly county: SampleUnit;
  readonly year: SampleYear;
  readonly standing: Standing & { readonly opened: Day | number };
  readonly trackId: string;
  readonly run: SampleRun;
  readonly issues: readonly (ProposedIssue & { readonly raised: SampleRaised })[];
}

/** Days from the opening of a year to the list of issues. */
const toList = 18;

/** So many issues of a county are listed. */
const mostListed = 2;

/** Three years of every county: two that ended, and the present one with a county in each state. */
export function planTracks(city: SampleCity): PlannedTrack[] {
  const ids = sampleIds(generator(`${city.seed} tracks`), '2023-10-01T08:00:00+08:00');
  const counties = city.units.filter((unit) => unit.adminLevel === 'county');
  const runOf = (county: SampleUnit, year: SampleYear) => city.runOf(county.id, year, 'basic-2012');
  /** What the rules find: first what the county itself is to put right, then schools that it runs. */
  function proposed(county: SampleUnit, year: SampleYear): ProposedIssue[] {
    const found = proposedIssues(
      {
        ...{ run: null, doubtful: [], basicStandard: basicStandardText(basicStandard) },
        figures: figuresOf(runOf(county, year)),
        before: year === 2023 ? [] : figuresOf(runOf(county, year === 2024 ? 2023 : 2024)),
        below: schoolsBelow(
          compulsoryLevels.flatMap((level) =>
            runOf(county, year).levels[level].members.map((school) => ({ ...school, level })),
          ),
          basicStandard,
        ),
      },
      trackingRules.rules,
    );
    const own = new Set(
      city.schools
        .filter((one) => one.status === 'open' && lastVersion(one).countyId === county.id)
        .filter((one) => lastVersion(one).managingUnitId === county.id)
        .map(({ id }) => id),
    );
    return found.filter(({ schoolId }) => schoolId === null || own.has(schoolId)).slice(0, mostListed);
  }
  const plan = (county: SampleUnit, year: SampleYear, standing: PlannedTrack['standing']): PlannedTrack => {
    const trackId = ids.next();
    const { finding, opened, late } = standing;
    const shared = { county, year, standing, trackId, run: runOf(county, year) };
    if (finding === null) return { ...shared, issues: [] };
    const found = typeof opened === 'number' ? opened - toList : addDays(opened, toList);
    const issues = proposed(county, year).map((one) => {
      const source = {
        type: 'balance-tracking',
        id: trackId,
        key: one.key,
        label: `${county.name} ${schoolYearName(year)}均衡跟踪`,
      };
      const raised: SampleRaised = {
        ...{ placeId: county.id, id: ids.next(), source, kind: one.schoolId === null ? 'balance' : 'facilities' },
        ...{ severity: one.severity, schoolId: one.schoolId, title: one.title, body: one.body },
        measure:
          one.schoolId === null ? '增加薄弱学校投入，统筹调配校舍和设备' : '补齐未达标的项目，并建立台账逐项核对',
        ...{ state: finding, year, found, dueIn: late ? 3 : 80 },
      };
      return { ...one, raised };
    });
    return { ...shared, issues };
  };
  return counties.flatMap((county) => [
    ...([2023, 2024] as const).map((year) => {
      const opened = `${year}-11-20`;
      if (year === 2024 && county.name === leftOut) return plan(county, year, { ...cancelled, opened });
      const finding = endedWithIssues.includes(county.name) ? 'closed' : null;
      return plan(county, year, { ...ended, opened, finding });
    }),
    ...(county.name === openedTwice ? [plan(county, 2025, { ...cancelled, opened: 30 })] : []),
    plan(county, 2025, { ...presentStandings[county.name]!, opened: 24 }),
  ]);
}
