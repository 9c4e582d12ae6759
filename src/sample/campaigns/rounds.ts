import { kindOf } from '#domain/evaluation/kind.ts';
import type { EvaluationKind, EvaluationState } from '#domain/evaluation/lists.ts';
import { generator } from '#domain/kit/generator.ts';
import { sampleIds } from '../ids.ts';
import {
  lastVersion,
  type SampleCity,
  type SampleMerit,
  type SamplePerson,
  type SampleRound,
  type SampleRoundSubject,
  type SampleSchool,
  type SampleSeat,
} from '../model.ts';

/** Where the four counties stand that are inspected this year: each at another step. */
const present: readonly (readonly [unitCode: string, state: EvaluationState])[] = [
  ['350502', 'selfEvaluation'],
  ['350503', 'materialReview'],
  ['350582', 'siteVisit'],
  ['350581', 'statement'],
];

/** How many schools stand where. */
const ofSchools: readonly (readonly [state: EvaluationState, schools: number])[] = [
  ['notice', 6],
  ['selfEvaluation', 20],
  ['countyReview', 12],
  ['materialReview', 10],
  ['siteVisit', 5],
  ['preliminaryOpinion', 3],
  ['statement', 2],
  ['rectification', 1],
  ['closed', 1],
];

/** The counties of the round about places that stand elsewhere than the others, or have more than the others. */
const keyPointStates: Readonly<Record<string, readonly [state: EvaluationState, merit: SampleMerit]>> = {
  350521: ['preliminaryOpinion', 'best'],
  350524: ['preliminaryOpinion', 'best'],
  350525: ['preliminaryOpinion', 'equal'],
  350526: ['preliminaryOpinion', 'equal'],
  350504: ['opinionLetter', 'plain'],
  350583: ['rectification', 'plain'],
  350505: ['closed', 'plain'],
};

const judgedTypes = ['211', '311', '312', '341', '342'];

/** The branches of the county framework, which the two from outside share. */
const halves = [
  ['A1', 'A2', 'A3', 'A4'],
  ['A5', 'A6', 'A7', 'A8'],
] as const;

