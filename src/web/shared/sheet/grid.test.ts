import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readBlock, writeBlock } from './clipboard.ts';
import { blockOf, columnsInView, nextEditable, planPaste, rowsInView, walk } from './positions.ts';

describe('clipboard block', () => {
  it('reads what Excel and WPS write', () => {
    expect(readBlock('1,204\t860\r\n858\t5,010\r\n')).toEqual([
      ['1,204', '860'],
      ['858', '5,010'],
    ]);
    expect(readBlock('a\t\tb\n\t\t\n')).toEqual([
      ['a', '', 'b'],
      ['', '', ''],
    ]);
    expect(readBlock('"两行\n文字"\t"说 ""好"""')).toEqual([['两行\n文字', '说 "好"']]);
    expect(readBlock('')).toEqual([]);
    expect(readBlock('\n\n')).toEqual([[''], ['']]);
  });

  it('takes quotation marks that quote nothing as text', () => {
    expect(readBlock('"半句\t2')).toEqual([['"半句', '2']]);
    expect(readBlock('5"台\t"甲"乙')).toEqual([['5"台', '"甲"乙']]);
  });

  it('survives copying and pasting, with any text in the cells', () => {
    const cell = fc.string().map((text) => text.replaceAll('\r', ' '));
    const block = fc
      .integer({ min: 1, max: 5 })
      .chain((width) =>
        fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 5 }),
      );
    fc.assert(
      fc.property(block, (rows) => {
        // One empty cell alone is written as an empty text, which reads as no rows.
        fc.pre(writeBlock(rows) !== '');
        expect(readBlock(`${writeBlock(rows)}\r\n`)).toEqual(rows);
      }),
    );
  });
});

describe('walking and pasting', () => {
  const extent = { rows: 10, columns: 4, page: 5 };
  const everywhere = () => true;

  it('stays inside', () => {
    expect(walk({ row: 0, column: 0 }, 'ArrowUp', false, extent)).toEqual({ row: 0, column: 0 });
    expect(walk({ row: 8, column: 3 }, 'PageDown', false, extent)).toEqual({ row: 9, column: 3 });
    expect(walk({ row: 8, column: 3 }, 'Home', true, extent)).toEqual({ row: 0, column: 0 });
    expect(walk({ row: 1, column: 1 }, 'x', false, extent)).toBeUndefined();
  });

  it('tabs over locked cells, from row to row, and out at the end', () => {
    const even = (position: { column: number }) => position.column % 2 === 0;
    expect(nextEditable({ row: 0, column: 0 }, 1, extent, even)).toEqual({ row: 0, column: 2 });
    expect(nextEditable({ row: 0, column: 2 }, 1, extent, even)).toEqual({ row: 1, column: 0 });
    expect(nextEditable({ row: 0, column: 0 }, -1, extent, even)).toBeNull();
    expect(nextEditable({ row: 9, column: 2 }, 1, extent, even)).toBeNull();
  });

  it('pastes from the corner, fills a selection, and counts what it left out', () => {
    const corner = blockOf({ row: 9, column: 3 }, { row: 9, column: 3 });
    const block = [
      ['1', '2'],
      ['3', '4'],
    ];
    expect(planPaste(block, corner, extent, everywhere)).toEqual({
      changes: [{ row: 9, column: 3, text: '1' }],
      locked: 0,
      beyond: 3,
    });
    const selection = blockOf({ row: 2, column: 1 }, { row: 0, column: 0 });
    expect(planPaste([['7']], selection, extent, everywhere).changes).toHaveLength(6);
    expect(planPaste(block, selection, extent, everywhere).changes).toHaveLength(4);
    expect(planPaste([['7']], selection, extent, ({ row }) => row === 1)).toMatchObject({ locked: 4 });
  });

  it('leaves the cells unchanged that a ragged block does not contain', () => {
    const plan = planPaste(
      [['1', '2'], ['3']],
      blockOf({ row: 0, column: 0 }, { row: 0, column: 0 }),
      extent,
      everywhere,
    );
    expect(plan.changes.map((change) => change.text)).toEqual(['1', '2', '3']);
  });
});

describe('what is in view', () => {
  it('draws every row and column that can be seen', () => {
    const edges = [0, 100, 250, 300, 500];
    expect(columnsInView(0, 100, edges, 0)).toEqual({ start: 0, end: 1 });
    expect(columnsInView(120, 150, edges, 0)).toEqual({ start: 1, end: 3 });
    expect(columnsInView(120, 150, edges, 1)).toEqual({ start: 0, end: 4 });
    expect(rowsInView(365, 360, 36, 250, 0)).toEqual({ start: 10, end: 21 });
    expect(rowsInView(0, 360, 36, 3, 5)).toEqual({ start: 0, end: 3 });
  });
});
