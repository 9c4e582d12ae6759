import { afterEach, expect, it } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { TableGrid } from './TableGrid.tsx';
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
  const screen = await render(<TableList caption="差异" columns={columns} rows={rows} rowKey={({ code }) => code} />);
  const fact = screen.getByText('−1.25').element() as HTMLElement;
  const height = Number.parseFloat(getComputedStyle(fact).lineHeight);
  expect(fact.getBoundingClientRect().height).toBeLessThan(height * 1.5);
});

it('the boxes by which rows are chosen stay off the paper', async () => {
  const choose: Column<Row> = { key: 'choose', title: '选择', picks: true, cell: () => <input type="checkbox" /> };
  const rows = [{ code: 'C59', difference: '−1.25', reason }];
  const screen = await render(
    <TableGrid caption="差异" columns={[choose, ...columns]} rows={rows} rowKey={({ code }) => code} />,
  );
  const [head, cell] = [screen.getByText('选择').element(), screen.getByRole('checkbox').element()];
  expect([head.closest('th'), cell.closest('td')].map((one) => one?.className)).toEqual(['screen-only', 'screen-only']);
  expect(screen.getByText('C59').element().closest('td')?.className).toBe('');
});

it('a column of buttons stays off the paper too', async () => {
  const act: Column<Row> = { key: 'act', title: '办理', acts: true, cell: () => <button type="button">调整</button> };
  const rows = [{ code: 'C59', difference: '−1.25', reason }];
  const screen = await render(
    <TableGrid caption="差异" columns={[...columns, act]} rows={rows} rowKey={({ code }) => code} />,
  );
  const [head, cell] = [screen.getByText('办理').element(), screen.getByRole('button', { name: '调整' }).element()];
  expect([head.closest('th'), cell.closest('td')].map((one) => one?.className)).toEqual(['screen-only', 'screen-only']);
});

it('a column of buttons stands on a phone without its title', async () => {
  await page.viewport(390, 844);
  const act: Column<Row> = {
    ...{ key: 'act', title: '办理', fact: 3, acts: true },
    cell: () => <button type="button">调整</button>,
  };
  const rows = [{ code: 'C59', difference: '−1.25', reason }];
  const screen = await render(
    <TableList caption="差异" columns={[...columns, act]} rows={rows} rowKey={({ code }) => code} />,
  );
  await expect.element(screen.getByRole('button', { name: '调整' })).toBeVisible();
  await expect.element(screen.getByText('相差')).toBeVisible();
  await expect.element(screen.getByText('办理')).not.toBeInTheDocument();
});