/** The rounds of the city; the same city gives the same ids. */
export function sampleRounds(city: SampleCity): SampleRound[] {
  const ids = sampleIds(generator(`${city.seed} rounds`), '2024-01-08T08:00:00+08:00');
  const letters = sampleIds(generator(`${city.seed} notices of rounds`), '2024-01-08T09:00:00+08:00');
  const counties = city.units.filter(({ adminLevel }) => adminLevel === 'county');
  const person = (fits: (one: SamplePerson) => boolean) => {
    const found = city.people.find(fits);
    if (!found) throw new Error('the sample has nobody who could sit on a panel');
    return found;
  };
  const leader = person(({ role }) => role === 'city-officer');
  const section = person(({ role }) => role === 'section-officer');
  const colleague = person(({ further }) => further.some(({ role }) => role === 'section-officer'));
  const experts = city.people.filter(({ seat }) => seat !== null);
  const seat = (of: SamplePerson, part: SampleSeat['part'], nodes: readonly string[]): SampleSeat => ({
    ...{ id: of.seat !== null && part === 'expert' ? of.seat.id : ids.next(), person: of, part, nodes },
    scores: part !== 'leader',
  });
  const inside = () => [seat(leader, 'leader', ['*']), seat(section, 'member', ['*'])];
  const rulesOf = (kind: EvaluationKind) => {
    const { reviewersPerLeaf, blind, tolerance, combine } = kindOf(kind).panel;
    return { reviewersPerLeaf, blind, tolerance, combine };
  };
  const ofCounty = (unitCode: string, state: EvaluationState): SampleRoundSubject => {
    const { id, name } = counties.find((one) => one.unitCode === unitCode)!;
    return { id: ids.next(), placeId: id, schoolId: null, name, state };
  };

  const earlier: SampleRound = {
    ...{ id: ids.next(), kind: 'county-inspection', framework: 'county-inspection-sample', partner: null },
    title: '2023 年对县督导（示例）',
    ...{ assessmentYear: 2023, decisionYear: 2024, start: '2024-01-22', isClosed: true, earlierId: null },
    noticeLetterId: letters.next(),
    rules: rulesOf('county-inspection'),
    subjects: counties.map(({ unitCode }) => ofCounty(unitCode, 'closed')),
    seats: [...inside(), seat(colleague, 'member', ['*'])],
  };
  const current: SampleRound = {
    ...{ id: ids.next(), kind: 'county-inspection', framework: 'county-inspection-sample', partner: null },
    title: '2025 年对县督导（示例）',
    ...{ assessmentYear: 2025, decisionYear: null, start: 70, isClosed: false, earlierId: earlier.id },
    noticeLetterId: letters.next(),
    rules: rulesOf('county-inspection'),
    subjects: present.map(([unitCode, state]) => ofCounty(unitCode, state)),
    seats: [...inside(), ...experts.map((one, at) => seat(one, 'expert', halves[at] ?? ['*']))],
  };
  const schools: SampleRound = {
    ...{ id: ids.next(), kind: 'school-evaluation', framework: 'quality-school-sample', partner: null },
    title: '2025 年素质教育先进学校督导评估（示例）',
    ...{ assessmentYear: 2025, decisionYear: null, start: 50, isClosed: false, earlierId: null },
    noticeLetterId: letters.next(),
    rules: rulesOf('school-evaluation'),
    subjects: judgedSchools(city).map(({ school, state }) => {
      const { name, countyId } = lastVersion(school);
      return { id: ids.next(), placeId: countyId, schoolId: school.id, name, state };
    }),
    seats: inside(),
  };
  const ofPoints = rulesOf('school-evaluation');
  const keyPoints: SampleRound = {
    ...{ id: ids.next(), kind: 'county-inspection', framework: 'county-key-points' },
    partner: city.lowerUnits.find(({ id }) => id === section.sectionId) ?? null,
    title: '2025 年对县督导重点工作督查（示例）',
    ...{ assessmentYear: 2025, decisionYear: null, start: 95, isClosed: false, earlierId: earlier.id },
    noticeLetterId: letters.next(),
    // One scores in the open: what is told here is the round, not the panel.
    rules: ofPoints,
    subjects: counties.map(({ unitCode }) => {
      const [state, merit] = keyPointStates[unitCode] ?? (['preliminaryOpinion', 'plain'] as const);
      return { ...ofCounty(unitCode, state), merit };
    }),
    seats: [...inside(), { ...seat(colleague, 'member', ['*']), scores: false }],
  };
  return [earlier, current, schools, keyPoints];
}

/** Schools of every county in turn, those with accounts first: whoever signs in there finds the own evaluation. */
function judgedSchools(city: SampleCity): { school: SampleSchool; state: EvaluationState }[] {
  const withAccounts = new Set(city.people.flatMap(({ schoolId }) => schoolId ?? []));
  const open = city.schools.filter((school) => {
    const { schoolType, managingUnitId, countyId } = lastVersion(school);
    return school.status === 'open' && judgedTypes.includes(schoolType) && managingUnitId === countyId;
  });
  const seen = new Map<number, number>();
  const turned = open
    .map((school) => {
      const { countyId } = lastVersion(school);
      const turn = seen.get(countyId) ?? 0;
      seen.set(countyId, turn + 1);
      return { school, turn: withAccounts.has(school.id) ? -1 : turn };
    })
    .sort((one, other) => one.turn - other.turn || one.school.id - other.school.id);
  const states = ofSchools.flatMap(([state, count]) => Array.from({ length: count }, () => state));
  // Among the first, who have accounts, each state comes early.
  const mixed = states.map((_, at) => states[(at * 7) % states.length]!);
  return turned.slice(0, mixed.length).map(({ school }, at) => ({ school, state: mixed[at]! }));
}
