import { expect, it } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { TrackStrip } from './TrackStrip.tsx';

it('says the names and days of its steps on focus, on a tap and to a screen reader, and no more when it is left', async () => {
  await page.viewport(390, 844);
  const terms = [{ state: 'submitted', dueOn: '2026-05-31' }];
  const screen = await render(
    <>
      <TrackStrip name="永春县" state="submitted" standing="submitted" terms={terms} late />
      <button type="button">下一处</button>
    </>,
  );
  const strip = screen.getByRole('button', { name: '永春县：第 4 步，共 7 步，待复核，已逾期' });
  await expect
    .element(strip)
    .toHaveAccessibleDescription(/录入省公布数据，已办.*市级复核：2026-05-31 前，已逾期.*年度办结/s);
  const shown = () => [...document.querySelectorAll('[data-open] li')].map((item) => item.textContent);
  expect(shown()).toEqual([]);
  await userEvent.tab();
  await expect.poll(shown).toHaveLength(7);
  expect(shown()[3]).toBe('市级复核：2026-05-31 前，已逾期');
  const popup = document.querySelector('[data-open] ol')!.getBoundingClientRect();
  expect(popup.left).toBeGreaterThanOrEqual(0);
  expect(popup.right).toBeLessThanOrEqual(390);
  await userEvent.keyboard('{Escape}');
  await expect.poll(shown).toEqual([]);
  await strip.click();
  await expect.poll(shown).toHaveLength(7);
  await userEvent.tab();
  await expect.poll(shown).toEqual([]);
});
