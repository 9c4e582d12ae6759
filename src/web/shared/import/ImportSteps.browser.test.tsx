import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import type { ImportPreview } from '#contract/kit/imports.shape.ts';
import { ProblemError } from '../call/problem.ts';
import { FileDrop } from '../form/FileDrop.tsx';
import { ImportSteps } from './ImportSteps.tsx';
import { type ImportAdapter, useImport } from './useImport.ts';

type Preview = ImportPreview<{ cells: number }>;
type Adapter = ImportAdapter<Preview, { cells: number }>;

const still = { busy: false, problem: null };
const refused = new ProblemError({ code: 'import.unreadable', kind: 'input', message: '这个文件打不开。' }, 422);
const finding = { place: '数据!C4', subject: '甲校', part: '图书册数', value: '', rule: '应填整数', allowed: '0 以上' };
const clean: Preview = {
  importId: '00000000-0000-7000-8000-000000000001',
  fileName: '表.xlsx',
  sheets: [{ name: '数据', rows: 3, columns: 9 }],
  facts: [['有值的格', '7 格']],
  notes: ['1 个单元格用了全角数字'],
  changes: { cells: 7 },
  ...{ groups: [], hard: 0, soft: 0, writable: true, expiresAt: '2025-10-16T08:00:00+08:00' },
};
const faulty: Preview = {
  ...clean,
  ...{ hard: 130, soft: 1, writable: false },
  groups: [
    {
      ...{ cause: 'doubt', title: '变化较大', weight: 'soft', total: 1 },
      findings: [{ ...finding, place: '数据!C9', value: '900' }],
    },
    { cause: 'type', title: '不是数字', weight: 'hard', findings: [finding], total: 130 },
  ],
};

function adapterOf(parts: Partial<Adapter>): Adapter {
  return {
    look: async () => clean,
    looking: still,
    take: async ({ changes }) => changes,
    taking: { ...still, reset: () => {} },
    kept: undefined,
    keep: () => {},
    ...parts,
  };
}

function Stage(parts: Partial<Adapter>) {
  const steps = useImport(adapterOf(parts));
  return (
    <ImportSteps
      title="导入"
      above={null}
      file={{ label: '文件', accept: '.xlsx', note: '不超过 10 MB' }}
      beside={({ forget }) => (
        <button type="button" onClick={forget}>
          换一天
        </button>
      )}
      steps={steps}
      marked={() => <a href="#marked">下载标注后的表格</a>}
      view={({ changes }) => ({
        changes: null,
        words: { subject: '学校', part: '数据项' },
        softNote: '可以写入',
        take: { verb: `全部写入 ${changes.cells} 格`, sentence: '要么全部写入', nothing: '没有要写入的' },
      })}
      done={({ cells }) => <p>已写入 {cells} 格</p>}
      kept="没有写入任何数据。"
    />
  );
}

/** Remembers in its address which preview is open. */
function Named() {
  const [kept, setKept] = useState<Preview | undefined>(clean);
  return <Stage kept={kept} keep={(preview) => setKept(preview ?? undefined)} />;
}

const chosen = new File(['x'], '表.xlsx');

