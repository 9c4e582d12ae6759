import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import type { Field } from '../filing-cell.ts';
import { YearBars } from './YearBars.tsx';
import { yearsOf } from './years-of.ts';

const field = { key: '图书册数', name: '图书册数', type: 'integer', unit: '册' } as unknown as Field;
const approved = (schoolYear: number, value: number | string | null) => ({
  ...{ schoolYear, values: { 图书册数: value } },
});

describe('the last years of a field in a small line', () => {
  const draw = (now: number | string | null, past: Parameters<typeof yearsOf>[3]) =>
    render(<YearBars field={field} years={yearsOf(2025, '图书册数', now, past)} />);
  const heights = (container: Element) =>
    [...container.querySelectorAll('rect')].map((bar) => Math.round(Number(bar.getAttribute('height'))));

  it('are three bars, the oldest on the left, in proportion to the highest, and are read aloud', async () => {
    const past = [approved(2024, 3000), approved(2023, 1500), approved(2022, 9000)];
    const screen = await draw(6000, past);
    await expect
      .element(screen.getByRole('img'))
      .toHaveAccessibleName('2023 学年 1,500，2024 学年 3,000，2025 学年 6,000');
    expect(heights(screen.container)).toEqual([5, 9, 18]);
  });

  it('leave out a year without a value: it is not zero', async () => {
    const screen = await draw(6000, [approved(2024, null), approved(2023, 1500)]);
    await expect.element(screen.getByRole('img')).toHaveAccessibleName('2023 学年 1,500，2025 学年 6,000');
    expect(heights(screen.container)).toEqual([5, 18]);
  });

  it.each([
    ['one year alone', 6000, []],
    ['texts', '有', [approved(2024, '有')]],
    ['nothing but zeros', 0, [approved(2024, 0)]],
  ])('are not drawn of %s', async (_what, now, past) => {
    const screen = await draw(now, past);
    expect(screen.container.querySelector('svg')).toBeNull();
  });
});
