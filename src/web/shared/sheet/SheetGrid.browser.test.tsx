import { useCallback, useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import type { CellView, FrozenColumn, SheetColumn } from './cell-view.ts';
import type { PastePlan, Position } from './positions.ts';
import { SheetGrid } from './SheetGrid.tsx';

interface Row {
  id: string;
  values: readonly string[];
}

const columns: SheetColumn[] = Array.from({ length: 12 }, (_, at) => ({
  key: `c${at}`,
  title: `列${at}`,
  width: 6,
  align: 'end',
}));
const frozen: ReadonlyArray<FrozenColumn<Row>> = [{ key: 'name', title: '学校', width: 8, cell: (row) => row.id }];
const table = (rows: number): Row[] =>
  Array.from({ length: rows }, (_, row) => ({ id: `校${row}`, values: columns.map((_, at) => `${row * 100 + at}`) }));

/** Column 1 is computed, column 3 has choices. */
function cellOf(row: Row, column: SheetColumn): CellView {
  const at = columns.indexOf(column);
  const raw = row.values[at] ?? '';
  return {
    text: raw || '—',
    raw,
    marks: [],
    editable: at !== 1,
    kind: at === 1 ? 'computed' : 'entered',
    missing: raw === '',
    choices: at === 3 ? ['是', '否'] : undefined,
  };
}

const acts = { typing: vi.fn(), pasted: vi.fn<(plan: PastePlan) => void>(), undo: vi.fn(), redo: vi.fn() };

function Stage({ rows: count = 40 }: { rows?: number }) {
  const [rows, setRows] = useState(() => table(count));
  const [active, setActive] = useState<Position>({ row: 0, column: 0 });
  const write = useCallback((changes: ReadonlyArray<Position & { text: string }>) => {
    setRows((before) =>
      before.map((row, at) => {
        const own = changes.filter((change) => change.row === at);
        if (own.length === 0) return row;
        const values = row.values.map((value, column) => own.find((one) => one.column === column)?.text ?? value);
        return { ...row, values };
      }),
    );
  }, []);
  return (
    <>
      <button type="button">前面的</button>
      <div style={{ blockSize: 360, inlineSize: 700 }}>
        <SheetGrid
          label="表"
          rows={rows}
          rowKey={(row) => row.id}
          columns={columns}
          frozen={frozen}
          cell={cellOf}
          active={active}
          onActive={setActive}
          onTyping={acts.typing}
          onTyped={write}
          onPasted={(plan) => {
            acts.pasted(plan);
            write(plan.changes);
          }}
          onUndo={acts.undo}
          onRedo={acts.redo}
        />
      </div>
      <button type="button" onClick={() => setActive({ row: 30, column: 8 })}>
        跳到
      </button>
    </>
  );
}

async function stage(rows?: number) {
  for (const act of Object.values(acts)) act.mockClear();
  const screen = await render(<Stage {...(rows === undefined ? {} : { rows })} />);
  const cell = (row: number, column: number) =>
    document.querySelector<HTMLElement>(`[data-row="${row}"] [data-column="${column}"]`);
  await vi.waitFor(() => expect(cell(0, 0)).not.toBeNull());
  cell(0, 0)?.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0, pointerType: 'mouse' }));
  dispatchEvent(new PointerEvent('pointerup'));
  await vi.waitFor(() => expect(document.activeElement).toBe(cell(0, 0)));
  return { screen, cell };
}

/** The position of the sheet, by its own marks. */
function at(): [number, number] {
  const active = document.querySelector<HTMLElement>('[data-active]');
  return [Number(active?.closest<HTMLElement>('[data-row]')?.dataset.row), Number(active?.dataset.column)];
}
const selected = () => [...document.querySelectorAll('[aria-selected="true"]')].map((one) => one.textContent);

function clip(type: 'copy' | 'cut' | 'paste', text = ''): string {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', text);
  document.activeElement?.dispatchEvent(new ClipboardEvent(type, { clipboardData, bubbles: true, cancelable: true }));
  return clipboardData.getData('text/plain');
}

