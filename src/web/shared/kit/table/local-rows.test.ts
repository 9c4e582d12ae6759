import { expect, it } from 'vitest';
import { csvOfRows, sortRows } from './local-rows.ts';
import type { Column } from './table-columns.ts';

interface Line {
  name: string;
  cv: number | null;
}
const columns: Array<Column<Line>> = [
  { key: 'name', title: '单位', cell: ({ name }) => name, value: ({ name }) => name },
  { key: 'cv', title: '差异系数', unit: '倍', cell: ({ cv }) => cv?.toFixed(2), value: ({ cv }) => cv },
  { key: 'act', title: '比较', cell: () => '比较' },
];
const rows: Line[] = [
  { name: '永春县', cv: 0.4501 },
  { name: '安溪县', cv: null },
  { name: '=洛江区', cv: 0.09 },
];
const order = (sort?: string) => sortRows(rows, columns, sort).map(({ name }) => name);

it('rows are sorted by values, names by pinyin, what is missing last either way', () => {
  expect(order('cv')).toEqual(['=洛江区', '永春县', '安溪县']);
  expect(order('-cv')).toEqual(['永春县', '=洛江区', '安溪县']);
  expect(order('name').slice(-2)).toEqual(['安溪县', '永春县']);
});

it('an order that the table does not know leaves the rows as they are', () => {
  for (const sort of [undefined, 'act', '-nothing']) expect(order(sort)).toEqual(rows.map(({ name }) => name));
});

it('the file has unrounded values, empty cells for what is missing, no running formula', () => {
  const [head, ...lines] = csvOfRows(rows, columns).trim().split('\r\n');
  expect(head).toContain('单位,差异系数（倍）');
  expect(lines[0]).toBe('永春县,0.4501');
  expect(lines[1]).toBe('安溪县,');
  expect(lines[2]).not.toMatch(/^=/);
});
