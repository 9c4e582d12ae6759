import { foundByOf } from '#core/directory/initials.ts';
import {
  halfTitles,
  type InspectorKind,
  type InspectorState,
  inspectorStages,
  paperTitles,
} from '#domain/inspection/inspector.ts';
import { readInspectorRules } from '#domain/inspection/inspector-rules.shape.ts';
import { paperPart, papersDue } from '#domain/inspection/papers.ts';
import { termEnd } from '#domain/inspection/terms.ts';
import { type Generator, generator } from '#domain/kit/generator.ts';
import { readDefinition } from '#domain/kit/read-definition.shape.ts';
import { addDays, type Day, schoolYearName } from '#domain/kit/school-year.ts';
import type { CopyTable } from '#platform/db/copy.ts';
import rules from '../../../reference/inspection/inspector-rules.json' with { type: 'json' };
import told from '../../../reference/inspection/sample-register.json' with { type: 'json' };
import { momentOn } from '../calendar.ts';
import { Hanging } from '../files.ts';
import { sampleIds } from '../ids.ts';
import { lastVersion, type SampleCity, type SamplePerson, type SampleSchool, type SampleUnit } from '../model.ts';
import type { Laying } from '../part.ts';
import { nameMaker } from '../plan/names.ts';
import { Table } from '../table.ts';
import { sampleRegisterShape } from './register.shape.ts';

const words = readDefinition(sampleRegisterShape, told, '示例督学名册');
const known = readInspectorRules(rules);

/** A city with fewer schools than this is the small one. */
const wholeFrom = 1000;

/** An entry on its way into the tables. */
interface Entry {
  readonly place: SampleUnit;
  readonly kind: InspectorKind;
  readonly state: InspectorState;
}

const steps = ['recommend', 'review', 'confirm', 'publicise'] as const;
const reached = ['draft', 'recommended', 'reviewed', 'confirmed', 'publicised'] as const;

