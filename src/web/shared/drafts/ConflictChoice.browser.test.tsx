import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { ConflictChoice } from './ConflictChoice.tsx';
import type { DraftCell } from './draft.ts';

const cell: DraftCell<number | null> = {
  value: 120,
  version: 3,
  sequence: 1,
  at: 0,
  conflict: { theirs: null, version: 4, by: '王某', at: null, sentence: '王某刚刚清空了这一格。' },
};

it('shows both values of a conflict, an empty one too, and returns the chosen one', async () => {
  const choose = vi.fn();
  const show = (value: number | null) => (value === null ? '（空）' : String(value));
  const screen = await render(<ConflictChoice cell={cell} show={show} onChoose={choose} />);
  await expect.element(screen.getByRole('alert')).toHaveTextContent('王某刚刚清空了这一格。');
  await screen.getByRole('button', { name: '用我的：120' }).click();
  await screen.getByRole('button', { name: '用王某的：（空）' }).click();
  expect(choose.mock.calls).toEqual([['mine'], ['theirs']]);
});

it('does not name the person as a colleague where the other value comes from an own window', async () => {
  const own = { ...cell, conflict: { ...cell.conflict!, own: true } };
  const screen = await render(<ConflictChoice cell={own} show={String} onChoose={() => {}} />);
  expect(
    screen
      .getByRole('button')
      .elements()
      .map((button) => button.textContent),
  ).toEqual(['用这里的：120', '用另一窗口的：null']);
});
