import { useState } from 'react';
import { expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { Tree } from './Tree.tsx';

const nodes = [
  { key: '1', label: '福建省', parent: null, inert: true },
  { key: '2', label: '泉州市', parent: '1' },
  { key: '4', label: '丰泽区', parent: '2' },
  { key: '5', label: '洛江区', parent: '2' },
];

function Stage({ onChoose }: { onChoose: (key: string) => void }) {
  const [current, setCurrent] = useState('2');
  return (
    <Tree
      label="单位"
      nodes={nodes}
      current={current}
      onChoose={(key) => {
        setCurrent(key);
        onChoose(key);
      }}
    />
  );
}

it('shows what holds and how deep it lies, and a press chooses without closing anything', async () => {
  const choose = vi.fn();
  const screen = await render(<Stage onChoose={choose} />);
  const items = screen.getByRole('treeitem');
  await expect.poll(() => items.elements().map((item) => item.textContent)).toEqual(nodes.map((node) => node.label));
  expect(items.elements().map((item) => item.getAttribute('aria-level'))).toEqual(['1', '2', '3', '3']);
  await expect.element(screen.getByRole('treeitem', { name: '泉州市' })).toHaveAttribute('aria-selected', 'true');
  await screen.getByRole('treeitem', { name: '泉州市' }).click();
  await screen.getByRole('treeitem', { name: '福建省' }).click();
  expect(choose.mock.calls).toEqual([['2']]);
  expect(items.elements().length).toBe(4);
});

it('is one stop of Tab, walked with the arrows, opened and closed with them, and Enter chooses', async () => {
  const choose = vi.fn();
  const screen = await render(<Stage onChoose={choose} />);
  const items = screen.getByRole('treeitem');
  await expect.poll(() => items.elements().length).toBe(4);
  await userEvent.keyboard('{Tab}');
  expect(document.activeElement?.textContent).toBe('泉州市');
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  await expect.poll(() => document.activeElement?.textContent).toBe('洛江区');
  await userEvent.keyboard('{Enter}');
  expect(choose.mock.calls).toEqual([['5']]);
  await userEvent.keyboard('{ArrowLeft}');
  await expect.poll(() => document.activeElement?.textContent).toBe('泉州市');
  await userEvent.keyboard('{ArrowLeft}');
  await expect.poll(() => items.elements().length).toBe(2);
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(() => items.elements().length).toBe(4);
  await userEvent.keyboard('{End}');
  await expect.poll(() => document.activeElement?.textContent).toBe('洛江区');
});
