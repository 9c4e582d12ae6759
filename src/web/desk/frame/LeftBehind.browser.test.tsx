import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { type ComponentProps, useCallback, useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import type { DraftDoor } from '#web/shared/desk/desk.ts';
import { type DraftDesk, draftsOf } from '#web/shared/drafts/useDrafts.ts';
import { toastStore } from '#web/shared/kit/feedback/toast.ts';
import { type Session, SessionProvider } from '#web/shared/session/session.tsx';
import { LeftBehind } from './LeftBehind.tsx';

const session = { person: { id: 'ann', name: '甲' }, post: null } as Partial<Session> as Session;
const sayings = () => toastStore.read().map(({ id, text }) => `${id} ${text}`);

/** Removed at its end, as on the desk. */
function Here({ onEnd, ...left }: ComponentProps<typeof LeftBehind>) {
  const [open, setOpen] = useState(true);
  const end = useCallback(
    (kind: string) => {
      onEnd(kind);
      setOpen(false);
    },
    [onEnd],
  );
  return open && <LeftBehind {...left} onEnd={end} />;
}

afterEach(() => localStorage.clear());

it('says once what has arrived, and is then over whatever is typed later', async () => {
  const cell = { value: 7, version: 1, sequence: 1, at: 1 };
  const copy = { 图书册数: cell, 计算机台数: { ...cell, refused: '不能保存。' } };
  localStorage.setItem('dudao.local.draft.left.ann.f1.earlier', JSON.stringify(copy));
  const desk = draftsOf<number>({
    kind: 'left',
    send: async (_subject, changes) => ({
      versions: Object.fromEntries(changes.map(({ part, version }) => [part, version + 1])),
      conflicts: [],
      show: async () => {},
    }),
  });
  const sender = desk.senderOf('ann', null);
  const door = { kind: 'left', link: () => ({ to: '/' }) } as Partial<DraftDoor> as DraftDoor;
  const end = vi.fn();
  const routeTree = createRootRoute({
    component: () => (
      <SessionProvider session={session}>
        <Here door={door} desk={desk as DraftDesk<unknown>} onEnd={end} />
      </SessionProvider>
    ),
  });
  const router = createRouter({ routeTree, history: createMemoryHistory() });
  const screen = await render(<RouterProvider router={router as never} />);
  await expect.element(screen.getByText('您上次填写的 1 项没有上传，等您处理。')).toBeVisible();
  await expect.poll(() => sender.read().confirmed.f1?.has('图书册数')).toBe(true);

  // The refused one is given up while the other, which has arrived, is being typed again.
  sender.type('f1', '图书册数', { text: '8', value: 8 }, 2);
  sender.discardRefused('f1');
  await expect.poll(() => end.mock.calls).toEqual([['left']]);
  expect(screen.getByRole('status').elements()).toEqual([]);
  const said = sayings();
  expect(said).toHaveLength(1);
  expect(said[0]).toContain('上次没有上传的 1 项已上传');
  // Later edits of the same parts are of this page.
  await sender.flush('f1');
  sender.edit('f1', [{ part: '计算机台数', value: 9, version: 1 }]);
  await sender.flush('f1');
  expect([end.mock.calls.length, sayings()]).toEqual([1, said]);
  expect(screen.getByRole('status').elements()).toEqual([]);
});
