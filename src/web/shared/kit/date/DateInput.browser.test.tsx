import { useState } from 'react';
import { describe, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { DateField } from '../../form/DateField.tsx';
import { Dialog } from '../dialog/Dialog.tsx';
import { daysOfMonth, monthLater, monthTitle } from './month.ts';

function Stage({ within }: { within?: 'dialog' }) {
  const [day, setDay] = useState('2026-09-30');
  const field = (
    <>
      <DateField label="截止日期" value={day} min="2026-09-10" onChange={setDay} />
      <output>{`所选：${day || '无'}`}</output>
    </>
  );
  return within ? (
    <Dialog open title="延期" onClose={() => undefined}>
      {field}
    </Dialog>
  ) : (
    field
  );
}

describe('a day', () => {
  it('is written as year, month and day in whatever spelling, and tidied when it is left', async () => {
    const screen = await render(<Stage />);
    const input = screen.getByLabelText('截止日期');
    await input.fill('2026年10月8日');
    await expect.element(screen.getByText('所选：2026-10-08')).toBeVisible();
    await userEvent.tab();
    await expect.element(input).toHaveValue('2026-10-08');
  });

  it('says what is wrong in Chinese, with the way out, once the field is left', async () => {
    const screen = await render(<Stage />);
    const input = screen.getByLabelText('截止日期');
    await input.fill('10/08/2026');
    await expect.element(screen.getByText('所选：无')).toBeVisible();
    await expect.element(input).not.toHaveAttribute('aria-invalid');
    await userEvent.tab();
    await expect
      .element(input)
      .toHaveAccessibleDescription('“10/08/2026”不是日期，请按“年-月-日”填写，如 2026-09-01。');
    await input.fill('2026-09-01');
    await userEvent.tab();
    await expect.element(input).toHaveAccessibleDescription('日期不能早于 2026-09-10，请改为这一天或以后。');
    await input.fill('2026-10-01');
    await userEvent.tab();
    await expect.element(input).not.toHaveAttribute('aria-invalid');
  });
});

describe('the calendar of a day', () => {
  it.each(['page', 'dialog'] as const)('speaks Chinese and is walked by keyboard: in a %s', async (where) => {
    const screen = await render(where === 'dialog' ? <Stage within="dialog" /> : <Stage />);
    const input = screen.getByLabelText('截止日期');
    (input.element() as HTMLElement).focus();
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    const month = screen.getByRole('table', { name: '2026 年 9 月' });
    await expect.element(month).toBeVisible();
    expect(
      month
        .getByRole('columnheader')
        .elements()
        .map((head) => head.textContent),
    ).toEqual([...'一二三四五六日']);
    await expect.element(month.getByRole('button', { name: '2026-09-09' })).toBeDisabled();
    await expect.element(month.getByRole('button', { name: '2026-09-30' })).toHaveFocus();
    await userEvent.keyboard('{ArrowRight}');
    const next = screen.getByRole('table', { name: '2026 年 10 月' });
    await expect.element(next.getByRole('button', { name: '2026-10-01' })).toHaveFocus();
    await userEvent.keyboard('{ArrowDown}');
    await expect.element(next.getByRole('button', { name: '2026-10-08' })).toHaveFocus();
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('所选：2026-10-08')).toBeVisible();
    await expect.element(input).toHaveFocus();
    expect(screen.getByRole('table').elements()).toEqual([]);
  });

  it('goes on by keyboard after a leap to a day that was not drawn, and to the ends of its week', async () => {
    const screen = await render(<Stage />);
    const input = screen.getByLabelText('截止日期');
    (input.element() as HTMLElement).focus();
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    const day = (name: string) => screen.getByRole('table').getByRole('button', { name });
    await expect.element(day('2026-09-30')).toHaveFocus();
    for (const [key, reached] of [
      ['PageDown', '2026-10-30'],
      ['PageDown', '2026-11-30'],
      ['PageUp', '2026-10-30'],
      ['ArrowDown', '2026-11-06'],
      ['Home', '2026-11-02'],
      ['End', '2026-11-08'],
    ] as const) {
      await userEvent.keyboard(`{${key}}`);
      await expect.element(day(reached)).toHaveFocus();
    }
    // A key right after another finds the day in the month that the first one led to.
    await userEvent.keyboard('{PageDown}{PageDown}{ArrowRight}');
    await expect.element(day('2027-01-09')).toHaveFocus();
    for (const _ of 'seven') await userEvent.keyboard('{PageUp}');
    await expect.element(day('2026-09-10')).toHaveFocus();
    await userEvent.keyboard('{ArrowUp}{PageDown}{PageDown}{PageDown}{PageDown}');
    await expect.element(day('2027-01-10')).toHaveFocus();
    await userEvent.keyboard('{ArrowLeft}');
    await userEvent.keyboard('{Enter}');
    await expect.element(screen.getByText('所选：2027-01-09')).toBeVisible();
    await expect.element(input).toHaveFocus();
  });

  it('closes with Esc and leaves the day as it was, and a mouse opens it too', async () => {
    const screen = await render(<Stage />);
    await screen.getByRole('button', { name: '日历' }).click();
    await expect.element(screen.getByRole('button', { name: '2026-09-30' })).toHaveFocus();
    await userEvent.keyboard('{Escape}');
    await expect.poll(() => screen.getByRole('table').elements()).toEqual([]);
    await expect.element(screen.getByText('所选：2026-09-30')).toBeVisible();
  });
});

describe('a month', () => {
  it('has its weeks from Monday to Sunday, and the day of a shorter month is its last', () => {
    expect(daysOfMonth('2026-09-15')[0]).toEqual(['2026-08-31', ...[1, 2, 3, 4, 5, 6].map((day) => `2026-09-0${day}`)]);
    expect(daysOfMonth('2026-02-10').flat().at(-1)).toBe('2026-03-01');
    expect(monthLater('2026-01-31', 1)).toBe('2026-02-28');
    expect(monthLater('2026-01-31', -1)).toBe('2025-12-31');
    expect(monthTitle('2026-09-15')).toBe('2026 年 9 月');
  });
});
