import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { NoCard } from './InspectorPage.tsx';

it('whoever is in office without a card reads why, and an expert reads nothing of it', async () => {
  const screen = await render(<NoCard why="number" />);
  await expect.element(screen.getByText('还没有登记督学证号，请先在登记表中登记。')).toBeVisible();
  await screen.rerender(<NoCard why="term" />);
  await expect.element(screen.getByText('任期已满，没有督学证；请先续聘。')).toBeVisible();
  await screen.rerender(<NoCard why="kind" />);
  expect(screen.container.textContent).toBe('');
});
