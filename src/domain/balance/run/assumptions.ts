import { evaluateTruth } from '../../formula/formula.ts';
import { type CompulsoryLevel, compulsoryLevels } from '../../org/school-level.ts';
import { schoolType, schoolTypes } from '../../org/school-type.ts';
import type { SponsorWord } from '../../org/sponsor.ts';
import { hasLevel, membershipOf, pupilsField, stages } from '../school/membership.ts';
import { type BalanceSchool, readSchool } from '../school/school.ts';
import type { PreparedAssumption, PreparedClaim, PreparedStandard } from '../standard/prepared-standard.ts';
import type { LevelResult } from './result.ts';

type Claimed = PreparedClaim['membership'];
type MembersOf = (school: BalanceSchool, level: CompulsoryLevel) => Claimed | 'absent';

/** Whether what an assumption claims of a school is so at all levels of the school, at some, or at none. */
type Standing = 'whole' | 'part' | 'none';

/**
 * The sentences of a run about what the rules leave open, with the number of schools concerned. A sentence that claims
 * who is in the set counts only the schools for which the set agrees, and is left out where it agrees for none.
 * @param schools the schools of the run, each with its attached classes
 */
export function assumptionTexts(
  prepared: PreparedStandard,
  schools: readonly BalanceSchool[],
  levels: Readonly<Record<CompulsoryLevel, Pick<LevelResult, 'included' | 'excluded'>>>,
): string[] {
  const sets = compulsoryLevels.map((level) => {
    const codes = (list: ReadonlyArray<{ readonly code: string }>) => new Set(list.map(({ code }) => code));
    return [level, { included: codes(levels[level].included), excluded: codes(levels[level].excluded) }] as const;
  });
  const members: MembersOf = ({ code }, level) => {
    const [, { included, excluded }] = sets.find(([one]) => one === level)!;
    return included.has(code) ? 'included' : excluded.has(code) ? 'excluded' : 'absent';
  };
  const everyone = schools.map(readSchool);
  const broken = contradictedAssumptions(prepared);
  const added = supplementText(
    schools.filter((school) => compulsoryLevels.some((level) => members(school, level) === 'included')),
  );
  const standing = prepared.assumptions.flatMap((assumption, index) => {
    if (broken.has(index)) return [];
    const { text, concerns } = assumption;
    const concerned = schools.filter(
      (school) =>
        concerns !== null &&
        compulsoryLevels.some((level) => hasLevel(school, level)) &&
        evaluateTruth(concerns, { read: readSchool(school), schools: everyone }) === true,
    );
    const standings = new Map(
      schools.flatMap((school) => {
        const standing = standingOf(assumption, school, members);
        return standing === undefined ? [] : [[school, standing] as const];
      }),
    );
    const count = (wanted: Standing) => [...standings.values()].filter((standing) => standing === wanted).length;
    const [part, none] = [count('part'), count('none')];
    if (none > 0 && none === standings.size) return [];
    const agreeing = concerned.filter((school) => (standings.get(school) ?? 'whole') === 'whole');
    const opposite = assumption.claims[0]?.membership === 'excluded' ? '计入' : '不计入';
    const notes = [
      concerns !== null && `本次涉及 ${agreeing.length} 所`,
      part > 0 && `另 ${part} 所有一个学段${opposite}`,
      none > 0 && `另 ${none} 所按其他条件${opposite}`,
    ].filter((note) => note !== false);
    return [notes.length === 0 ? text : `${text}（${notes.join('；')}）`];
  });
  return [...standing, ...added];
}

/**
 * The schools of the set that were added to the frozen register of the year: a set that grew after its day is named, so
 * that nobody compares two runs without knowing it.
 */
function supplementText(members: readonly BalanceSchool[]): string[] {
  const added = members.flatMap(({ name, addedOn }) => (addedOn === undefined ? [] : [{ name, addedOn }]));
  if (added.length === 0) return [];
  const named = added
    .sort((one, other) => (one.addedOn < other.addedOn ? -1 : one.addedOn > other.addedOn ? 1 : 0))
    .map(({ name, addedOn }) => `${name}（${addedOn}）`);
  return [`学校名单固定后补入的学校计入：${named.join('、')}`];
}

/**
 * The places of the assumptions whose claims the exclusions of the same standard rule out, whatever a county's schools
 * are: a page that lists both would contradict itself. Found on made-up schools of every kind, sponsor and size.
 */
export function contradictedAssumptions(prepared: PreparedStandard): ReadonlySet<number> {
  const known = contradictions.get(prepared);
  if (known) return known;
  const members: MembersOf = (school, level) => {
    const { kind } = membershipOf(school, prepared.levels[level], [readSchool(school)]);
    return kind === 'undecided' ? 'included' : kind;
  };
  const found = new Set(
    prepared.assumptions.flatMap((assumption, index) => {
      if (assumption.claims.length === 0) return [];
      const standings = madeUpSchools().flatMap((school) => standingOf(assumption, school, members) ?? []);
      return standings.length > 0 && standings.every((standing) => standing === 'none') ? [index] : [];
    }),
  );
  contradictions.set(prepared, found);
  return found;
}

const contradictions = new WeakMap<PreparedStandard, ReadonlySet<number>>();

/** Undefined where the assumption claims nothing of this school. */
function standingOf({ claims }: PreparedAssumption, school: BalanceSchool, members: MembersOf): Standing | undefined {
  const read = readSchool(school);
  const agreed = claims.flatMap(({ membership, when }) =>
    when.flatMap(({ level, formula }) => {
      const found = members(school, level);
      // A school that "is in" is so by the levels of its kind; classes that are attached to it are another matter.
      const foreign = membership === 'included' && schoolType(school.type ?? '')?.levels.includes(level) === false;
      if (found === 'absent' || foreign) return [];
      return evaluateTruth(formula, { read, schools: [read] }) === true ? [found === membership] : [];
    }),
  );
  if (agreed.length === 0) return undefined;
  if (agreed.every((holds) => holds)) return 'whole';
  return agreed.some((holds) => holds) ? 'part' : 'none';
}

const sponsorWords: readonly SponsorWord[] = ['县', '市', '省', '民办', '其他'];
/** Below and above the 50 pupils of a 教学点, a usual school, and one so large that no rule is about its size. */
const sizes = [20, 60, 1000, 20_000];

/** One school of each 办学类型, 举办者 and size, with pupils at its own stages and, once more, at all of them. */
function madeUpSchools(): BalanceSchool[] {
  return [...schoolTypes.values()].flatMap(({ code: type, levels }) =>
    sponsorWords.flatMap((sponsor) =>
      sizes.flatMap((size) =>
        [levels, stages].map((at, attached): BalanceSchool => {
          const pupils = stages.filter((stage) => (at as readonly string[]).includes(stage));
          return {
            code: [type, sponsor, size, attached].join(' '),
            name: '',
            ...{ type, sponsor },
            values: Object.fromEntries(pupils.map((stage) => [pupilsField(stage), size])),
          };
        }),
      ),
    ),
  );
}
