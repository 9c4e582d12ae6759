import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Campaign } from '../campaign-reply.ts';
import { CampaignActs } from './CampaignActs.tsx';

const campaign = {
  ...{ id: '01890000-0000-7000-8000-000000000001', kind: 'county-inspection', title: '对县督导', state: 'open' },
  ...{ revision: 4, subjects: 1, movable: 1, noticeLetterId: null },
  obstacles: [{ code: 'lack-1', sentence: '还有 1 个对象没有办结或取消：请先逐个办结，再结束项目。' }],
  can: { moveOn: true, extend: true, remind: true, close: true, cancel: true },
} as unknown as Campaign;
const session = sessionOf('city');

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

function draw(of: Campaign) {
  vi.stubGlobal('fetch', async () => Response.json({ rows: [], total: 0, lacks: [] }));
  return drawFramed('/', { session, frame: plainFrame }, <CampaignActs campaign={of} />);
}

it('what keeps a campaign from being closed is said by the button, and asks nothing', async () => {
  const screen = await draw(campaign);
  await screen.getByRole('button', { name: '结束项目' }).click();
  const dialog = screen.getByRole('dialog', { name: '还不能结束项目' });
  await expect.element(dialog.getByText(/还有 1 个对象没有办结或取消/)).toBeVisible();
});

it('moving on is the marked act while somebody stands where it moves, and quiet and said before where nobody does', async () => {
  const kindOf = (screen: Awaited<ReturnType<typeof draw>>) =>
    screen.getByRole('button', { name: '转入下一步' }).element().className;
  const marked = kindOf(await draw(campaign));
  document.body.replaceChildren();
  const screen = await draw({ ...campaign, movable: 0 });
  expect(kindOf(screen)).not.toBe(marked);
  await screen.getByRole('button', { name: '转入下一步' }).click();
  await expect.element(screen.getByText(/没有可以一起转入下一步的/)).toBeVisible();
});
