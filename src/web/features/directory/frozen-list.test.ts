import { expect, it } from 'vitest';
import { frozenSentence, frozenYear } from './frozen-list.ts';

const of = (schoolYear: number, state: 'open' | 'closed', opensOn: string) => ({ schoolYear, state, opensOn }) as const;

it('takes the latest list that is fixed and still collected', () => {
  const periods = [of(2023, 'open', '2023-10-01'), of(2024, 'open', '2024-10-01'), of(2025, 'open', '2025-10-01')];
  expect(frozenYear(periods, '2025-11-01')?.schoolYear).toBe(2025);
  expect(frozenYear(periods, '2025-09-30')?.schoolYear).toBe(2024);
  expect(frozenYear([of(2025, 'closed', '2025-10-01')], '2025-11-01')).toBeUndefined();
  expect(frozenSentence(of(2025, 'open', '2025-10-01'), '这所学校')).toMatch(
    /2025.*应报名单已固定，这所学校从下一学年起填报；本学年就要填报的，由市级督导干部在“填报周期”补入。$/,
  );
});
