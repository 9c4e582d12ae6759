import { digestOf, digestOfBytes } from '#core/evidence/digest.ts';
import type { FindingSeverity } from '#domain/flow/finding.ts';
import { generator } from '#domain/kit/generator.ts';
import { addDays, type Day } from '#domain/kit/school-year.ts';
import type { FindingState } from '#domain/rectification/state.ts';
import { canonicalFrame, drawSample, drawSize, drawVersion } from '#domain/stats/draw/draw.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import { momentOn } from '../calendar.ts';
import { Hanging } from '../files.ts';
import { sampleIds } from '../ids.ts';
import { lastVersion, type SampleCity, type SamplePerson, type SampleRaised, type SampleSchool } from '../model.ts';
import type { Laying } from '../part.ts';
import { Table } from '../table.ts';

/** What is found in every county in the present year, by the turn of the county. */
const presentStates: readonly FindingState[] = [
  ...(['found', 'noticed', 'planned', 'done', 'checked', 'closed', 'reopened', 'cancelled'] as const),
  ...(['planned', 'planned', 'done', 'noticed', 'closed'] as const),
];

const texts = {
  facilities: ['图书生均册数不足', '生均图书低于规定，近三年没有补充', '补充图书并建立每年更新制度'],
  safety: ['消防通道堆放杂物', '教学楼疏散通道堆放桌椅，影响通行', '清理通道，划线并落实每日巡查'],
  staffing: ['音体美教师配备不足', '音乐、美术课由其他学科教师兼任', '统筹走教并纳入招聘计划'],
  duty: ['教育督导经费没有单列', '督导经费在日常公用经费中列支', '在下年度预算中单列督导经费'],
  balance: ['指标差异偏大', '差异系数超过预警线', '补充设备并统筹调配'],
} as const;

/** The order of the acts on the way to a state. */
const ways: Readonly<Record<FindingState, readonly [action: string, to: FindingState][]>> = {
  found: [],
  noticed: [['notice', 'noticed']],
  planned: [
    ['notice', 'noticed'],
    ['plan', 'planned'],
  ],
  done: [
    ['notice', 'noticed'],
    ['plan', 'planned'],
    ['report', 'done'],
  ],
  checked: [
    ['notice', 'noticed'],
    ['plan', 'planned'],
    ['report', 'done'],
    ['check', 'checked'],
  ],
  closed: [
    ['notice', 'noticed'],
    ['plan', 'planned'],
    ['report', 'done'],
    ['check', 'checked'],
    ['close', 'closed'],
  ],
  reopened: [
    ['notice', 'noticed'],
    ['plan', 'planned'],
    ['report', 'done'],
    ['reject', 'reopened'],
  ],
  cancelled: [
    ['notice', 'noticed'],
    ['cancel', 'cancelled'],
  ],
};

interface Planned {
  readonly placeId: number;
  readonly school: SampleSchool | null;
  readonly kind: keyof typeof texts;
  readonly state: FindingState;
  readonly severity: FindingSeverity;
  readonly foundOn: Day;
  readonly dueOn: Day;
  readonly year: number;
  readonly level: 'county' | 'city';
  readonly parentId?: string;
  readonly title?: string;
  readonly raised?: SampleRaised;
}