describe('an import', () => {
  it('shows the preview and writes it whole, the file as it was seen', async () => {
    const take = vi.fn<Adapter['take']>(async ({ changes }) => changes);
    const screen = await render(<Stage take={take} />);
    expect(screen.getByRole('button', { name: /全部写入/ }).elements()).toEqual([]);
    await screen.getByLabelText('文件').upload(chosen);
    await expect.element(screen.getByText('7 格', { exact: true })).toBeVisible();
    await expect.element(screen.getByText('数据（3 行 × 9 列）')).toBeVisible();
    await expect.element(screen.getByText('1 个单元格用了全角数字')).toBeVisible();
    await expect.element(screen.getByText('按“全部写入 7 格”之前什么都不会写入')).toBeVisible();
    await expect.element(screen.getByText('✓ 没有发现错误。')).toBeVisible();
    await screen.getByRole('button', { name: '全部写入 7 格' }).click();
    await expect.element(screen.getByText('已写入 7 格')).toBeVisible();
    expect(take.mock.calls[0]?.[0]).toBe(clean);
    expect(screen.getByRole('button', { name: /全部写入/ }).elements()).toEqual([]);
  });

  it('names each fault by its place, the faults before the doubts, with the honest count, and cannot be taken', async () => {
    const screen = await render(<Stage look={async () => faulty} />);
    await screen.getByLabelText('文件').upload(chosen);
    await expect.element(screen.getByText('130 处错误须改正，1 处疑点可以写入')).toBeVisible();
    const [hard, soft] = screen.getByRole('group').elements();
    expect(hard?.textContent).toContain('不是数字');
    expect(hard?.textContent).toContain('这里列出前 1 处，标注后的表格里有全部 130 处');
    expect(soft?.textContent).toContain('变化较大');
    const row = screen.getByRole('row').filter({ hasText: '数据!C4' });
    for (const text of ['甲校', '图书册数', '（空）', '应填整数', '0 以上']) {
      await expect.element(row).toHaveTextContent(text);
    }
    await expect.element(screen.getByRole('button', { name: '全部写入 7 格' })).toBeDisabled();
  });

  it('gives the columns of all causes one width, and the allowed values enough of it', async () => {
    const groups = faulty.groups.map((group) => ({
      ...group,
      findings: group.findings.map((one) => ({ ...one, rule: group.weight === 'hard' ? one.rule : '规则'.repeat(60) })),
    }));
    const screen = await render(<Stage look={async () => ({ ...faulty, groups })} />);
    await screen.getByLabelText('文件').upload(chosen);
    const heads = screen.getByRole('columnheader', { name: '允许的值' });
    await expect.element(heads.first()).toBeVisible();
    const widths = heads.elements().map((one) => Math.round(one.getBoundingClientRect().width));
    expect(widths).toHaveLength(2);
    expect(widths[0]).toBe(widths[1]);
    expect(widths[0]).toBeGreaterThan(150);
  });

  it('parts a Latin name of the file from the verb', async () => {
    const screen = await render(<Stage />);
    await expect.element(screen.getByRole('button', { name: '选择文件', exact: true })).toBeVisible();
    const other = await render(<FileDrop label="Excel 文件" accept=".xlsx" note="" onFile={() => {}} />);
    await expect.element(other.getByRole('button', { name: '选择 Excel 文件', exact: true })).toBeVisible();
  });

  it('says that nothing was written where the file is refused', async () => {
    const screen = await render(<Stage look={async () => undefined} looking={{ busy: false, problem: refused }} />);
    await screen.getByLabelText('文件').upload(chosen);
    await expect.element(screen.getByText('这个文件打不开。')).toBeVisible();
    await expect.element(screen.getByText('没有写入任何数据。')).toBeVisible();
    expect(screen.getByRole('button', { name: /全部写入/ }).elements()).toEqual([]);
  });

  it('forgets a preview that no longer holds, in the address too', async () => {
    const keep = vi.fn();
    const screen = await render(<Stage keep={keep} />);
    await screen.getByLabelText('文件').upload(chosen);
    await expect.element(screen.getByRole('button', { name: '全部写入 7 格' })).toBeVisible();
    expect(keep).toHaveBeenLastCalledWith(clean);
    await screen.getByRole('button', { name: '换一天' }).click();
    expect(screen.getByRole('button', { name: /全部写入/ }).elements()).toEqual([]);
    expect(keep).toHaveBeenLastCalledWith(null);
  });

  it('opens the preview that the address names, until that one is taken', async () => {
    const screen = await render(<Named />);
    await screen.getByRole('button', { name: '全部写入 7 格' }).click();
    await expect.element(screen.getByText('已写入 7 格')).toBeVisible();
  });

  it('does not offer an imported preview again, although the address still names it after a step back', async () => {
    const screen = await render(<Stage kept={clean} />);
    await screen.getByRole('button', { name: '全部写入 7 格' }).click();
    await expect.element(screen.getByText('已写入 7 格')).toBeVisible();
    expect(screen.getByRole('button', { name: /全部写入/ }).elements()).toEqual([]);
  });
});
