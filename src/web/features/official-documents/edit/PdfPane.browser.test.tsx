import axe from 'axe-core';
import { useState } from 'react';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { PdfPane } from './PdfPane.tsx';

afterEach(() => vi.unstubAllGlobals());

const letterId = '0199e000-0000-7000-8000-000000000001';

function Stage({ revision, changed = false }: { revision: number; changed?: boolean }) {
  const [open, setOpen] = useState(false);
  return <PdfPane {...{ letterId, revision, changed, open }} onOpen={setOpen} />;
}

it('asks the press when it is opened and once behind several saves, says what it does, and tries again', async () => {
  const asked: Array<(answer: Response) => void> = [];
  vi.stubGlobal('fetch', (address: string) =>
    String(address).endsWith('/pdf')
      ? new Promise<Response>((answer) => asked.push(answer))
      : Promise.reject(new Error()),
  );
  const file = () =>
    new Response(new Uint8Array([37, 80, 68, 70]), {
      headers: { 'content-type': 'application/pdf', 'content-disposition': "inline; filename*=UTF-8''a.pdf" },
    });
  const busy = { code: 'letter.busy', kind: 'state', message: '正在排版的公文太多，请几秒后再试。' };
  const screen = await render(<Stage revision={1} />);
  const toggle = screen.getByRole('button', { name: '显示 PDF 排版' });
  await expect.element(toggle).toHaveAttribute('aria-expanded', 'false');
  expect(asked).toEqual([]);
  // By the keyboard alone.
  (toggle.element() as HTMLElement).focus();
  await toggle.click();
  await expect.element(screen.getByRole('status')).toHaveTextContent('正在排版……');
  await expect.poll(() => asked.length).toBe(1);
  asked[0]!(Response.json(busy, { status: 503 }));
  await expect.element(screen.getByText(busy.message)).toBeVisible();
  await expect.element(screen.getByRole('status')).toHaveTextContent('没有排成，所示不是现在的文字');
  await screen.getByRole('button', { name: '重试' }).click();
  await expect.poll(() => asked.length).toBe(2);
  asked[1]!(file());
  await expect.element(screen.getByTitle('PDF 文档：公文')).toBeVisible();
  await expect.element(screen.getByRole('status')).toHaveTextContent('与已保存的文字一致');
  // Several saves in a row are printed once, and the old sheet stays until the new one is there.
  for (const revision of [2, 3, 4]) await screen.rerender(<Stage revision={revision} />);
  await expect.element(screen.getByRole('status')).toHaveTextContent('正在排版……');
  await expect.element(screen.getByTitle('PDF 文档：公文')).toBeVisible();
  await expect.poll(() => asked.length, { timeout: 5000 }).toBe(3);
  asked[2]!(file());
  await expect.element(screen.getByRole('status')).toHaveTextContent('与已保存的文字一致');
  await screen.rerender(<Stage revision={4} changed />);
  await expect.element(screen.getByRole('status')).toHaveTextContent('保存后重新排版');
  expect((await axe.run(screen.container, { iframes: false })).violations.map(({ id }) => id)).toEqual([]);
  await screen.getByRole('button', { name: '收起 PDF 排版' }).click();
  await expect.element(screen.getByTitle('PDF 文档：公文')).not.toBeInTheDocument();
  expect(asked.length).toBe(3);
});
