import { useSyncExternalStore } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { notePostLost } from '../session/post.ts';
import { DraftKeep } from './draft-keep.ts';
import { type DraftAnswer, type DraftPost, realClock } from './draft-post.ts';
import { DraftSender } from './draft-sender.ts';
import { SavingState } from './SavingState.tsx';

/** A server that confirms, is unreachable, or refuses. */
function stage() {
  const post = {
    send: vi.fn<DraftPost<number>['send']>(
      async (_subject, changes): Promise<DraftAnswer<number>> => ({
        versions: Object.fromEntries(changes.map((change) => [change.part, change.version + 1])),
        conflicts: [],
        show: async () => {},
      }),
    ),
    refusalOf: (error: unknown) => error as { message: string; temporary: boolean; kind: string },
    leftAlone: () => {},
  };
  const sender = new DraftSender<number>(
    post,
    new DraftKeep<number>(localStorage, 'test', 'person', 'tab'),
    realClock,
    null,
  );
  return { post, sender, keys: () => Object.keys(localStorage).filter((key) => key.includes('draft.test')) };
}

function Shown({ sender, subjectId }: { sender: DraftSender<number>; subjectId?: string }) {
  const drafts = useSyncExternalStore(sender.subscribe, sender.read);
  return <SavingState of={{ sender, drafts }} {...(subjectId === undefined ? {} : { subjectId })} />;
}

afterEach(() => localStorage.clear());

describe('how saving stands', () => {
  it('shows sending, then saved; the copy in this browser is then removed', async () => {
    const { sender, keys } = stage();
    const screen = await render(<Shown sender={sender} />);
    const state = screen.getByRole('status');
    await expect.element(state).toHaveTextContent('改动自动保存');
    sender.edit('s1', [
      { part: 'a', value: 1, version: 0 },
      { part: 'b', value: 2, version: 0 },
    ]);
    await expect.element(state).toHaveTextContent('↑ 正在保存 2 项');
    expect(keys().length).toBe(1);
    await expect.element(state).toHaveTextContent(/^✓ 已保存 \d\d:\d\d$/);
    expect(keys()).toEqual([]);
    sender.close();
  });

  it('says that nothing is lost while the server is away, and tries at once when it is asked to', async () => {
    const { sender, post, keys } = stage();
    post.send.mockRejectedValueOnce({ message: '连接不上服务器。', temporary: true, kind: 'fault' });
    const screen = await render(<Shown sender={sender} />);
    sender.edit('s1', [{ part: 'a', value: 1, version: 0 }]);
    await expect.element(screen.getByText(/1 项已存在本机，尚未上传。连接不上服务器。/)).toBeVisible();
    expect(keys().length).toBe(1);
    await screen.getByRole('button', { name: '立即上传' }).click();
    await expect.element(screen.getByText(/^✓ 已保存/)).toBeVisible();
    expect(post.send).toHaveBeenCalledTimes(2);
    sender.close();
  });

  it('names the refused changes of its own subject only, and drops them or sends them again', async () => {
    const { sender, post } = stage();
    post.send.mockRejectedValue({ message: '这一格已锁定。', temporary: false, kind: 'conflict' });
    const screen = await render(<Shown sender={sender} subjectId="s1" />);
    sender.edit('s2', [{ part: 'z', value: 1, version: 0 }]);
    sender.edit('s1', [{ part: 'a', value: 1, version: 0 }]);
    await expect.element(screen.getByText('! 1 项未能保存：这一格已锁定。')).toBeVisible();
    post.send.mockClear();
    await screen.getByRole('button', { name: '再次保存' }).click();
    await expect.poll(() => post.send.mock.calls.map(([subject]) => subject)).toEqual(['s1']);
    await screen.getByRole('button', { name: '放弃这些修改' }).click();
    await expect.poll(() => screen.getByText(/未能保存/).elements().length).toBe(0);
    expect(Object.keys(sender.read().draft.subjects)).toEqual(['s2']);
    sender.close();
  });

  it('tells a conflict with another person from one with an own other window', async () => {
    const { sender, post } = stage();
    const conflict = { part: 'a', theirs: 2, version: 1, by: '王某', at: null, sentence: '' };
    const answer = (own: boolean) => ({ versions: {}, conflicts: [{ ...conflict, own }], show: async () => {} });
    post.send.mockResolvedValueOnce(answer(true));
    const screen = await render(<Shown sender={sender} />);
    sender.edit('s1', [{ part: 'a', value: 1, version: 0 }]);
    await expect.element(screen.getByText('⇄ 1 项您在另一个窗口也改了，待您选择')).toBeVisible();
    post.send.mockResolvedValueOnce({ ...answer(false), conflicts: [{ ...conflict, part: 'b' }] });
    sender.edit('s1', [{ part: 'b', value: 1, version: 0 }]);
    await expect.element(screen.getByText('⇄ 2 项与他人同时修改，待您选择')).toBeVisible();
    sender.close();
  });

  // The last of this file: the post of a page is lost until the page is loaded again.
  it('offers no upload in a post that was taken away, because it cannot succeed', async () => {
    const { sender, post } = stage();
    post.send.mockRejectedValue({ message: '您已切换岗位。', temporary: true, kind: 'conflict' });
    const screen = await render(<Shown sender={sender} />);
    sender.edit('s1', [{ part: 'a', value: 1, version: 0 }]);
    await expect.element(screen.getByRole('button', { name: '立即上传' })).toBeVisible();
    notePostLost();
    await expect.element(screen.getByRole('status')).toHaveTextContent('请先在页面上方选择岗位。');
    expect(screen.getByRole('button', { name: '立即上传' }).elements()).toEqual([]);
    sender.close();
  });
});