/** The rows of the ledger; the same city and day give the same rows. */
export function ledgerRows(city: SampleCity, { today, now, files }: Laying): CopyTable[] {
  const random = generator(`${city.seed} findings`);
  const ids = sampleIds(random.fork('ids'), '2023-09-01T08:00:00+08:00');
  const findings = new Table(
    'findings',
    `place_id id school_id about_school_id kind title body severity parent_id duty_type duty_unit_id opened_by_unit_id
opened_level managed_by school_year source_type source_id source_key source_label found_on due_on report noticed_on reported_on
checked_on closed_on state revision entered_by entered_by_name entered_at updated_at`.replaceAll('\n', ' '),
    true,
  );
  const measures = new Table(
    'finding_measures',
    'place_id finding_id id school_id position body responsible due_on done_on',
    true,
  );
  const steps = new Table(
    'steps',
    'place_id id subject_type subject_id school_id action from_state to_state actor_id actor_name actor_role at reason',
    true,
  );
  const extensions = new Table(
    'finding_extensions',
    'place_id finding_id id school_id until reason asked_by asked_by_name asked_at',
    true,
  );
  const escalations = new Table(
    'finding_escalations',
    'place_id finding_id because level school_id due_on raised_on raised_at',
    true,
  );
  const acknowledgements = new Table(
    'finding_acknowledgements',
    'place_id finding_id level school_id acknowledged_by acknowledged_by_name acknowledged_at',
    true,
  );
  const draws = new Table(
    'reproof_draws',
    'place_id id closed_from closed_to drawn_level seed frame_size frame_hash size algorithm drawn_by drawn_by_name drawn_at',
    true,
  );
  const reproofs = new Table('reproofs', 'place_id draw_id finding_id position', true);
  const hanging = new Hanging(city, files, 'findings');
  const cityUnit = city.units.find((unit) => unit.adminLevel === 'city')!;
  const personOf = (role: string, unitId: number) =>
    city.people.find((person) => person.role === role && person.unitId === unitId)!;
  const officerOfCity = personOf('city-officer', cityUnit.id);

  /** Adds a finding with the steps of its way, and returns its id. */
  const add = (given: Planned): string => {
    const { raised } = given;
    const id = raised?.id ?? ids.next();
    const [title, usualBody, usualMeasure] = texts[given.kind];
    const { body, measure } = raised ?? { body: usualBody, measure: usualMeasure };
    const schoolId = given.school?.id ?? null;
    const director = given.level === 'city' ? officerOfCity : personOf('county-director', given.placeId);
    const officer = given.level === 'city' ? officerOfCity : personOf('county-officer', given.placeId);
    const doer: Pick<SamplePerson, 'id' | 'name' | 'role'> =
      given.school === null
        ? personOf('county-officer', given.placeId)
        : (city.people.find((one) => one.schoolId === schoolId && one.role === 'school-head') ??
          personOf('county-director', given.placeId));
    const way = ways[given.state];
    const days = Math.max(1, Math.floor(20 / Math.max(1, way.length)));
    const dayOf = (at: number) => [addDays(given.foundOn, at * days), today].sort()[0]!;
    const on = (action: string) => {
      const at = way.findIndex(([one]) => one === action);
      return at < 0 || given.state === 'reopened' ? null : dayOf(at + 1);
    };
    const noticedOn = way.length === 0 ? null : dayOf(1);
    const report = way.some(([one]) => one === 'report') ? `已${measure}，经自查达到要求。` : '';
    const moment = (day: Day, minutes: number) => momentOn(day, minutes, now);
    findings.add(
      ...[
        given.placeId,
        id,
        schoolId,
        schoolId,
        given.kind,
        given.title ?? title,
        body,
        given.severity,
        given.parentId ?? null,
      ],
      ...[given.school === null ? 'unit' : 'school', given.school === null ? given.placeId : null],
      ...[given.level === 'city' ? cityUnit.id : given.placeId, given.level, 'county', given.year],
      ...(raised
        ? [raised.source.type, raised.source.id, raised.source.key, raised.source.label]
        : ['manual', id, '', '']),
      ...[
        given.foundOn,
        noticedOn === null ? null : given.dueOn,
        report,
        noticedOn,
        on('report'),
        on('check'),
        on('close'),
      ],
      ...[
        given.state,
        way.length + 1,
        officer.id,
        officer.name,
        moment(given.foundOn, 0),
        moment(dayOf(way.length), 60),
      ],
    );
    steps.add(
      ...[given.placeId, ids.next(), 'finding', id, schoolId, raised ? 'raised' : 'entered', 'found', 'found'],
      ...[officer.id, officer.name, officer.role, moment(given.foundOn, 0), raised?.source.label ?? null],
    );
    let from: FindingState = 'found';
    for (const [at, [action, to]] of way.entries()) {
      const actor =
        action === 'plan' || action === 'report'
          ? doer
          : action === 'check' || action === 'notice'
            ? officer
            : director;
      const reason =
        action === 'reject' ? '照片看不出整改前后对比' : action === 'cancel' ? '与上级下发的问题重复' : null;
      steps.add(
        ...[given.placeId, ids.next(), 'finding', id, schoolId, action, from, to],
        ...[actor.id, actor.name, actor.role, moment(dayOf(at + 1), at + 1), reason],
      );
      from = to;
    }
    if (way.some(([one]) => one === 'plan')) {
      measures.add(given.placeId, id, ids.next(), schoolId, 1, measure, doer.name, given.dueOn, on('report'));
    }
    const subject = { type: 'finding' as const, placeId: given.placeId, id, schoolId };
    const does = (action: string) => {
      const at = way.findIndex(([one]) => one === action);
      return at < 0 ? null : moment(dayOf(at + 1), at + 1);
    };
    const [plannedAt, reportedAt] = [does('plan'), does('report')];
    // Of past years only what was closed with a photo or a table; of the present year more.
    const isPresent = given.year === 2025;
    if (plannedAt !== null && given.kind === 'safety') {
      hanging.add(subject, 'corridorBefore', '整改前照片', doer, plannedAt);
    }
    if (reportedAt !== null) {
      if (given.kind === 'safety') hanging.add(subject, 'corridorAfter', '整改后照片', doer, reportedAt);
      if (given.kind === 'facilities') hanging.add(subject, 'equipment', '设备图书清单', doer, reportedAt);
      if (isPresent) hanging.add(subject, 'patrolRecord', '巡查记录', doer, reportedAt);
      if (isPresent) hanging.add(subject, 'corridorFilm', '现场录像', doer, reportedAt);
      if (isPresent) hanging.add(subject, 'reportInWord', '整改报告', doer, reportedAt);
    }
    return id;
  };

  const counties = city.units.filter((unit) => unit.adminLevel === 'county');
  for (const [turn, county] of counties.entries()) {
    const own = city.schools.filter((one) => {
      const version = lastVersion(one);
      return one.status === 'open' && version.countyId === county.id && version.managingUnitId === county.id;
    });
    const [first, second, third] = own;
    if (!first || !second || !third) continue;
    const usual = { placeId: county.id, severity: 'moderate' as const, level: 'county' as const };
    const closedBefore: string[] = [];
    for (const [year, kind, school] of [
      [2023, 'facilities', first],
      [2023, 'safety', second],
      [2024, 'safety', third],
      [2024, 'staffing', first],
    ] as const) {
      const foundOn = `${year}-11-${String(5 + random.integer(0, 15)).padStart(2, '0')}`;
      closedBefore.push(
        add({
          ...usual,
          school,
          kind,
          state: 'closed',
          year,
          foundOn,
          dueOn: addDays(foundOn, 40 + random.integer(0, 40)),
        }),
      );
    }
    const state = presentStates[turn % presentStates.length]!;
    const foundOn = addDays(today, -30 - random.integer(0, 6));
    // The same kind at the same school as two years before.
    const again = add({
      ...usual,
      school: second,
      kind: 'safety',
      state,
      year: 2025,
      foundOn,
      dueOn: addDays(today, 10 + turn),
      severity: 'serious',
    });
    add({
      ...usual,
      school: null,
      kind: 'duty',
      state: turn % 2 === 0 ? 'noticed' : 'planned',
      year: 2025,
      foundOn,
      dueOn: addDays(today, 20),
      level: 'city',
    });
    if (turn === 0) {
      for (const title of ['二楼东侧通道堆放杂物', '体育馆出口被器材遮挡']) {
        add({
          ...usual,
          school: second,
          kind: 'safety',
          state: 'found',
          year: 2025,
          foundOn,
          dueOn: addDays(today, 10),
          parentId: again,
          title,
        });
      }
      const days = { from: '2023-09-01', to: '2025-08-31' };
      const frame = canonicalFrame(closedBefore);
      const size = drawSize(frame.length, 10);
      const given = { algorithm: drawVersion, seed: 'sample', frameHash: digestOf(frame), size };
      const drawId = ids.next();
      const director = personOf('county-director', county.id);
      draws.add(
        ...[county.id, drawId, days.from, days.to, 'county', given.seed, frame.length, given.frameHash, given.size],
        ...[given.algorithm, director.id, director.name, momentOn(addDays(today, -3), 0, now)],
      );
      for (const [at, drawn] of drawSample(frame, given, digestOfBytes).entries())
        reproofs.add(county.id, drawId, drawn, at + 1);
    }
    if (turn === 1 || turn === 2) {
      const late = add({
        ...usual,
        school: third,
        kind: 'staffing',
        state: 'planned',
        year: 2025,
        foundOn: addDays(today, -60),
        dueOn: addDays(today, turn === 1 ? -20 : 5),
      });
      const head = personOf('county-officer', county.id);
      if (turn === 1) {
        for (const [at, level] of (['county', 'city'] as const).entries()) {
          const on = addDays(today, -19 + at * 14);
          escalations.add(county.id, late, 'overdue', level, third.id, addDays(today, -20), on, momentOn(on, 0, now));
        }
      } else {
        const [asked, reason] = [momentOn(addDays(today, -2), 0, now), '招聘须待下半年统一组织'];
        extensions.add(
          ...[county.id, late, ids.next(), third.id, addDays(today, 35), reason, head.id, head.name, asked],
        );
        steps.add(
          ...[county.id, ids.next(), 'finding', late, third.id, 'ask', 'planned', 'planned'],
          ...[head.id, head.name, head.role, asked, reason],
        );
      }
    }
    if (turn === 3 || turn === 4) {
      const danger = add({
        ...usual,
        school: first,
        kind: 'safety',
        state: 'noticed',
        year: 2025,
        foundOn: addDays(today, -4),
        dueOn: addDays(today, 3),
        severity: 'urgent',
        title: '围墙倾斜，有倒塌危险',
      });
      const on = addDays(today, -4);
      escalations.add(county.id, danger, 'urgent', 'county', first.id, null, on, momentOn(on, 5, now));
      const director = personOf('county-director', county.id);
      if (turn === 3) {
        acknowledgements.add(county.id, danger, 'county', first.id, director.id, director.name, momentOn(on, 9, now));
      } else escalations.add(county.id, danger, 'urgent', 'city', first.id, null, on, momentOn(on, 40, now));
    }
  }
  for (const raised of city.raised) {
    const foundOn = typeof raised.found === 'number' ? addDays(today, -raised.found) : raised.found;
    add({
      ...{ placeId: raised.placeId, kind: raised.kind, state: raised.state, severity: raised.severity },
      school: city.schools.find(({ id }) => id === raised.schoolId) ?? null,
      ...{
        foundOn,
        dueOn: addDays(foundOn, raised.dueIn),
        year: raised.year,
        level: 'city',
        title: raised.title,
        raised,
      },
    });
  }
  return [findings, measures, steps, extensions, escalations, acknowledgements, draws, reproofs, hanging.table];
}
