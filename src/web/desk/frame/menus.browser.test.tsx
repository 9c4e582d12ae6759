import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { describe, expect, it } from 'vitest';
import { page as tab } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { MenuGroup } from '../menu.ts';
import { BottomBar } from './BottomBar.tsx';
import { SideMenu } from './SideMenu.tsx';

const entry = (label: string, feature: string) => ({ label, to: `/${feature}`, features: [feature] });
/** The greatest number of entries that one post may have. */
const eight: readonly MenuGroup[] = [
  { title: null, entries: [entry('首页', 'home')] },
  { title: '督政', entries: [entry('年度计划', 'plans'), entry('整改台账', 'rectifications')] },
  { title: '督学', entries: [entry('入校督导', 'visits')] },
  { title: '监测', entries: [entry('均衡监测', 'balance'), entry('质量监测', 'monitoring')] },
  { title: '数据', entries: [entry('数据填报', 'filings'), entry('单位与学校', 'directory')] },
];
const [home, , inspection] = eight as [MenuGroup, MenuGroup, MenuGroup];

function draw(children: ReactNode) {
  const routeTree = createRootRoute({ component: () => children });
  const router = createRouter({ routeTree, history: createMemoryHistory() });
  return render(<RouterProvider router={router as never} />);
}

describe('the menu on an office screen', () => {
  it('names its groups, and lights the entry of the feature that is open', async () => {
    const screen = await draw(<SideMenu groups={eight} feature="monitoring" />);
    const monitoring = screen.getByRole('list', { name: '监测' });
    await expect.element(monitoring.getByRole('link', { name: '质量监测' })).toHaveAttribute('aria-current', 'page');
    await expect.element(monitoring.getByRole('link', { name: '均衡监测' })).not.toHaveAttribute('aria-current');
    expect(screen.getByRole('link').elements()).toHaveLength(8);
  });
});

const shared = {
  ...entry('单位与学校', 'directory'),
  features: ['directory', 'inspectors'],
  parts: [
    { label: '单位与学校', to: '/directory', feature: 'directory' },
    { label: '督学名册', to: '/inspectors', feature: 'inspectors' },
  ],
};
const sharing: readonly MenuGroup[] = [...eight.slice(0, 4), { title: '数据', entries: [shared] }];

describe('an entry that several pages share', () => {
  it('shows them below itself while one of them is open, and nothing else', async () => {
    const screen = await draw(<SideMenu groups={sharing} feature="inspectors" />);
    const parts = screen.getByRole('list', { name: '单位与学校' });
    await expect.element(parts.getByRole('link', { name: '督学名册' })).toHaveAttribute('aria-current', 'true');
    document.body.replaceChildren();
    const elsewhere = await draw(<SideMenu groups={sharing} feature="balance" />);
    expect(elsewhere.getByRole('list', { name: '单位与学校' }).elements()).toHaveLength(0);
  });

  it('names them on the sheet of a phone', async () => {
    await tab.viewport(390, 844);
    const screen = await draw(<BottomBar groups={sharing} feature="home" />);
    await screen.getByRole('button', { name: '更多' }).click();
    await expect.element(screen.getByRole('link', { name: '督学名册' })).toHaveAttribute('href', '/inspectors');
    await tab.viewport(1366, 768);
  });
});

describe('the menu on a phone', () => {
  it('has all entries in the bottom bar where there are few', async () => {
    await tab.viewport(390, 844);
    const screen = await draw(<BottomBar groups={[home, inspection]} feature="visits" />);
    await expect.element(screen.getByRole('link', { name: '入校督导' })).toHaveAttribute('aria-current', 'page');
    expect(screen.getByRole('button', { name: '更多' }).elements()).toHaveLength(0);
  });

  it('keeps the other entries in their groups on a sheet, and shows when the open one is among them', async () => {
    await tab.viewport(390, 844);
    const screen = await draw(<BottomBar groups={eight} feature="filings" />);
    const more = screen.getByRole('button', { name: '更多' });
    await expect.element(more).toHaveAttribute('data-current');
    expect(screen.getByRole('link').elements()).toHaveLength(3);
    await more.click();
    const data = screen.getByRole('region', { name: '数据' });
    await expect.element(data.getByRole('link', { name: '数据填报' })).toHaveAttribute('aria-current', 'page');
    // All of 督政 fits into the bottom bar, so the sheet has no heading for it.
    expect(screen.getByRole('region', { name: '督政' }).elements()).toHaveLength(0);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
  });
});
