import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { Questions } from '../kit/dialog/Questions.tsx';
import { mayLeavePages, onceQuestion, useLeaveGuard } from './useLeaveGuard.ts';

function Passwords() {
  const [kept, setKept] = useState(false);
  useLeaveGuard(kept ? null : onceQuestion('3 个临时密码'));
  return (
    <>
      <h1>账户已建立</h1>
      <button type="button" onClick={() => setKept(true)}>
        保存为文件
      </button>
    </>
  );
}

async function stage() {
  const root = createRootRoute({
    component: () => (
      <>
        <Link to={'/elsewhere' as string}>去别处</Link>
        <Link to={'/' as string} search={{ sort: 'name' } as never}>
          排序
        </Link>
        <Outlet />
        <Questions />
      </>
    ),
  });
  const router = createRouter({
    history: createMemoryHistory(),
    routeTree: root.addChildren([
      createRoute({ getParentRoute: () => root, path: '/', component: Passwords }),
      createRoute({ getParentRoute: () => root, path: '/elsewhere', component: () => <h1>别处</h1> }),
    ]),
  });
  const screen = await render(<RouterProvider router={router as never} />);
  return { screen, heading: screen.getByRole('heading', { level: 1 }) };
}

it('asks before what is shown only once is left, and stays where the person turns back', async () => {
  const { screen, heading } = await stage();
  await screen.getByRole('link', { name: '排序' }).click();
  expect(screen.getByRole('dialog').elements()).toEqual([]);
  await screen.getByRole('link', { name: '去别处' }).click();
  await expect.element(screen.getByText(/3 个临时密码还没有保存或抄下/)).toBeVisible();
  await screen.getByRole('button', { name: '取消' }).click();
  await expect.element(heading).toHaveTextContent('账户已建立');
  await screen.getByRole('link', { name: '去别处' }).click();
  await screen.getByRole('button', { name: '仍然离开' }).click();
  await expect.element(heading).toHaveTextContent('别处');
});

it('does not ask once it is kept', async () => {
  const { screen, heading } = await stage();
  await screen.getByRole('button', { name: '保存为文件' }).click();
  await screen.getByRole('link', { name: '去别处' }).click();
  await expect.element(heading).toHaveTextContent('别处');
});

it('is asked before a session ends, while the page can still do something', async () => {
  const { screen } = await stage();
  const stays = mayLeavePages();
  await screen.getByRole('button', { name: '取消' }).click();
  expect(await stays).toBe(false);
  const goes = mayLeavePages();
  await screen.getByRole('button', { name: '仍然离开' }).click();
  expect(await goes).toBe(true);
  await screen.getByRole('button', { name: '保存为文件' }).click();
  await expect.poll(mayLeavePages).toBe(true);
});
