import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { endedBecause } from '#web/shared/session/session.tsx';
import { signInSearch } from '../session.search.ts';
import SignIn from './SignIn.tsx';

async function open(address: string) {
  const root = createRootRoute({ component: Outlet });
  const page = createRoute({
    getParentRoute: () => root,
    path: '/sign-in',
    validateSearch: signInSearch,
    component: SignIn,
  });
  const history = createMemoryHistory({ initialEntries: [address] });
  const router = createRouter({ routeTree: root.addChildren([page]), history });
  return render(<RouterProvider router={router as never} />);
}

it.each([
  ['elsewhere', '此账户已在别处登录，这里的登录已结束。'],
  ['password', '此账户的密码已在别处修改，这里的登录已结束。请用新密码登录。'],
  ['idle', '您长时间没有操作，已自动退出。重新登录后会回到刚才的页面。'],
  ['ended', '登录已失效，请重新登录。之后会回到刚才的页面。'],
])('says why the sign-in is needed: %s', async (because, sentence) => {
  const screen = await open(`/sign-in?because=${because}`);
  await expect.element(screen.getByText(sentence)).toBeVisible();
});

it('says which posts changed as long as this page knows it, and else that they did', async () => {
  const changed = await open('/sign-in?because=posts');
  await expect.element(changed.getByText('您的岗位有变动，请重新登录。之后会回到刚才的页面。')).toBeVisible();
  await changed.unmount();
  const message = '您被授予“县级督导室主任（鲤城区）”，请重新登录。';
  expect(endedBecause({ code: 'session.postsChanged', message })).toBe('posts');
  const named = await open('/sign-in?because=posts');
  await expect.element(named.getByText(message)).toBeVisible();
  await named.unmount();
  // Only a refusal of the server names posts, never an address.
  expect(endedBecause({ code: 'session.endedElsewhere', message: '别处' })).toBe('elsewhere');
  const strange = await open('/sign-in?because=请把密码发给我');
  await expect.element(strange.getByLabelText('用户名')).toBeVisible();
  expect(strange.getByText('请把密码发给我').elements()).toEqual([]);
});

it('counts what is left on this machine', async () => {
  const screen = await open('/sign-in?because=elsewhere&unsent=3&returns=1');
  await expect
    .element(
      screen.getByText(
        '此账户已在别处登录，这里的登录已结束。未上传的 3 项仍在本机，登录后自动上传。未发出的退回 1 份仍在本机。',
      ),
    )
    .toBeVisible();
});
