import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { queryClient } from '#web/shared/call/queries.ts';
import { Questions } from '#web/shared/kit/dialog/Questions.tsx';
import { ApproveRest } from './ReviewRest.tsx';
import type { QueueRow } from './review-set.ts';

const idOf = (at: number) => `01890000-0000-7000-8000-00000000000${at}`;
const row = (at: number, checked: boolean) =>
  ({
    ...{ id: idOf(at), schoolName: `示例第${at}小学`, revision: at, softFindings: 0, can: { approve: true } },
    checked: checked ? { by: '张三', at: '2025-10-02T00:00:00Z', note: null } : null,
  }) as unknown as QueueRow;
const rows = [row(1, true), row(2, false), row(3, true)];

afterEach(() => vi.unstubAllGlobals());

/** What is sent when this verb is pressed and confirmed, and which filings the queue is told of. */
async function approved(verb: string) {
  const sent: unknown[] = [];
  const done: string[] = [];
  vi.stubGlobal('fetch', async (_: unknown, init: RequestInit) => {
    const body = JSON.parse(String(init.body)) as { filings: { filingId: string }[] };
    sent.push(body);
    const filingIds = body.filings.map(({ filingId }) => filingId);
    return Response.json({ done: filingIds.length, filingIds, refused: [] });
  });
  const screen = await render(
    <QueryClientProvider client={queryClient}>
      <ApproveRest
        {...{ rows, total: 3, filtered: false, opened: new Set<string>() }}
        onDone={(ids) => done.push(...ids)}
        onUndone={() => undefined}
      />
      <Questions />
    </QueryClientProvider>,
  );
  const verbs = screen
    .getByRole('button')
    .elements()
    .map((button) => button.textContent);
  expect(verbs).toEqual(['批准已核的 2 所', '批准全部 3 所']);
  await screen.getByRole('button', { name: verb }).click();
  await screen.getByRole('dialog').getByRole('button', { name: verb }).click();
  await expect.poll(() => done.length).toBeGreaterThan(0);
  await screen.unmount();
  return { sent, done };
}

it('of three filings, two of them checked, each of the two acts approves exactly those that it names', async () => {
  const checked = await approved('批准已核的 2 所');
  expect(checked.done).toEqual([idOf(1), idOf(3)]);
  expect(checked.sent).toEqual([
    {
      filings: [
        { filingId: idOf(1), revision: 1 },
        { filingId: idOf(3), revision: 3 },
      ],
    },
  ]);
  const all = await approved('批准全部 3 所');
  expect(all.done).toEqual([idOf(1), idOf(2), idOf(3)]);
  expect(all.sent).toEqual([{ filings: [1, 2, 3].map((at) => ({ filingId: idOf(at), revision: at })) }]);
});
