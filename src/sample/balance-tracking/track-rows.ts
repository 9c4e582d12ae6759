import type { Difference } from '#domain/balance-tracking/difference.ts';
import { termsFrom } from '#domain/balance-tracking/rules.shape.ts';
import type { TrackState } from '#domain/balance-tracking/state.ts';
import { generator } from '#domain/kit/generator.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import { compulsoryLevels, schoolLevelNames } from '#domain/org/school-level.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import { momentOn, samplePeriods } from '../calendar.ts';
import { sampleIds } from '../ids.ts';
import type { SampleCity, SampleRun } from '../model.ts';
import type { Laying } from '../part.ts';
import { Table } from '../table.ts';
import { otherEdition, publishedLevels, type SampleCause, sampleDifferences } from './track-figures.ts';
import { type PlannedTrack, trackingRules } from './track-plan.ts';

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

const cancelReason = '上级调整了布置时间，重新启动';

/** Why the figures differ, as a person of the county wrote it. */
const causeTexts: Readonly<Partial<Record<SampleCause, string>>> = {
  schools: '省级名单少两所学校：两校本学年由其他县划入，省级按上年隶属统计。',
  edition: '省级按监测口径合并教学点后计算，本平台按督导评估口径逐校计算。',
  unexplained: '省级取数在本县补报之前，有学校的计算机台数未更新，已向省级反映。',
};

const isOver = ({ compositeCv, compositeLimit }: SampleRun['levels']['primary']) =>
  compositeCv !== null && compositeLimit !== null && compositeCv > compositeLimit;

/** What the county says of its own run. */
function conclusionOf({ levels }: SampleRun): string {
  const parts = compulsoryLevels.flatMap((level) => {
    const { compositeCv, compositeLimit } = levels[level];
    if (compositeCv === null) return [];
    const side = isOver(levels[level]) ? '超过' : '不超过';
    return [`${schoolLevelNames[level]}综合差异系数 ${compositeCv.toFixed(3)}，${side}限值 ${compositeLimit}`];
  });
  return `${parts.join('；')}。${compulsoryLevels.some((level) => isOver(levels[level])) ? '尚未达到基本均衡要求，已制定整改计划。' : '达到基本均衡要求。'}`;
}

