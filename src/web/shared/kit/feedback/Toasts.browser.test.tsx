import axe from 'axe-core';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
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
