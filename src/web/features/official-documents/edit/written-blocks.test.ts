import { expect, it } from 'vitest';
import { asKind, kindOf, tableOf, textOf } from './written-blocks.ts';

it('a table is typed or pasted as text, a row a line, and comes back the same', () => {
  const table = tableOf('县\t小学|初中\n鲤城区\t0.41\t0.38\n\n丰泽区\t0.52', '差异系数');
  expect(table.columns.map(({ heading }) => heading)).toEqual(['县', '小学', '初中']);
  expect(table.rows).toEqual([
    ['鲤城区', '0.41', '0.38'],
    ['丰泽区', '0.52', ''],
  ]);
  expect(tableOf(textOf(table), '差异系数')).toEqual(table);
});

it('a part becomes another kind and keeps its words', () => {
  const heading = asKind({ kind: 'paragraph', text: '总体情况' }, 'heading2');
  expect(heading).toEqual({ kind: 'heading', level: 2, text: '总体情况' });
  expect(kindOf(heading)).toBe('heading2');
  expect(asKind(asKind(heading, 'table'), 'paragraph')).toEqual({ kind: 'paragraph', text: '总体情况' });
});