describe('typing', () => {
  it('opens the cell with its first key, Tab skips computed cells, Enter goes down', async () => {
    const { cell } = await stage();
    await userEvent.keyboard('57');
    expect(acts.typing.mock.calls.map(([, text]) => text)).toEqual(['5', '57']);
    await userEvent.keyboard('{Tab}');
    expect(at()).toEqual([0, 2]);
    expect(cell(0, 0)?.textContent).toBe('57');
    await userEvent.keyboard('8{Enter}');
    expect(at()).toEqual([1, 2]);
    expect(cell(0, 2)?.textContent).toBe('8');
    expect(document.activeElement).toBe(cell(1, 2));
  });

  it('keeps what was there for F2 and gives up with Esc', async () => {
    const { cell } = await stage();
    await userEvent.keyboard('{F2}9');
    expect(cell(0, 0)?.querySelector('input')?.value).toBe('09');
    await userEvent.keyboard('{Escape}');
    expect(cell(0, 0)?.textContent).toBe('0');
    expect(acts.typing).toHaveBeenLastCalledWith({ row: 0, column: 0 }, null);
  });

  it('does not open what is computed, and offers choices where there are some', async () => {
    const { cell } = await stage();
    await userEvent.keyboard('{ArrowRight}5');
    expect(cell(0, 1)?.querySelector('input')).toBeNull();
    await userEvent.keyboard('{ArrowRight}{ArrowRight} ');
    const select = cell(0, 3)?.querySelector('select');
    expect([...(select?.options ?? [])].map((option) => option.text)).toEqual(['', '是', '否']);
  });

  it('finishes what is open when another cell is pressed', async () => {
    const { cell } = await stage();
    await userEvent.keyboard('41');
    await userEvent.click(cell(2, 2)!);
    expect(cell(0, 0)?.textContent).toBe('41');
    expect(at()).toEqual([2, 2]);
  });
});

describe('blocks', () => {
  it('grow with Shift, are copied, cut and cleared, except computed cells', async () => {
    const { cell } = await stage();
    await userEvent.keyboard('{Shift>}{ArrowRight}{ArrowDown}{/Shift}');
    expect(selected()).toEqual(['0', '1', '100', '101']);
    expect(clip('copy')).toBe('0\t1\r\n100\t101');
    expect(clip('cut')).toBe('0\t1\r\n100\t101');
    await vi.waitFor(() => expect(cell(1, 0)?.textContent).toBe('—'));
    expect(cell(1, 1)?.textContent).toBe('101');
  });

  it('are pasted from the corner and stay selected; what finds no place is counted', async () => {
    const { cell } = await stage();
    clip('paste', '7\t8\t9\r\n4\t5\t6\r\n');
    await vi.waitFor(() => expect(cell(1, 2)?.textContent).toBe('6'));
    expect(acts.pasted.mock.calls[0]?.[0]).toMatchObject({ locked: 2, beyond: 0 });
    expect(selected()).toEqual(['7', '1', '9', '4', '101', '6']);
    await userEvent.keyboard('{Control>}z{/Control}{Control>}y{/Control}');
    expect([acts.undo.mock.calls.length, acts.redo.mock.calls.length]).toEqual([1, 1]);
  });

  it('begin anew where the sheet is moved from elsewhere', async () => {
    const { screen } = await stage();
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(selected().length).toBe(3);
    await screen.getByRole('button', { name: '跳到' }).click();
    await vi.waitFor(() => expect(at()).toEqual([30, 8]));
    expect(selected()).toEqual(['3008']);
  });

  it('are drawn with the pointer', async () => {
    const { cell } = await stage();
    await userEvent.dragAndDrop(cell(1, 2)!, cell(3, 4)!);
    await vi.waitFor(() => expect(selected().length).toBe(9));
    expect(at()).toEqual([1, 2]);
  });
});

describe('what is drawn', () => {
  it('is the visible part, and the active cell keeps the focus wherever the sheet is scrolled to', async () => {
    const { screen, cell } = await stage(2000);
    expect(document.querySelectorAll('[data-row]').length).toBeLessThan(30);
    const grid = screen.getByRole('grid');
    await expect.element(grid).toHaveAttribute('aria-rowcount', '2001');
    grid.element().scrollTop = 40_000;
    await vi.waitFor(() => expect(cell(1005, 0)).not.toBeNull());
    expect(document.activeElement).toBe(cell(0, 0));
    await userEvent.keyboard('{Control>}{End}{/Control}');
    await vi.waitFor(() => expect(at()).toEqual([1999, 11]));
    const [box, seen] = [cell(1999, 11)?.getBoundingClientRect(), grid.element().getBoundingClientRect()];
    expect(box && box.bottom <= seen.bottom + 1 && box.right <= seen.right + 1).toBe(true);
  });

  it('is left by Tab after Esc', async () => {
    const { screen } = await stage();
    await userEvent.keyboard('{Escape}{Tab}');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: '跳到' }).element());
  });
});
