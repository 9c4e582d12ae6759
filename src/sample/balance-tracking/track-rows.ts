import { readTrackingRules, termsOf } from '#domain/balance-tracking/rules.shape.ts';
import type { TrackState } from '#domain/balance-tracking/state.ts';
import { generator } from '#domain/kit/generator.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import tracking from '../../../reference/balance/tracking.json' with { type: 'json' };
import { momentOn, samplePeriods } from '../calendar.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity, SampleRaised, SampleUnit, SampleYear } from '../model.ts';
import type { Laying } from '../part.ts';
import { Table } from '../table.ts';

interface Standing {
  readonly state: TrackState;
  readonly report: 'none' | 'draft' | 'prepared' | 'returned' | 'submitted' | 'accepted';
  /** Where its issue stands in the ledger; null without one. */
  readonly finding: SampleRaised['state'] | null;
  readonly late?: true;
}

/** The present year, by the turn of the county: each state once. */
const presentStandings: readonly Standing[] = [
  { state: 'city-reviewed', report: 'accepted', finding: null },
  { state: 'submitted', report: 'submitted', finding: null },
  { state: 'self-report-due', report: 'draft', finding: null },
  { state: 'opened', report: 'none', finding: null },
  { state: 'data-received', report: 'none', finding: null },
  { state: 'self-report-due', report: 'prepared', finding: null },
  { state: 'self-report-due', report: 'returned', finding: null },
  { state: 'issues-listed', report: 'accepted', finding: 'found' },
  { state: 'issues-listed', report: 'accepted', finding: 'planned' },
  { state: 'issues-listed', report: 'accepted', finding: 'planned', late: true },
  { state: 'issues-listed', report: 'accepted', finding: 'closed' },
  { state: 'rectified-confirmed', report: 'accepted', finding: 'closed' },
  { state: 'closed', report: 'accepted', finding: 'closed' },
];

const ended: Standing = { state: 'closed', report: 'accepted', finding: 'closed' };

/** The acts on the way to a state, with who does each. */
const way: readonly (readonly [action: string, to: TrackState, by: 'city' | 'director' | 'officer'])[] = [
  ['record', 'data-received', 'city'],
  ['request', 'self-report-due', 'city'],
  ['prepare', 'self-report-due', 'officer'],
  ['submit', 'submitted', 'director'],
  ['accept', 'city-reviewed', 'city'],
  ['list', 'issues-listed', 'city'],
  ['confirm', 'rectified-confirmed', 'city'],
  ['close', 'closed', 'city'],
];

/** How many acts of the way led here. */
const actsTo: Readonly<Record<TrackState, number>> = {
  opened: 0,
  'data-received': 1,
  'self-report-due': 2,
  submitted: 4,
  'city-reviewed': 5,
  'issues-listed': 6,
  'rectified-confirmed': 7,
  closed: 8,
  cancelled: 0,
};

const issueTitle = '小学每百名学生拥有计算机台数差异系数 0.684，超过预警线 0.650';

/** A county's year as the sample plans it, before the day of loading is known. */
export interface PlannedTrack {
  readonly county: SampleUnit;
  readonly year: SampleYear;
  readonly standing: Standing & { readonly opened: Day | number };
  readonly trackId: string;
  readonly raised: SampleRaised | null;
}

/** Days from the opening of a year to the list of issues. */
const toList = 18;

/** Three years of every county: two that ended, and the present one with a county in each state. */
export function planTracks(city: SampleCity): PlannedTrack[] {
  const ids = sampleIds(generator(`${city.seed} tracks`), '2023-10-01T08:00:00+08:00');
  const counties = city.units.filter((unit) => unit.adminLevel === 'county');
  const plan = (county: SampleUnit, year: SampleYear, standing: PlannedTrack['standing']): PlannedTrack => {
    const trackId = ids.next();
    const { finding, opened, late } = standing;
    if (finding === null) return { county, year, standing, trackId, raised: null };
    const found = typeof opened === 'number' ? opened - toList : addDays(opened, toList);
    const key = 'indicator-over:primary:computers';
    const label = `${county.name} ${year} 学年均衡跟踪`;
    const source = { type: 'balance-tracking', id: trackId, key, label };
    const words = { kind: 'balance', title: issueTitle, body: '示例：按规则列出。' } as const;
    const id = ids.next();
    const raised = { placeId: county.id, id, source, ...words, state: finding, year, found, dueIn: late ? 3 : 80 };
    return { county, year, standing, trackId, raised };
  };
  return counties.flatMap((county, turn) => [
    // The same issue in two years of a county is a recurrence; most years ended without one.
    ...([2023, 2024] as const).map((year) => {
      const opened = `${year}-11-20`;
      return plan(county, year, { ...ended, opened, ...(turn % 4 === 0 ? {} : { finding: null }) });
    }),
    plan(county, 2025, { ...presentStandings[turn % presentStandings.length]!, opened: 24 }),
  ]);
}

