import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { TableList } from './TableList.tsx';
import type { Column } from './table-columns.ts';

interface Row {
  readonly code: string;
  readonly difference: string;
  readonly reason: string;
}

const columns: ReadonlyArray<Column<Row>> = [
  { key: 'code', title: '指标', fact: 1, value: ({ code }) => code, cell: ({ code }) => code },
  { key: 'difference', title: '相差', fact: 2, value: ({ difference }) => difference, cell: (row) => row.difference },
  { key: 'reason', title: '理由', fact: 3, value: ({ reason }) => reason, cell: ({ reason }) => reason },
];
const reason = '双方核对现场记录后一致认为：制度已建立，两所学校没有落实，按一项缺失计分。';

afterEach(() => page.viewport(1440, 900));

it('a long last fact leaves the one before it on one line', async () => {
  await page.viewport(390, 844);
  const rows = [{ code: 'C59', difference: '−1.25', reason }];
  const screen = await render(<TableList columns={columns} rows={rows} rowKey={({ code }) => code} />);
  const fact = screen.getByText('−1.25').element() as HTMLElement;
  const height = Number.parseFloat(getComputedStyle(fact).lineHeight);
  expect(fact.getBoundingClientRect().height).toBeLessThan(height * 1.5);
});
