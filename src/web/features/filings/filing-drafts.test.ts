import { expect, it } from 'vitest';
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
