/** The grade that one person (or unit) got in one year. */
export interface YearGrade {
  readonly person: string;
  readonly year: number;
  readonly grade: string;
}

/**
 * For how many years in a row each person got a grade, up to the latest year in which anybody was judged. The count is bound
 * to the person and not to the post: whoever changes the post takes his years along (湖南省县级党政主要领导干部教育工作实绩督导考核, 2004: two
 * years 优秀 are commended, two failing years give a yellow card, three are 不称职). A year without a result ends the row.
 * @param results in any order; of several in one year (two posts) all must have the grade
 * @returns the number of years by person; those with none are left out
 */
export function consecutiveYears(results: readonly YearGrade[], grade: string): ReadonlyMap<string, number> {
  const latest = results.reduce((last, { year }) => Math.max(last, year), Number.NEGATIVE_INFINITY);
  const byPerson = new Map<string, Map<number, boolean>>();
  for (const { person, year, grade: given } of results) {
    const years = byPerson.get(person) ?? new Map<number, boolean>();
    byPerson.set(person, years);
    years.set(year, given === grade && (years.get(year) ?? true));
  }
  const counts = [...byPerson].map(([person, years]) => {
    let count = 0;
    while (years.get(latest - count) === true) count += 1;
    return [person, count] as const;
  });
  return new Map(counts.filter(([, count]) => count > 0));
}
