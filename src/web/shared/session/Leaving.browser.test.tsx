import { expect, it } from 'vitest';
import { render } from 'vitest-browser-react';
import { LeavingQuestion } from './Leaving.tsx';
import type { UnsentState } from './unsent.ts';

const draw = (unsent: UnsentState) =>
  render(<LeavingQuestion unsent={unsent} busy={false} onStay={() => {}} onKeep={() => {}} onDrop={() => {}} />);

it('names a return apart from what is sent by itself, and promises nothing of it', async () => {
  const screen = await draw({ drafts: 0, returns: 1, writings: 0, unkept: [], all: 1 });
  await expect.element(screen.getByRole('dialog', { name: '还有 1 份退回没有发出' })).toBeVisible();
  expect(screen.getByText(/自动上传/).elements()).toEqual([]);
  await screen.unmount();
  const both = await draw({ drafts: 2, returns: 1, writings: 0, unkept: [], all: 3 });
  await expect.element(both.getByRole('dialog', { name: '还有 2 项没有上传，1 份退回没有发出' })).toBeVisible();
  await expect.element(both.getByText(/没有上传的自动上传，没有发出的退回可继续填写/)).toBeVisible();
  await expect.element(both.getByRole('button', { name: '放弃 3 项并退出' })).toBeVisible();
});

it('counts what is only on the page together with what is stored', async () => {
  const line = { kind: 'filing', subjectId: 'f1', part: '图书册数', line: '图书册数：7' };
  const screen = await draw({ drafts: 2, returns: 0, writings: 0, unkept: [line], all: 3 });
  await expect.element(screen.getByRole('dialog', { name: '还有 3 项没有上传' })).toBeVisible();
  await expect.element(screen.getByText('图书册数：7')).toBeVisible();
});

it('says that a text that nobody saved can be gone on with', async () => {
  const screen = await draw({ drafts: 0, returns: 0, writings: 1, unkept: [], all: 1 });
  await expect.element(screen.getByRole('dialog', { name: '还有 1 份文稿没有保存' })).toBeVisible();
  await expect.element(screen.getByText(/没有保存的文稿可接着写/)).toBeVisible();
  await expect.element(screen.getByRole('button', { name: '放弃 1 项并退出' })).toBeVisible();
});
