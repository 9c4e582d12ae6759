import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { handOnPassword } from '#web/shared/session/just-typed.ts';
import { SecondFactorEnrolment } from './SecondFactorEnrolment.tsx';

afterEach(() => vi.unstubAllGlobals());

const answer = { uri: 'otpauth://totp/x?secret=ABC', secret: 'ABC', backupCodes: ['one', 'two'] };

async function stage() {
  const sent: string[] = [];
  vi.stubGlobal('fetch', async (_: unknown, init: RequestInit) => {
    sent.push(String(init.body));
    return Response.json(answer);
  });
  const routeTree = createRootRoute({ component: () => <SecondFactorEnrolment onDone={() => {}} /> });
  const router = createRouter({ routeTree, history: createMemoryHistory() });
  return { sent, screen: await render(<RouterProvider router={router as never} />) };
}

it('begins with the QR code where the page before has just taken the password, and names apps', async () => {
  handOnPassword('Quanzhou-2025');
  const { sent, screen } = await stage();
  await expect.element(screen.getByRole('img', { name: '绑定动态验证码的二维码' })).toBeVisible();
  expect(sent).toEqual(['{"password":"Quanzhou-2025"}']);
  await expect.element(screen.getByText(/微软.*谷歌.*任何支持 TOTP 的应用/)).toBeVisible();
  const stored = JSON.stringify([{ ...localStorage }, { ...sessionStorage }, location.href]);
  expect(stored).not.toContain('Quanzhou');
  await screen.unmount();
});

it('asks for the password where none was just typed', async () => {
  const { sent, screen } = await stage();
  await expect.element(screen.getByLabelText('现在的密码', { exact: true })).toBeVisible();
  expect(sent).toEqual([]);
  await screen.unmount();
});
