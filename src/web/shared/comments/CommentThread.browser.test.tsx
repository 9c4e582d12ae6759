import { expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { CommentThread, type PartComment } from './CommentThread.tsx';

const about = (id: string, part: string, resolvedAt: string | null): PartComment => ({
  id,
  part,
  body: `第 ${id} 条`,
  authorName: '王某',
  at: '2026-03-02T02:00:00Z',
  resolvedAt,
});
const comments = [
  about('1', '图书册数', '2026-03-03T02:00:00Z'),
  about('2', '图书册数', null),
  about('3', '计算机台数', null),
];

it('lists what was said about its part alone, open things first, and lets nobody write who may not', async () => {
  const screen = await render(<CommentThread part="图书册数" comments={comments} acts={undefined} />);
  const lines = screen.getByRole('listitem');
  expect(lines.elements().map((line) => line.firstChild?.textContent)).toEqual(['第 2 条', '第 1 条']);
  await expect.element(lines.last()).toHaveTextContent('已处理');
  expect(screen.getByRole('button').elements()).toEqual([]);
  expect(screen.getByRole('textbox').elements()).toEqual([]);
});

it('empties its line once a comment has arrived, and keeps it where it was refused', async () => {
  const add = vi.fn(async (): Promise<unknown> => undefined);
  const acts = { add, resolve: vi.fn(async () => ({})), busy: false };
  const screen = await render(<CommentThread part="图书册数" comments={comments} acts={acts} />);
  const line = screen.getByRole('textbox', { name: '批注 图书册数' });
  await line.fill('  请核对账册 ');
  await screen.getByRole('button', { name: '添加' }).click();
  expect(add).toHaveBeenCalledWith('图书册数', '请核对账册');
  await expect.element(line).toHaveValue('  请核对账册 ');
  add.mockResolvedValue({});
  await screen.getByRole('button', { name: '添加' }).click();
  await expect.element(line).toHaveValue('');
  await screen.getByRole('button', { name: '标为已处理' }).click();
  expect(acts.resolve).toHaveBeenCalledWith('2');
});