/** Rows of the register. */
export async function registerRows(city: SampleCity, { today, standing, files }: Laying): Promise<CopyTable[]> {
  const random = generator(`${city.seed} inspectors`);
  const ids = sampleIds(random.fork('ids'), '2019-09-01T08:00:00+08:00');
  const names = nameMaker(random.fork('names'));
  const tables = new RegisterTables();
  const hanging = new Hanging(city, files, 'inspectors');
  const entries = entriesOf(city, random.fork('entries'));
  const accounts = accountsOf(city, entries);
  const people = entries.map((_, at) => accounts.get(at)?.name ?? names.person());
  const sounds = await foundByOf(people);
  const openIn = openSchools(city);
  entries.forEach((entry, at) => {
    const draw = random.fork(`entry ${at}`);
    const account = accounts.get(at);
    addEntry(
      {
        ...{ ...entry, id: account?.inspectorId ?? ids.next(), name: people[at]!, sound: sounds[at]! },
        ...{ at, account: account?.id ?? null },
      },
      draw,
    );
  });
  return [...tables.all, hanging.table];

  function addEntry(
    entry: Entry & { id: string; name: string; sound: string; at: number; account: string | null },
    draw: Generator,
  ): void {
    const { place, kind, state, id, account } = entry;
    const age = draw.integer(32, 62);
    const schools = openIn(place.id);
    const school = draw.pick(schools);
    const served = state === 'serving' || state === 'ended';
    const retired = kind !== 'expert' && kind !== 'full-time' && age > 58;
    const work = workOf(entry, school, retired, draw);
    const terms = served ? termsOf(kind, state, today, draw) : [];
    const ended = state === 'ended' ? addDays(today, -draw.integer(10, 200)) : null;
    const entered = terms[0]?.from ?? addDays(today, -draw.integer(8, 25));
    const publicNoticeFrom = state === 'publicised' ? addDays(today, -9) : null;
    const officers = city.people.filter(({ unitId, schoolId }) => unitId === place.id && schoolId === null);
    const officer = officers.at(-1) ?? city.people[0]!;
    const [degree] = draw.pick([['bachelor'], ['bachelor'], ['bachelor'], ['master'], ['doctor']] as const);
    const stages = kind === 'expert' ? [] : [draw.pick(inspectorStages.slice(0, 4))];
    tables.inspectors.add(
      ...[place.id, id, account, kind, entry.name, draw.chance(0.45) ? 'female' : 'male'],
      ...[Number(today.slice(0, 4)) - age, work.written, work.unitId, work.schoolId, work.post, degree],
      ...[draw.pick(words.professionalTitles), Math.max(10, age - 23), stages],
      ...[kind === 'expert' ? draw.pick(words.fields) : draw.pick(words.subjects)],
      ...[served ? `示例督〔${terms.at(-1)!.from.slice(0, 4)}〕${String(entry.at + 1).padStart(4, '0')}` : null],
      ...[`0595-0003${String(entry.at).padStart(4, '0')}`, served ? '0595-00000000（示例）' : ''],
      ...[`${place.name}教育督导机构`, kind === 'expert' ? {} : statementsOf(state, draw)],
      ...[
        state,
        publicNoticeFrom,
        publicNoticeFrom === null ? null : addDays(today, -1),
        terms.at(-1)?.from ?? null,
        ended,
      ],
      ...[ended === null ? null : draw.pick(words.endReasons), served, officer.name],
      ...[momentOn(entered, entry.at, standing), momentOn(entered, entry.at, standing), entry.sound],
    );
    terms.forEach(({ from, to }, index) => {
      const end = index === terms.length - 1 ? ended : null;
      tables.terms.add(
        ...[
          place.id,
          id,
          ids.next(),
          account,
          from,
          to,
          `示例教督聘〔${from.slice(0, 4)}〕${draw.integer(1, 40)}号`,
          end,
        ],
      );
    });
    addBeside(entry, schools, draw);
    if (state === 'serving') addPapers(entry, terms.at(-1)!.from, officer, draw);
    if (!served) addSteps(entry, officers, entered);
  }

  function addBeside(
    { place, id, kind, account }: Entry & { id: string; account: string | null },
    schools: readonly SampleSchool[],
    draw: Generator,
  ): void {
    if (kind !== 'expert' && draw.chance(0.5)) {
      const before = draw.pick(schools);
      const left = addDays(today, -draw.integer(200, 3000));
      const held = [lastVersion(before).name, null, before.id, draw.pick(words.posts), addDays(left, -2000), left];
      tables.posts.add(...[place.id, id, ids.next(), account, 1], ...held);
    }
    if (!draw.chance(0.15)) return;
    const at = draw.pick(schools);
    const [relative, tie, post] = draw.pick([
      ['child', 'studies', ''],
      ['spouse', 'works', '教师'],
      ['other', 'heads', '校长'],
      ['self', 'conflict', ''],
    ] as const);
    const body = [lastVersion(at).name, null, at.id];
    const note = tie === 'conflict' ? '参与该校课题研究' : '';
    tables.relations.add(...[place.id, id, ids.next(), account, 1, relative, tie], ...body, ...[post, note, null]);
  }

  function addPapers(
    { place, id, kind, account, at }: Entry & { id: string; at: number; account: string | null },
    since: Day,
    officer: SamplePerson,
    draw: Generator,
  ): void {
    for (const { paper, schoolYear, half, dueOn } of papersDue(kind, known, today, since)) {
      if (dueOn >= today || draw.chance(0.06)) continue;
      const text = paper === 'plan' ? '本学期到校督导安排（示例）。' : '本学期督导情况和建议（示例）。';
      const handed = addDays(dueOn, -draw.integer(0, 12));
      tables.papers.add(
        ...[place.id, id, ids.next(), account, paper, schoolYear, half, dueOn, handed, text, officer.id, officer.name],
      );
      // Some hand in a sheet beside the words: whoever can sign in, and every tenth of the others.
      if (account === null && at % 10 !== 0) continue;
      const part = paperPart({ paper, schoolYear, half });
      const called = `${schoolYearName(schoolYear)}${halfTitles[half]}${paperTitles[paper]}`;
      hanging.add(
        { type: 'inspector', placeId: place.id, id, schoolId: null, part },
        ...([paper === 'plan' ? 'reportInWord' : 'reportInPdf', called, officer] as const),
        momentOn(handed, 20, standing),
      );
    }
  }

  /** What was signed so far, by the people of the place in turn; the city's officer gives the second review. */
  function addSteps(
    { place, id, state }: Entry & { id: string },
    officers: readonly SamplePerson[],
    entered: Day,
  ): void {
    const cityOfficer = city.people.find(({ role }) => role === 'city-officer')!;
    const writes = officers.find(({ role }) => role === 'county-officer') ?? cityOfficer;
    const reviews = officers.find(({ role }) => role === 'county-director') ?? cityOfficer;
    const hands = [writes, reviews, cityOfficer, reviews];
    const done = reached.indexOf(state as (typeof reached)[number]);
    tables.addStep(ids.next(), place.id, id, 'entered', 'draft', 'draft', writes, momentOn(entered, 1, standing));
    for (let index = 0; index < done; index += 1) {
      const at = momentOn(addDays(entered, index + 1), index + 2, standing);
      tables.addStep(ids.next(), place.id, id, steps[index]!, reached[index]!, reached[index + 1]!, hands[index]!, at);
    }
  }
}

