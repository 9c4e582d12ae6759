import { schoolYearName } from '#domain/kit/school-year.ts';
import { type DeskContext, useDeskContext } from '#web/shared/address/context.tsx';

type Period = DeskContext['years'][number];

/** The latest year whose list of schools is fixed and still collected; undefined: none. */
export function frozenYear(periods: readonly Period[], today: string): Period | undefined {
  const open = periods.filter(({ state, opensOn }) => state === 'open' && opensOn <= today);
  return open.sort((one, other) => other.schoolYear - one.schoolYear)[0];
}

/** `2025–2026 学年的应报名单已固定，…从下一学年起填报；…`: said of a school that comes after the list was fixed. */
export function frozenSentence({ schoolYear }: Period, who: string): string {
  return `${schoolYearName(schoolYear)}的应报名单已固定，${who}从下一学年起填报；本学年就要填报的，由市级督导干部在“填报周期”补入。`;
}

/** The year of the fixed list; a school opened after its day is not in it. */
export function useFrozenYear(): Period | undefined {
  const { today, years } = useDeskContext();
  return frozenYear(years, today);
}
