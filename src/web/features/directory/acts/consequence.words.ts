import type { z } from 'zod';
import type { schoolConsequences } from '#contract/directory/changes.ts';
import { schoolYearName } from '#domain/kit/school-year.ts';
import type { Ownership } from '#domain/org/ownership.ts';
import { ownershipNames } from '#domain/org/ownership.ts';
import { managingLevelTitles } from '#domain/org/school-facts.ts';
import { formatNumber } from '#web/shared/words/format.ts';

export type Concerned = z.output<typeof schoolConsequences.output>['schools'][number];

/** What the act is about to do. */
export interface Planned {
  /** The schools that end by it; the school of the act itself where it closes. */
  readonly ending: readonly number[];
  /** Whether the schools end by going into another. */
  readonly merging?: boolean | undefined;
  /** The code that goes on after a merger. */
  readonly keptCode?: string | undefined;
}

const namesOf = (schools: readonly { readonly name: string }[]) => schools.map(({ name }) => `“${name}”`).join('、');

/** The consequences in sentences: what ends, which filings leave the count, what is computed again, who loses a school. */
export function consequenceSentences(schools: readonly Concerned[], { ending, merging, keptCode }: Planned): string[] {
  const ended = schools.filter(({ id }) => ending.includes(id));
  const going = schools.filter(({ id }) => !ending.includes(id));
  if (ended.length === 0) return lasting(going);
  const codes = schools.flatMap(({ id, code }) =>
    code !== null && code !== keptCode && (ending.includes(id) || keptCode !== undefined) ? [code] : [],
  );
  return [
    `${namesOf(ended)}不再是在办学校${codes.length > 0 ? `；标识码 ${codes.join('、')} 作废，不再分配` : ''}。`,
    ...filingSentences(ended),
    accountSentence(ended),
    ...findingSentences(ended, merging),
    ...(merging ? returnSentences(ended, keptCode) : []),
  ];
}

/** A merger can be taken back, except by a school whose code goes on with another. */
function returnSentences(ended: readonly Concerned[], keptCode: string | undefined): string[] {
  const staying = ended.filter(({ code }) => code !== null && code === keptCode);
  const returning = ended.filter((school) => !staying.includes(school));
  return [
    ...(returning.length > 0 ? [`以后可以撤回合并：在${namesOf(returning)}的学校页面办理。`] : []),
    ...(staying.length > 0 ? [`${namesOf(staying)}的标识码由合并后的学校沿用，不能撤回合并。`] : []),
  ];
}

function filingSentences(ended: readonly Concerned[]): string[] {
  const filings = ended.flatMap((school) => school.filings);
  if (filings.length === 0) return ['没有正在进行的填报，各学年的应报名单和均衡测算不变。'];
  const leaving = filings.filter(({ kept }) => !kept);
  const kept = filings.filter((filing) => filing.kept);
  const again = [...new Set(leaving.map((one) => `${one.countyName} ${schoolYearName(one.schoolYear)}`))];
  return [
    ...(leaving.length > 0
      ? [
          `${leaving.length} 份未批准的填报不再办理，退出应报名单，不计入${pupilWords(leaving)}；已填的数据仍可查看。`,
          `重新测算：${again.join('、')}。`,
        ]
      : ['没有填报退出应报名单，均衡测算不变。']),
    ...(kept.length > 0 ? [`${kept.length} 份批准过的填报仍然计入${pupilWords(kept)}。`] : []),
  ];
}

function pupilWords(filings: ReadonlyArray<{ readonly pupils: number | null }>): string {
  const known = filings.flatMap(({ pupils }) => pupils ?? []);
  const sum = known.reduce((total, pupils) => total + pupils, 0);
  const unknown = filings.length - known.length;
  const words = [
    ...(known.length > 0 ? [`在校生 ${formatNumber(sum)} 人`] : []),
    ...(unknown > 0 ? [`${unknown} 份未填在校生数`] : []),
  ];
  return `（${words.join('，')}）`;
}

function accountSentence(ended: readonly Concerned[]): string {
  const accounts = ended.flatMap((school) => school.accounts);
  if (accounts.length === 0) return '没有账户在这些学校任职。';
  const named = accounts.slice(0, 6).map(({ name, roleName }) => `${name}（${roleName}）`);
  const more = accounts.length > named.length ? '等' : '';
  return `${accounts.length} 个岗位失去在办学校，此后只能查看：${named.join('、')}${more}。`;
}

/** What is open in the ledger is not closed with its school: who puts it right from then on. */
function findingSentences(ended: readonly Concerned[], merging: boolean | undefined): string[] {
  const open = ended.flatMap(({ name, findings }) => (findings === null ? [] : [{ name, ...findings }]));
  if (open.length === 0) return ['台账中没有查到未办结的整改问题。'];
  return open.map(({ name, open: count, titles, managedBy }) => {
    const named = titles.length === 0 ? '' : `（${titles.join('、')}${titles.length < count ? '等' : ''}）`;
    const then = merging
      ? '由合并后的学校接着整改'
      : `不随学校销号，转由${managingLevelTitles[managedBy]}督导机构办理，或移交其他责任主体`;
    return `“${name}”有 ${count} 个没有办结的整改问题${named}，${then}。`;
  });
}

/** Where no school ends: the lists of the open years are fixed. */
function lasting(schools: readonly Concerned[]): string[] {
  const years = [...new Set(schools.flatMap(({ filings }) => filings.map(({ schoolYear }) => schoolYear)))];
  const accounts = schools.flatMap((school) => school.accounts).length;
  return [
    years.length > 0
      ? `${years.map((year) => schoolYearName(year)).join('、')}的名单已经固定：填报、审核单位和均衡测算不变，自下一个学年起按变更后的情况。`
      : '没有正在进行的填报；自下一个学年起按变更后的情况。',
    accounts > 0 ? `本校 ${accounts} 个岗位不变。` : '没有账户在本校任职。',
  ];
}

/** A change of 办别 that has to be confirmed: between public and private nobody slips. */
export function ownershipQuestion(
  school: { readonly name: string; readonly ownership: Ownership },
  to: Ownership,
  how: string,
): string[] {
  if (school.ownership === to) return [];
  return [`已核实：“${school.name}”是${ownershipNames[school.ownership]}学校，${how}按${ownershipNames[to]}计`];
}
