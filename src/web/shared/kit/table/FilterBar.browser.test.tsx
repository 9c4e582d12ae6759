import { afterEach, expect, it, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { FilterBar, FilterSearch, FilterSelect, FilterToggle } from './FilterBar.tsx';

const none = () => undefined;
const options = [{ value: 'a', label: '甲' }];

function Filters({ onClear }: { onClear?: () => void }) {
  return (
    <FilterBar onClear={onClear}>
      <FilterSelect label="状态" value={undefined} options={options} onChange={none} />
      <FilterSearch label="查找" value={undefined} onChange={none} />
      <FilterSearch label="地址" value={undefined} onChange={none} />
      <FilterToggle label="有疑点" value={undefined} onChange={none} />
    </FilterBar>
  );
}

afterEach(() => page.viewport(1440, 900));

it('shows the first search and one button on a phone, and the rest behind it', async () => {
  await page.viewport(390, 844);
  const screen = await render(<Filters />);
  await expect.element(screen.getByLabelText('查找')).toBeVisible();
  for (const label of ['状态', '地址', '有疑点']) await expect.element(screen.getByLabelText(label)).not.toBeVisible();
  const button = screen.getByRole('button', { name: '筛选' });
  await expect.element(button).toHaveAttribute('aria-expanded', 'false');
  await button.click();
  for (const label of ['状态', '地址', '有疑点']) await expect.element(screen.getByLabelText(label)).toBeVisible();
  await screen.getByRole('button', { name: '收起筛选' }).click();
  await expect.element(screen.getByLabelText('状态')).not.toBeVisible();
});

it('says on the button that a filter is set, and clears it without unfolding', async () => {
  await page.viewport(390, 844);
  const clear = vi.fn();
  const screen = await render(<Filters onClear={clear} />);
  await expect.element(screen.getByRole('button', { name: '筛选（已设条件）' })).toBeVisible();
  await screen.getByRole('button', { name: '清除筛选' }).click();
  expect(clear).toHaveBeenCalledTimes(1);
});

it('shows every filter on a desk, and no button', async () => {
  await page.viewport(1440, 900);
  const screen = await render(<Filters />);
  for (const label of ['查找', '状态', '地址', '有疑点'])
    await expect.element(screen.getByLabelText(label)).toBeVisible();
  expect(screen.getByRole('button').elements()).toEqual([]);
});
