import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { Toasts } from '#web/shared/kit/feedback/Toasts.tsx';
import { type Session, SessionProvider } from '#web/shared/session/session.tsx';
import { LentPosts } from './StandInNotes.tsx';

const own = { grantId: 'own', standInId: null };
const lent = { grantId: 'lent', standInId: 'arrangement' };
const session = {
  post: own,
  posts: [
    { ...own, role: 'county-officer', roleName: '县级督导干部', placeName: '鲤城区', principalName: null, until: null },
    {
      ...{ ...lent, role: 'county-director', roleName: '县级督导室主任', placeName: '鲤城区' },
      ...{ principalName: '王小明', until: '2025-10-20' },
    },
  ],
} as Partial<Session> as Session;

afterEach(() => vi.unstubAllGlobals());

it('leads to the post of a colleague, and says why where the switch is refused', async () => {
  const refusal = { code: 'access.postChanged', message: '这个岗位已不再由您担任。', kind: 'refusal' };
  vi.stubGlobal('fetch', async () => Response.json(refusal, { status: 403 }));
  const screen = await render(
    <SessionProvider session={session}>
      <LentPosts />
      <Toasts />
    </SessionProvider>,
  );
  await expect.element(screen.getByText('您代王小明办理县级督导室主任的事项')).toBeVisible();
  await screen.getByRole('button', { name: '切换到此岗位' }).click();
  await expect.element(screen.getByText(refusal.message)).toBeVisible();
});
