import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { TileMap } from './TileMap.tsx';

it('keeps a long name within its tile, where five tiles share a phone', async () => {
  const tiles = ['章贡', '南康', '赣县', '信丰', '赣州经开区'].map((name, column) => ({
    ...{ id: name, column, row: 0, name, word: '无法计算', sentence: name, href: '/' },
    tone: 'unavailable' as const,
  }));
  const screen = await render(
    <div style={{ width: 358 }}>
      <TileMap label="各单位" tiles={tiles} onOpen={() => undefined} />
    </div>,
  );
  const name = screen
    .getByText('赣州经开区')
    .elements()
    .find((one) => one.tagName === 'text')!;
  const box = () => [name, name.closest('a')!.querySelector('rect')!].map((one) => one.getBoundingClientRect());
  await expect.poll(() => box()[1]!.width).toBeLessThan(75);
  const [text, ground] = box();
  expect(text!.width).toBeGreaterThan(50);
  expect(text!.left).toBeGreaterThan(ground!.left);
  expect(text!.right).toBeLessThan(ground!.right);
});