/** The rows of tracking; the same city and day give the same rows. */
export function trackRows(city: SampleCity, planned: readonly PlannedTrack[], { today, now }: Laying): CopyTable[] {
  const rules = trackingRules;
  const ids = sampleIds(generator(`${city.seed} tracking`).fork('ids'), '2023-10-01T08:00:00+08:00');
  const publications = new Table(
    'province_publications',
    'place_id id period_id standard_key edition document_number published_on source entered_by entered_by_name entered_at',
    true,
  );
  const figures = new Table(
    'province_publication_figures',
    'place_id publication_id period_id level indicator value',
    true,
  );
  const listed = new Table(
    'province_publication_schools',
    'place_id publication_id period_id id level code name',
    true,
  );
  const tracks = new Table(
    'balance_tracks',
    'place_id id period_id school_year standard_key state since revision reason opened_by_name opened_at updated_at',
    true,
  );
  const terms = new Table('balance_track_terms', 'place_id track_id period_id state due_on', true);
  const reports = new Table(
    'balance_track_reports',
    `place_id id track_id period_id round measures conclusion publication_id prepared_by_name prepared_at submitted_by_name
submitted_at decision decided_by_name decided_at`.replaceAll('\n', ' '),
    true,
  );
  const frozen = new Table(
    'balance_track_report_figures',
    'place_id report_id period_id level indicator ours published difference kind cause',
    true,
  );
  const causes = new Table(
    'balance_track_causes',
    'place_id id track_id period_id level indicator body written_by written_by_name written_at',
    true,
  );
  const issues = new Table(
    'balance_track_issues',
    'place_id id track_id period_id key rule level indicator about_school_id title body figure line listed_by_name listed_on',
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
  const add = (track: PlannedTrack) => {
    const { county, year, standing, trackId, issues: found } = track;
    const openedOn = typeof standing.opened === 'number' ? addDays(today, -standing.opened) : standing.opened;
    const people = {
      city: officerOfCity,
      director: personOf('county-director', county.id),
      officer: personOf('county-officer', county.id),
    };
    const periodId = samplePeriods(today).find((period) => period.year === year)!.id;
    const dayOf = (at: number): Day => [addDays(openedOn, at * 3), today].sort()[0]!;
    const publicationId = ids.next();
    const isCancelled = standing.state === 'cancelled';
    const acts =
      actsTo[standing.state] + (standing.report === 'prepared' ? 1 : 0) + (standing.report === 'returned' ? 3 : 0);
    if (standing.cause !== 'none') {
      publications.add(
        ...[county.id, publicationId, periodId, rules.standard, standing.cause === 'edition' ? otherEdition : ''],
        ...[`闽教督〔${year}〕9 号（示例）`, dayOf(1), `示例数据：附件第 ${county.id} 行`],
        ...[officerOfCity.id, officerOfCity.name, moment(dayOf(1))],
      );
      const published = publishedLevels(track);
      for (const level of compulsoryLevels) {
        const { figures: printed, schools, members } = published[level];
        for (const [indicator, value] of printed)
          figures.add(county.id, publicationId, periodId, level, indicator, value);
        if (schools !== null) figures.add(county.id, publicationId, periodId, level, 'schools', String(schools));
        for (const { code, name } of members)
          listed.add(county.id, publicationId, periodId, ids.next(), level, code, name);
      }
    }
    const since = isCancelled ? dayOf(1) : dayOf(acts);
    tracks.add(
      ...[county.id, trackId, periodId, year, rules.standard, standing.state, since, acts + (isCancelled ? 2 : 1)],
      ...[isCancelled ? cancelReason : null, officerOfCity.name, moment(openedOn), moment(since, 30)],
    );
    for (const { state, dueOn } of termsFrom(rules, year, openedOn))
      terms.add(county.id, trackId, periodId, state, dueOn);
    const step = (
      action: string,
      [from, to]: readonly [string, string],
      by: { id: string; name: string; role: string },
      at: number,
      reason: string | null = null,
      parts: string | null = null,
    ) =>
      steps.add(
        ...[county.id, ids.next(), 'balance-track', trackId, action, from, to, by.id, by.name, by.role],
        ...[moment(dayOf(at), at), reason, parts],
      );
    step('opened', ['opened', 'opened'], officerOfCity, 0);
    if (isCancelled) return step('cancel', ['opened', 'cancelled'], officerOfCity, 1, cancelReason);
    let from: TrackState = 'opened';
    for (const [at, [action, to, by]] of way.slice(0, actsTo[standing.state]).entries()) {
      step(action, [from, to], people[by], at + 1);
      from = to;
    }
    if (standing.report === 'prepared') step('prepare', [from, from], people.officer, 3);
    if (standing.report === 'returned') {
      step('prepare', [from, from], people.officer, 3);
      step('submit', [from, 'submitted'], people.director, 4);
      step('return', ['submitted', from], officerOfCity, 5, '措施请写明完成时间和责任单位', '{measures}');
    }
    if (standing.report !== 'none') addReport(track, { publicationId, periodId }, dayOf);
    for (const one of found) {
      issues.add(
        ...[
          county.id,
          one.raised.id,
          trackId,
          periodId,
          one.key,
          one.rule,
          one.level,
          one.indicator,
          one.schoolId,
          one.title,
        ],
        ...[one.body, one.figure, one.line, officerOfCity.name, dayOf(6)],
      );
    }
  };

  /** The self-report with the causes that somebody wrote; one that was passed on has its figures frozen. */
  function addReport(
    track: PlannedTrack,
    { publicationId, periodId }: { readonly publicationId: string; readonly periodId: number },
    dayOf: (at: number) => Day,
  ): void {
    const { county, standing, trackId, run } = track;
    const [director, officer] = [personOf('county-director', county.id), personOf('county-officer', county.id)];
    const stage = ['draft', 'prepared', 'submitted', 'accepted'].indexOf(standing.report);
    const returned = standing.report === 'returned';
    const decided = returned ? 'returned' : standing.report === 'accepted' ? 'accepted' : null;
    const reportId = ids.next();
    reports.add(
      ...[county.id, reportId, trackId, periodId, 1, '新建、改扩建校舍三处，补充计算机和图书，统筹教师交流。'],
      ...[standing.report === 'draft' ? '' : conclusionOf(run), publicationId],
      ...(stage >= 1 || returned ? [officer.name, moment(dayOf(3), 3)] : [null, null]),
      ...(stage >= 2 || returned ? [director.name, moment(dayOf(4), 4)] : [null, null]),
      ...(decided === null ? [null, null, null] : [decided, officerOfCity.name, moment(dayOf(5), 5)]),
    );
    const cause = causeTexts[standing.cause];
    const isCaused = ({ kind }: Difference) => kind !== 'missing' && kind !== 'rounding' && cause !== undefined;
    for (const one of sampleDifferences(track)) {
      const { level, indicator } = one;
      if (isCaused(one)) {
        causes.add(
          ...[county.id, ids.next(), trackId, periodId, level, indicator, cause!],
          ...[officer.id, officer.name, moment(dayOf(2), 20)],
        );
      }
      if (stage < 1 && !returned) continue;
      frozen.add(
        ...[county.id, reportId, periodId, level, indicator, one.ours, one.published, one.difference, one.kind],
        isCaused(one) ? cause! : '',
      );
    }
  }

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
  return [publications, figures, listed, tracks, terms, reports, frozen, causes, issues, steps, plans];
}