/** Who is entered where: the shares of the kinds, some on their way in each county, some who left. */
function entriesOf(city: SampleCity, draw: Generator): Entry[] {
  const { city: ofCity, counties: ofCounties, experts } = city.schools.length < wholeFrom ? words.small : words.whole;
  const cityUnit = city.units.find(({ adminLevel }) => adminLevel === 'city')!;
  const counties = city.units.filter(({ adminLevel }) => adminLevel === 'county');
  const openIn = openSchools(city);
  const all = counties.reduce((sum, { id }) => sum + openIn(id).length, 0);
  const entries: Entry[] = [];
  const add = (place: SampleUnit, count: number) => {
    for (let at = 0; at < count; at += 1)
      entries.push({ place, kind: kindOf(draw), state: stateOf(at, count, place.id) });
  };
  add(cityUnit, ofCity);
  let left = ofCounties;
  counties.forEach((county, at) => {
    const rest = counties.length - at - 1;
    const count =
      rest === 0
        ? left
        : Math.min(left - 3 * rest, Math.max(3, Math.round((openIn(county.id).length / all) * ofCounties)));
    add(county, count);
    left -= count;
  });
  for (let at = 0; at < experts; at += 1) {
    entries.push({ place: cityUnit, kind: 'expert', state: at === experts - 1 ? 'draft' : 'serving' });
  }
  return entries;
}

function kindOf(draw: Generator): InspectorKind {
  const at = draw.integer(1, 100);
  const { 'full-time': fullTime, 'specially-invited': invited } = words.shares;
  if (at <= fullTime) return 'full-time';
  return at <= fullTime + invited ? 'specially-invited' : 'responsible';
}

/** The last of a place are on their way, one in each state where there are enough; one left. */
function stateOf(at: number, count: number, place: number): InspectorState {
  const behind = count - at - 1;
  // In the small city the places share the states.
  if (count < 8) return behind > 0 ? 'serving' : reached[1 + (place % 4)]!;
  if (behind < reached.length) return reached[behind]!;
  return behind === reached.length ? 'ended' : 'serving';
}

/** The terms of somebody at work: the present one began within the last three years, earlier ones follow one another. */
function termsOf(
  kind: InspectorKind,
  state: InspectorState,
  today: Day,
  draw: Generator,
): { from: Day; to: Day | null }[] {
  const from = addDays(today, -draw.integer(state === 'ended' ? 300 : 20, 1070));
  const present = { from, to: termEnd(kind, from, known) };
  if (present.to === null) return [present];
  const before = draw.pick([0, 0, 0, 1, 1, 2]);
  const earlier = Array.from({ length: before }, (_, index) => {
    const to = addDays(from, -1 - 1096 * index);
    return { from: addDays(to, -1095), to };
  });
  return [...earlier.reverse(), present];
}

