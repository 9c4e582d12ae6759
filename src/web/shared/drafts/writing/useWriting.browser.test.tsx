import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { keysUnder, writingPrefix } from '#web/shared/session/local-copies.ts';
import { type Session, SessionProvider } from '#web/shared/session/session.tsx';
import { dropUnsent, listUnkept, readUnsent, sendUnsent } from '#web/shared/session/unsent.ts';
import { LeftWriting } from './LeftWriting.tsx';
import { useWriting } from './useWriting.ts';

const ann = { person: { id: 'ann', name: '安' }, post: null, posts: [], permissions: [] } as unknown as Session;
const bob = { ...ann, person: { id: 'bob', name: '博' } } as unknown as Session;

beforeEach(() => localStorage.clear());
afterEach(() => {
  vi.restoreAllMocks();
  for (const key of keysUnder(localStorage, writingPrefix)) localStorage.removeItem(key);
});

/** A page with one text of a letter; the server has `served` at `revision`. */
function Editor({ served, revision }: { served: string; revision: number }) {
  const [text, setText] = useState(served);
  const [saved, setSaved] = useState(served);
  const of = { kind: 'letter', subjectId: 'l1', title: '公文“通知”', revision, value: text, changed: text !== saved };
  const left = useWriting(of);
  return (
    <>
      <LeftWriting left={left} onTake={({ value }) => setText(value)} />
      <textarea aria-label="正文" value={text} onChange={(event) => setText(event.target.value)} />
      <button type="button" onClick={() => setSaved(text)}>
        保存
      </button>
    </>
  );
}

const draw = (session: Session, served = '旧文', revision = 1) =>
  render(
    <SessionProvider session={session}>
      <Editor served={served} revision={revision} />
    </SessionProvider>,
  );

it('offers a text that nobody saved to its author alone, and forgets it once it is saved', async () => {
  const first = await draw(ann);
  await first.getByLabelText('正文').fill('新写的一段');
  // Left at once, before any pause.
  await first.unmount();
  expect(readUnsent('ann')).toMatchObject({ writings: 1, all: 1 });

  const other = await draw(bob);
  await expect.element(other.getByLabelText('正文')).toHaveValue('旧文');
  expect(other.getByRole('button', { name: '接着写' }).elements()).toEqual([]);
  await other.unmount();

  const again = await draw(ann);
  await again.getByRole('button', { name: '接着写' }).click();
  await expect.element(again.getByLabelText('正文')).toHaveValue('新写的一段');
  expect(again.getByText(/之后这里另有保存/).elements()).toEqual([]);
  await again.getByRole('button', { name: '保存' }).click();
  await expect.poll(() => readUnsent('ann').all).toBe(0);
  await again.unmount();
  expect(readUnsent('ann').all).toBe(0);
});

it('says that the thing was saved since, and forgets what is given up', async () => {
  const first = await draw(ann);
  await first.getByLabelText('正文').fill('新写的一段');
  await first.unmount();
  const again = await draw(ann, '同事的新文', 2);
  await expect.element(again.getByText(/之后这里另有保存/)).toBeVisible();
  await again.getByRole('button', { name: '放弃这份' }).click();
  await expect.element(again.getByLabelText('正文')).toHaveValue('同事的新文');
  expect(readUnsent('ann').all).toBe(0);
  await again.unmount();
});

it('does not offer what the server has by now', async () => {
  const first = await draw(ann);
  await first.getByLabelText('正文').fill('新写的一段');
  await first.unmount();
  const again = await draw(ann, '新写的一段', 2);
  expect(again.getByRole('button', { name: '接着写' }).elements()).toEqual([]);
  await expect.poll(() => readUnsent('ann').all).toBe(0);
  await again.unmount();
});

it('stores the last letters when a session ends, and no more once they are given up', async () => {
  const screen = await draw(ann);
  await screen.getByLabelText('正文').fill('最后一句');
  await sendUnsent();
  expect(readUnsent('ann')).toMatchObject({ writings: 1, unkept: [] });
  dropUnsent('ann');
  await screen.unmount();
  expect(readUnsent('ann').all).toBe(0);
});

it('names a text for which the browser has no room', async () => {
  const screen = await draw(ann);
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('full');
  });
  await screen.getByLabelText('正文').fill('放不下');
  await sendUnsent();
  expect(listUnkept().map(({ line }) => line)).toEqual(['公文“通知”']);
  await screen.unmount();
  expect(listUnkept()).toEqual([]);
});

it('gives up nothing that was left before it is decided, whatever is typed beside it', async () => {
  const first = await draw(ann);
  await first.getByLabelText('正文').fill('第一份');
  await first.unmount();
  const second = await draw(ann);
  await second.getByLabelText('正文').fill('第二份');
  await second.getByRole('button', { name: '保存' }).click();
  await second.unmount();
  const third = await draw(ann, '第二份', 2);
  await third.getByRole('button', { name: '接着写' }).click();
  await expect.element(third.getByLabelText('正文')).toHaveValue('第一份');
  await third.unmount();

  const fourth = await draw(ann, '第二份', 2);
  await fourth.getByLabelText('正文').fill('第四份');
  await fourth.unmount();
  const fifth = await draw(ann, '第二份', 2);
  await fifth.getByRole('button', { name: '放弃这份' }).click();
  await fifth.getByRole('button', { name: '接着写' }).click();
  await expect.element(fifth.getByLabelText('正文')).toHaveValue('第一份');
  await fifth.unmount();
});
