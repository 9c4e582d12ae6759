import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Gantt, type GanttRow } from './Gantt.tsx';

const rows: readonly GanttRow[] = [
  { key: 'notice', title: '下发通知', from: '2026-12-01', to: '2026-12-07', tone: 'done' },
  { key: 'self', title: '县级自评', from: '2026-12-08', to: '2027-01-16', tone: 'late', extendedTo: '2027-01-26' },
  { key: 'review', title: '材料审核', from: '2027-01-17', to: '2027-02-05', tone: 'ahead' },
];

it('says of each step how it stands, and its days', async () => {
  const screen = await render(<Gantt label="时间安排" rows={rows} today="2027-01-20" />);
  const steps = screen.getByRole('listitem');
  await expect.element(steps.nth(0)).toHaveTextContent('下发通知，已完成');
  await expect.element(steps.nth(1)).toHaveTextContent('县级自评，逾期');
  await expect.element(steps.nth(1)).toHaveTextContent('有的延至 01-26');
  await expect.element(steps.nth(2)).toHaveTextContent('材料审核，未开始');
  expect(screen.getByRole('button').elements().length).toBe(0);
});

it('a step is chosen by a press, and arrows walk from one to the next', async () => {
  const open = vi.fn();
  const screen = await render(<Gantt label="时间安排" rows={rows} today="2027-01-20" open="self" onOpen={open} />);
  await expect.element(screen.getByRole('button', { name: /县级自评/ })).toHaveAttribute('aria-pressed', 'true');
  await screen.getByRole('button', { name: /下发通知/ }).click();
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await userEvent.keyboard('{ArrowDown}{Enter}');
  // Behind the last one there is nothing.
  await userEvent.keyboard('{ArrowDown}{ArrowUp}{Enter}');
  expect(open.mock.calls.map(([key]) => key)).toEqual(['notice', 'self', 'review', 'self']);
});

it('a narrow picture says how long each is, or its days where those are what is asked', async () => {
  const narrow = (brief?: 'days') => (
    <div style={{ width: 320 }}>
      <Gantt label="时间安排" rows={rows} today="2027-01-20" {...(brief ? { brief } : {})} />
    </div>
  );
  const screen = await render(narrow());
  await expect.element(screen.getByText('7 天', { exact: true })).toBeVisible();
  await screen.rerender(narrow('days'));
  await expect.element(screen.getByText('12-01 至 12-07', { exact: true })).toBeVisible();
});