/** The rows of tracking; the same city and day give the same rows. */
export function trackRows(city: SampleCity, planned: readonly PlannedTrack[], { today, now }: Laying): CopyTable[] {
  const rules = readTrackingRules(tracking);
  const random = generator(`${city.seed} tracking`);
  const ids = sampleIds(random.fork('ids'), '2023-10-01T08:00:00+08:00');
  const publications = new Table(
    'province_publications',
    'place_id id period_id standard_key document_number published_on source entered_by entered_by_name entered_at',
    true,
  );
  const figures = new Table('province_publication_figures', 'place_id publication_id level indicator value', true);
  const tracks = new Table(
    'balance_tracks',
    'place_id id period_id school_year standard_key state since revision opened_by_name opened_at updated_at',
    true,
  );
  const terms = new Table('balance_track_terms', 'place_id track_id state due_on', true);
  const reports = new Table(
    'balance_track_reports',
    `place_id id track_id round measures conclusion publication_id prepared_by_name prepared_at submitted_by_name
submitted_at decision decided_by_name decided_at`.replaceAll('\n', ' '),
    true,
  );
  const causes = new Table(
    'balance_track_causes',
    'place_id id track_id level indicator body written_by written_by_name written_at',
    true,
  );
  const issues = new Table(
    'balance_track_issues',
    'place_id id track_id key rule level indicator title body figure line listed_by_name listed_on',
    true,
  );
  const steps = new Table(
    'steps',
    'place_id id subject_type subject_id action from_state to_state actor_id actor_name actor_role at reason parts',
    true,
  );
  const plans = new Table(
    'balance_plan_years',
    'place_id id planned_year document_number reason entered_by entered_by_name entered_at replaced_at',
    true,
  );
  const cityUnit = city.units.find((unit) => unit.adminLevel === 'city')!;
  const personOf = (role: string, unitId: number) =>
    city.people.find((person) => person.role === role && person.unitId === unitId)!;
  const officerOfCity = personOf('city-officer', cityUnit.id);
  const counties = city.units.filter((unit) => unit.adminLevel === 'county');
  const moment = (day: Day, minutes = 0) => momentOn(day, minutes, now);

  /** One county and year. */
  const add = ({ county, year, standing, trackId, raised }: PlannedTrack) => {
    const openedOn = typeof standing.opened === 'number' ? addDays(today, -standing.opened) : standing.opened;
    const people = {
      city: officerOfCity,
      director: personOf('county-director', county.id),
      officer: personOf('county-officer', county.id),
    };
    const periodId = samplePeriods(today).find((period) => period.year === year)!.id;
    const dayOf = (at: number): Day => [addDays(openedOn, at * 3), today].sort()[0]!;
    const publicationId = ids.next();
    const acts = actsTo[standing.state] + (standing.report === 'prepared' ? 1 : 0);
    if (standing.state !== 'opened') {
      publications.add(
        ...[county.id, publicationId, periodId, rules.standard, `闽教督〔${year}〕9 号（示例）`, dayOf(1)],
        ...[`示例数据：附件第 ${county.id} 行`, officerOfCity.id, officerOfCity.name, moment(dayOf(1))],
      );
      for (const [level, base] of [
        ['primary', 0.38],
        ['junior', 0.34],
      ] as const) {
        const value = (base + random.integer(0, 120) / 1000).toFixed(3);
        figures.add(county.id, publicationId, level, 'composite', value);
      }
    }
    tracks.add(
      ...[county.id, trackId, periodId, year, rules.standard, standing.state, dayOf(acts), acts + 1],
      ...[officerOfCity.name, moment(openedOn), moment(dayOf(acts), 30)],
    );
    // The present year lies around the day of loading, as its filings do; the ended ones keep their days.
    const days = termsOf(rules, year);
    const stage = days.findIndex(({ state }) => state === standing.state);
    for (const [at, { state, dueOn }] of days.entries()) {
      const near = addDays(today, (at - (stage < 0 ? days.length : stage)) * 25 + (standing.late ? -6 : 14));
      terms.add(county.id, trackId, state, year === 2025 ? near : dueOn);
    }
    const step = (
      action: string,
      [from, to]: readonly [string, string],
      by: { id: string; name: string; role: string },
      at: number,
      reason: string | null = null,
    ) =>
      steps.add(
        ...[county.id, ids.next(), 'balance-track', trackId, action, from, to, by.id, by.name, by.role],
        ...[moment(dayOf(at), at), reason, reason === null ? null : '{measures}'],
      );
    step('opened', ['opened', 'opened'], officerOfCity, 0);
    let from: TrackState = 'opened';
    for (const [at, [action, to, by]] of way.slice(0, acts).entries()) {
      step(action, [from, to], people[by], at + 1);
      from = to;
    }
    if (standing.report === 'returned') {
      step('prepare', [from, from], people.officer, 3);
      step('submit', [from, 'submitted'], people.director, 4);
      step('return', ['submitted', from], officerOfCity, 5, '措施请写明完成时间和责任单位');
    }
    if (standing.report !== 'none') {
      const stage = ['draft', 'prepared', 'submitted', 'accepted'].indexOf(standing.report);
      const returned = standing.report === 'returned';
      const decided = returned ? 'returned' : standing.report === 'accepted' ? 'accepted' : null;
      reports.add(
        ...[county.id, ids.next(), trackId, 1, '新建、改扩建校舍三处，补充计算机和图书，统筹教师交流。'],
        ...[standing.report === 'draft' ? '' : '综合差异系数在限值以内，达到基本均衡；个别指标差异偏大，已列入整改。'],
        publicationId,
        ...(stage >= 1 || returned ? [people.officer.name, moment(dayOf(3), 3)] : [null, null]),
        ...(stage >= 2 || returned ? [people.director.name, moment(dayOf(4), 4)] : [null, null]),
        ...(decided === null ? [null, null, null] : [decided, officerOfCity.name, moment(dayOf(5), 5)]),
      );
      for (const level of ['primary', 'junior'] as const) {
        causes.add(
          ...[
            county.id,
            ids.next(),
            trackId,
            level,
            'composite',
            '省级按事业统计年报口径计入教学点，本平台按标准不计入。',
          ],
          ...[people.officer.id, people.officer.name, moment(dayOf(2), 20)],
        );
      }
    }
    if (raised === null) return;
    issues.add(
      ...[county.id, raised.id, trackId, raised.source.key, 'indicator-over', 'primary', 'computers', raised.title],
      ...[raised.body, '0.684', '0.650', officerOfCity.name, dayOf(6)],
    );
  };

  for (const track of planned) add(track);
  for (const [turn, county] of counties.entries()) {
    const entered = [officerOfCity.id, officerOfCity.name] as const;
    if (turn === 2) {
      const ago = addDays(today, -200);
      plans.add(
        county.id,
        ids.next(),
        2030,
        '泉政〔2023〕6 号（示例）',
        '',
        ...entered,
        moment(ago),
        moment(addDays(today, -20)),
      );
    }
    if (turn % 5 !== 4) {
      const year = 2026 + (turn % 4);
      const reason = turn === 2 ? '校舍建设进度提前' : '';
      plans.add(
        county.id,
        ids.next(),
        year,
        '泉政〔2025〕2 号（示例）',
        reason,
        ...entered,
        moment(addDays(today, -20)),
        null,
      );
    }
  }
  return [publications, figures, tracks, terms, reports, causes, issues, steps, plans];
}
