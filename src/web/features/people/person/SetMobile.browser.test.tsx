import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed } from '#test/support/browser/framed.tsx';
import type { Frame } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import { Questions } from '#web/shared/kit/dialog/Questions.tsx';
import type { Session } from '#web/shared/session/session.tsx';
import type { PersonDetail } from '../people.words.ts';
import { PersonActs } from './PersonActs.tsx';
import { SetMobile } from './SetMobile.tsx';

const frame = { years: [], currentYear: null, today: '2026-11-30' } as unknown as Frame;
const session = { person: { id: 'ann', name: '甲' }, post: null } as unknown as Session;
const person = {
  ...{ id: '01890000-0000-7000-8000-000000000001', name: '林老师', mobile: null, mobileAsked: '138****0001' },
  ...{ posts: [], status: 'active' },
  can: {
    ...{ setMobile: true, update: false, resetPassword: false, propose: false, endSessions: false },
    ...{ removeSecondFactor: false, disable: false },
  },
} as unknown as PersonDetail;

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

const draw = (of: React.ReactElement) =>
  drawFramed(
    '/',
    { session, frame },
    <QueryClientProvider client={queryClient}>
      {of}
      <Questions />
    </QueryClientProvider>,
  );

it('a number is taken off only once it was asked', async () => {
  const sent: string[] = [];
  vi.stubGlobal('fetch', async (_address: string, init: RequestInit) => {
    sent.push(String(init.body));
    return Response.json({ revision: 2 });
  });
  const close = vi.fn();
  const screen = await draw(<SetMobile person={person} onClose={close} />);
  await screen.getByRole('button', { name: '去掉手机号' }).click();
  const question = screen.getByRole('dialog', { name: '去掉林老师的手机号？' });
  await expect.element(question).toHaveTextContent('本人登记的号码不再等待核对');
  expect(sent).toEqual([]);
  await question.getByRole('button', { name: '去掉手机号' }).click();
  await expect.poll(() => sent).toEqual(['{"mobile":null}']);
  await expect.poll(() => close.mock.calls.length).toBe(1);
});

it('a number that waits to be looked at is in sight and not in the menu', async () => {
  const acts = { onOpen: vi.fn(), onHanded: vi.fn(), onCode: vi.fn() };
  const screen = await draw(<PersonActs person={person} {...acts} />);
  await screen.getByRole('button', { name: '核对手机号' }).click();
  expect(acts.onOpen).toHaveBeenCalledWith('mobile');
  expect(screen.getByRole('button', { name: '更多操作' }).elements()).toEqual([]);
});

it('where none waits a number is looked at from the menu', async () => {
  const acts = { onOpen: vi.fn(), onHanded: vi.fn(), onCode: vi.fn() };
  const screen = await draw(<PersonActs person={{ ...person, mobileAsked: null }} {...acts} />);
  await expect.element(screen.getByRole('button', { name: '更多操作' })).toBeVisible();
  expect(screen.getByRole('button', { name: '核对手机号' }).elements()).toEqual([]);
});