function workOf({ place, kind }: Entry, school: SampleSchool, retired: boolean, draw: Generator) {
  const none = { unitId: null as number | null, schoolId: null as number | null };
  if (kind === 'expert') return { ...none, written: draw.pick(words.institutes), post: draw.pick(words.expertPosts) };
  if (kind === 'full-time') {
    return { ...none, unitId: place.id, written: place.name, post: draw.pick(words.officePosts) };
  }
  if (retired) return { ...none, written: '已退休', post: '' };
  return { ...none, written: lastVersion(school).name, schoolId: school.id, post: draw.pick(words.posts) };
}

function statementsOf(state: InspectorState, draw: Generator): Record<string, { met: boolean; basis: string }> {
  const isLacking = (key: string) => state === 'draft' && (key === 'assessment' || draw.chance(0.4));
  return Object.fromEntries(
    Object.entries(words.bases).flatMap(([key, basis]) => (isLacking(key) ? [] : [[key, { met: true, basis }]])),
  );
}

/**
 * The accounts of the sample that are an inspector's: of a county it belongs to its first responsible one at work, and those who
 * sit on panels of the city to the first ones of the city.
 */
function accountsOf(city: SampleCity, entries: readonly Entry[]): ReadonlyMap<number, SamplePerson> {
  const cityUnit = city.units.find(({ adminLevel }) => adminLevel === 'city')!;
  const ofCity = entries.flatMap(({ place, kind, state }, at) =>
    place.id === cityUnit.id && kind !== 'expert' && state === 'serving' ? [at] : [],
  );
  const sitting = city.people.filter(({ inspectorId }) => inspectorId !== null);
  return new Map([
    ...ofCity.slice(0, sitting.length).map((at, index) => [at, sitting[index]!] as const),
    ...city.people.flatMap((person) => {
      if (!person.username.startsWith('inspector-')) return [];
      const at = entries.findIndex(
        ({ place, kind, state }) => place.id === person.unitId && kind === 'responsible' && state === 'serving',
      );
      return at < 0 ? [] : [[at, person] as const];
    }),
  ]);
}

/** The open schools of a place: of the city those that lie in any of its counties. */
function openSchools(city: SampleCity): (placeId: number) => readonly SampleSchool[] {
  const byCounty = new Map<number, SampleSchool[]>();
  const open = city.schools.filter(({ status }) => status === 'open');
  for (const school of open) {
    const { countyId } = lastVersion(school);
    byCounty.set(countyId, [...(byCounty.get(countyId) ?? []), school]);
  }
  return (placeId) => byCounty.get(placeId) ?? open;
}

class RegisterTables {
  readonly inspectors = new Table(
    'inspectors',
    `place_id id person_id kind name sex birth_year employer employer_unit_id employer_school_id post degree professional_title \
education_years stages subjects certificate_number phone public_contact recommended_by statements state public_notice_from public_notice_to \
appointed_on ended_on reason imported entered_by_name entered_at updated_at also_found_by`,
    true,
  );
  readonly terms = new Table(
    'inspector_terms',
    'place_id inspector_id id person_id from_day to_day document_number ended_on',
    true,
  );
  readonly posts = new Table(
    'inspector_posts',
    'place_id inspector_id id person_id position employer employer_unit_id employer_school_id post from_day left_on',
    true,
  );
  readonly relations = new Table(
    'inspector_relations',
    'place_id inspector_id id person_id position relative tie employer employer_unit_id employer_school_id post note until_day',
    true,
  );
  readonly papers = new Table(
    'inspector_papers',
    'place_id inspector_id id person_id paper school_year half due_on handed_on body handed_by handed_by_name',
    true,
  );
  readonly steps = new Table(
    'steps',
    'place_id id subject_type subject_id school_id action from_state to_state actor_id actor_name actor_role at',
    true,
  );

  addStep(
    stepId: string,
    placeId: number,
    id: string,
    action: string,
    from: string,
    to: string,
    by: SamplePerson,
    at: Date,
  ): void {
    this.steps.add(placeId, stepId, 'inspector', id, null, action, from, to, by.id, by.name, by.role, at);
  }

  get all(): CopyTable[] {
    return [this.inspectors, this.terms, this.posts, this.relations, this.papers, this.steps];
  }
}
