import { QueryObserver } from '@tanstack/react-query';
import { expect, it, onTestFinished, vi } from 'vitest';
import { queryClient } from '#web/shared/call/queries.ts';
import { type FilingDetail, type GridPage, type Saved, showSaved } from './filing-drafts.ts';

const saved: Saved = {
  savedAt: '2025-10-15T02:00:00Z',
  revision: 4,
  cells: { 小学在校生数: { v: 310, n: 2 } },
  derived: {},
  findings: [],
  openFields: ['小学在校生数', '小学女生数'],
  filled: 2,
  required: 3,
  conflicts: [],
  obstacles: [],
};

it('a correction that breaks a rule opens the fields of the rule, in the form and in the grid', async () => {
  const before = { id: 'f1', cells: {}, derived: {}, findings: [], openFields: ['小学在校生数'], revision: 3 };
  const detailKey = ['filings.read', { params: { filingId: 'f1' } }];
  const gridKey = ['filings.grid', {}];
  queryClient.setQueryData(detailKey, before);
  queryClient.setQueryData(gridKey, { rows: [before, { ...before, id: 'f2' }] });
  await showSaved('f1', saved);
  expect(queryClient.getQueryData<FilingDetail>(detailKey)?.openFields).toEqual(saved.openFields);
  const rows = queryClient.getQueryData<GridPage>(gridKey)?.rows;
  expect(rows?.map(({ openFields }) => openFields)).toEqual([saved.openFields, ['小学在校生数']]);
});

it('the counts above the grid follow the typing, at once and then every ten seconds at most', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  vi.advanceTimersByTime(60_000);
  let reads = 0;
  const read = { queryKey: ['filings.progress', { query: {} }], queryFn: () => (reads += 1), staleTime: Infinity };
  const leave = new QueryObserver(queryClient, read).subscribe(() => {});
  await vi.advanceTimersByTimeAsync(0);
  const typed = async (saves: number) => {
    for (let save = 0; save < saves; save += 1) {
      void showSaved('f1', saved);
      await vi.advanceTimersByTimeAsync(500);
    }
    return reads;
  };
  expect(await typed(1)).toBe(2);
  expect(await typed(10)).toBe(2);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(reads).toBe(3);
  expect(await typed(1)).toBe(3);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(reads).toBe(4);
  leave();
});
