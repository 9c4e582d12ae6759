import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { type Frame, FrameProvider } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import { deskWords } from '#web/shared/desk/registry.ts';
import { type Session, SessionProvider } from '#web/shared/session/session.tsx';
import Home from './Home.tsx';

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

const nothing = { work: [], handedOver: [], deadlines: [], notice: null, figures: [], next: null };
const someone = {
  person: { id: 'ann', name: '甲' },
  permissions: [],
  counties: [],
  unit: null,
  school: null,
  given: [],
};
const clerkPost = { grantId: 'own', standInId: null };

/** The home page of a person, with the rights that the server tells of them. */
async function open(session: object, rights: { grantors: object[]; managers: object[] }) {
  vi.stubGlobal('fetch', async (asked: Request | string | URL) => {
    const { pathname } = new URL(asked instanceof Request ? asked.url : String(asked), location.href);
    if (pathname === '/api/home/overview') return Response.json(nothing);
    if (pathname === '/api/session/rights') return Response.json({ ...rights, openers: [], assigned: true });
    return Response.json({ rows: [] });
  });
  await deskWords.load();
  const frame = { today: '2025-10-15', years: [], currentYear: 2025, waiting: 0, unread: 0 } as unknown as Frame;
  const routeTree = createRootRoute({
    component: () => (
      <QueryClientProvider client={queryClient}>
        <SessionProvider session={{ ...someone, ...session } as unknown as Session}>
          <FrameProvider frame={frame}>
            <Home />
          </FrameProvider>
        </SessionProvider>
      </QueryClientProvider>
    ),
  });
  const router = createRouter({ routeTree, history: createMemoryHistory() });
  return render(<RouterProvider router={router as never} />);
}

const roleless = { role: { key: 'none', name: '', level: 'none' }, post: null, posts: [] };
const administrators = { grantors: [{ name: '李安全', phone: '0595-22000000' }], managers: [] };

it('a person without a role reads who grants one, and nothing of work', async () => {
  const screen = await open(roleless, administrators);
  await expect.element(screen.getByText('您的账户还没有角色，暂时不能办理业务')).toBeVisible();
  await expect.element(screen.getByText('请联系安全管理员（李安全，0595-22000000）授予角色。')).toBeVisible();
  expect(screen.getByText('目前没有需要您处理的事项').elements()).toEqual([]);
});

it('while nobody grants roles, the person reads who admits the first who does', async () => {
  const screen = await open(roleless, { grantors: [], managers: [{ name: '陈系统', phone: null }] });
  await expect
    .element(screen.getByText('还没有安全管理员。请系统管理员（陈系统）先在首页给出安全管理员的链接。'))
    .toBeVisible();
});

it.each([
  [
    { id: 202, name: '示例第一小学' },
    '示例第二小学已于 2025-10-14 并入示例第一小学。不再填报新的数据；已填的数据仍可在“数据填报”中查看、打印和导出，接收学校也可查看。',
  ],
  [null, '示例第二小学已于 2025-10-14 撤销。不再填报新的数据；已填的数据仍可在“数据填报”中查看、打印和导出。'],
])('people of a school that ended read where it went: %j', async (into, sentence) => {
  const screen = await open(
    {
      ...{ role: { key: 'school-clerk', name: '学校填报员', level: 'school' }, post: clerkPost },
      posts: [
        { ...clerkPost, role: 'school-clerk', roleName: '学校填报员', placeName: '示例第二小学', principalName: null },
      ],
      school: { id: 201, name: '示例第二小学', ended: { day: '2025-10-14', into } },
    },
    administrators,
  );
  const band = screen.getByRole('region', { name: '本校已不在办' });
  await expect.element(band).toHaveTextContent(sentence);
});
