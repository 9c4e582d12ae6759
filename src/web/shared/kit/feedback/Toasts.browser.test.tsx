import axe from 'axe-core';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { ProblemError } from '../../call/problem.ts';
import { Toasts } from './Toasts.tsx';
import { toast, toastStore } from './toast.ts';

function Stage() {
  const [drawn, setDrawn] = useState(0);
  return (
    <main>
      <h1>页面</h1>
      <label>
        备注 <input />
      </label>
      <button type="button" onClick={() => setDrawn(drawn + 1)}>
        重绘 {drawn}
      </button>
      <Toasts key="frame" />
    </main>
  );
}

afterEach(() => {
  vi.useRealTimers();
  for (const { id } of toastStore.read()) toast.close(id);
});

it('offers to undo by a button and by a key, which stays with whoever types', async () => {
  const screen = await render(<Stage />);
  const undo = vi.fn();
  toast.undo('已批准：第一小学', undo);
  const button = screen.getByRole('button', { name: '撤销' });
  await expect.element(button).toBeVisible();
  await expect.element(button).toHaveAttribute('aria-keyshortcuts', 'Control+Z');
  expect((await axe.run(screen.container)).violations.map(({ id }) => id)).toEqual([]);

  await screen.getByRole('textbox').click();
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(undo).not.toHaveBeenCalled();
  await screen.getByRole('button', { name: /重绘/ }).click();
  await expect.element(button).toBeVisible();
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(undo).toHaveBeenCalledOnce();
  await expect.poll(() => toastStore.read()).toEqual([]);
  await userEvent.keyboard('{Control>}z{/Control}');
  expect(undo).toHaveBeenCalledOnce();
});

it('offers to undo for ten seconds, and says other things for five', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const screen = await render(<Stage />);
  toast.undo('已批准：第一小学', vi.fn());
  toast.say('已保存');
  await expect.element(screen.getByText('已保存')).toBeVisible();
  const shown = () => toastStore.read().map(({ text }) => text);
  vi.advanceTimersByTime(5_000);
  await expect.poll(shown).toEqual(['已批准：第一小学']);
  vi.advanceTimersByTime(4_000);
  await expect.element(screen.getByRole('button', { name: '撤销' })).toBeVisible();
  vi.advanceTimersByTime(1_100);
  await expect.poll(shown).toEqual([]);
});

it('keeps the focus at its button when another message comes, and waits for whoever has come there', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  const screen = await render(<Stage />);
  const undo = vi.fn();
  toast.undo('已退回：第一小学', undo);
  const button = screen.getByRole('button', { name: '撤销' });
  await expect.element(button).toBeVisible();
  await screen.getByRole('button', { name: /重绘/ }).click();
  await userEvent.keyboard('{Tab}');
  await expect.element(button).toHaveFocus();
  toast.say('另一条消息');
  await expect.element(screen.getByText('另一条消息')).toBeVisible();
  await expect.element(button).toHaveFocus();
  vi.advanceTimersByTime(60_000);
  await expect.element(button).toBeVisible();
  await userEvent.keyboard('{Enter}');
  expect(undo).toHaveBeenCalledOnce();
});

it('a refusal says no number, and a fault the beginning of its own', async () => {
  const screen = await render(<Stage />);
  const reference = '3f2b8c1e-9d7a-4e55-8f00-1234567890ab';
  toast.problem(new ProblemError({ code: 'flow.notInState', kind: 'conflict', message: '不能办理。', reference }, 409));
  toast.problem(new ProblemError({ code: 'server.fault', kind: 'fault', message: '系统出错。', reference }, 500));
  await expect.element(screen.getByText('编号 3f2b8c1e', { exact: true })).toBeVisible();
  expect(screen.getByText(/编号/).elements()).toHaveLength(1);
});
