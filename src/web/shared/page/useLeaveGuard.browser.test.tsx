import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Link,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { z } from 'zod';
import { Form } from '../form/Form.tsx';
import { TextField } from '../form/fields.tsx';
import { useForm } from '../form/useForm.ts';
import { Questions } from '../kit/dialog/Questions.tsx';
import { mayLeavePages, onceQuestion, useFormGuard, useLeaveGuard } from './useLeaveGuard.ts';

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

const written = z.object({ name: z.string().min(1), note: z.string().nullable() });

function Entering() {
  const form = useForm(written, { name: '', note: null });
  useFormGuard(form, '登记表还没有保存');
  return (
    <Form verb="保存" busy={form.busy} onSubmit={form.submit(async (body) => form.reset(body))}>
      <h1>登记</h1>
      <TextField label="姓名" {...form.field('name')} />
    </Form>
  );
}

async function stage(component: () => ReactNode = Passwords) {
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
      createRoute({ getParentRoute: () => root, path: '/', component }),
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

it('asks before a form is left that was begun, and neither before nor after', async () => {
  const { screen, heading } = await stage(Entering);
  const name = screen.getByLabelText('姓名');
  await expect.element(name).toHaveValue('');
  expect(await mayLeavePages()).toBe(true);
  await name.fill('李');
  await screen.getByRole('link', { name: '去别处' }).click();
  await expect.element(screen.getByText('登记表还没有保存')).toBeVisible();
  await screen.getByRole('button', { name: '取消' }).click();
  await expect.element(name).toHaveValue('李');
  await screen.getByRole('button', { name: '保存' }).click();
  await expect.poll(mayLeavePages).toBe(true);
  await name.fill('李明');
  await name.fill('李');
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
