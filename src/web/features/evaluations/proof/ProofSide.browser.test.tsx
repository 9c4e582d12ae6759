import { useState } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Evaluation, Leaf } from '../evaluation-reply.ts';
import { ProofSide } from './ProofSide.tsx';

const frame = { ...plainFrame, today: '2031-06-01' };
const session = sessionOf('city');
const evaluation = { id: '01890000-0000-7000-8000-000000000001', subjectName: '晋江市' } as unknown as Evaluation;

const [own, other] = ['01890000-0000-7000-8000-00000000000a', '01890000-0000-7000-8000-00000000000b'];
const resemblance = {
  kind: 'same-file',
  evidenceId: other,
  title: '课表',
  unitName: '石狮',
  year: 2030,
  closeness: '1',
  fileId: null,
};
const piece = {
  ...{ id: own, title: '年度课表', aboutDay: '2031-03-01', receivedOn: '2031-04-02', catalogueNumber: 'C1-1' },
  ...{ boxNumber: '3', confidentiality: 'sealed', expiresOn: '2031-05-31', leaves: 2, version: 1, fileId: other },
  ...{ pageNote: null, page: 4, region: null, resemblances: [resemblance] },
};
const leafOf = (evidence: unknown[]) =>
  ({
    code: 'C1',
    origin: 'person',
    facts: [],
    evidenceAsked: '课表',
    evidence,
    can: { evidence: false },
  }) as unknown as Leaf;

const file = (id: string, name: string, view: string | null) => ({
  ...{ id: `01890000-0000-7000-8000-00000000000${id}`, name, view, kind: '文件', size: 2048, state: 'open' },
  ...{ addedByName: '林', addedAt: '2031-04-02T02:00:00.000Z', receipt: '20310402-AB', digest: 'abcdef0123456789' },
});

const contents = { name: '课程.txt', sheets: [], blocks: [{ kind: 'paragraph', text: '第一节 语文' }], more: false };

beforeEach(() => {
  vi.stubGlobal('fetch', async (address: string) => {
    if (/preview/.test(address)) return Response.json(contents);
    const rows = address.includes(other)
      ? [file('c', '石狮课表.exe', null)]
      : [file('d', '原件.bin', null), file('e', '课程.txt', 'text')];
    return Response.json({ rows, mayAttach: false });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

function Shown({ leaf }: { leaf: Leaf }) {
  const [shown, setShown] = useState<string | undefined>();
  return <ProofSide evaluation={evaluation} leaf={leaf} shown={shown} onShow={setShown} />;
}

it('a piece stands with its numbers and dates, and opens at the first file that can be looked at', async () => {
  const screen = await drawFramed('/', { session, frame }, <Shown leaf={leafOf([piece])} />);
  await expect
    .element(screen.getByText('材料 2031-03-01 · 收到 2031-04-02 · 目录 C1-1 · 盒号 3 · 密封 · 证明 2 项'))
    .toBeVisible();
  await screen.getByRole('button', { name: '年度课表' }).click();
  await expect
    .element(screen.getByRole('button', { name: '课程.txt', exact: true }))
    .toHaveAttribute('aria-current', 'true');
  await expect
    .element(screen.getByRole('button', { name: '原件.bin', exact: true }))
    .not.toHaveAttribute('aria-current');
  await expect.element(screen.getByText(/回执 20310402-AB · 校验码 abcdef012345…/).first()).toBeVisible();
  await expect.element(screen.getByText('第一节 语文')).toBeVisible();
  await screen.getByRole('button', { name: '原件.bin', exact: true }).click();
  await expect.element(screen.getByText('这种文件不能在页面里显示，请下载后打开。')).toBeVisible();
});

it('what has expired by the day of the installation, and what has no file, says so', async () => {
  const lasting = { ...piece, id: other, title: '长期', expiresOn: '2031-06-01', fileId: null };
  const screen = await drawFramed('/', { session, frame }, <Shown leaf={leafOf([piece, lasting])} />);
  await expect.element(screen.getByText('▲ 2031-05-31 已过有效期')).toBeVisible();
  expect(screen.getByText(/已过有效期/).elements()).toHaveLength(1);
  expect(screen.getByText('▲ 没有文件，不算已有材料').elements()).toHaveLength(1);
});

it('a hint leads to both pieces side by side, and decides nothing', async () => {
  const screen = await drawFramed('/', { session, frame }, <Shown leaf={leafOf([piece])} />);
  await screen.getByText(/与其他单位的 1 份材料相近/).click();
  await screen.getByRole('button', { name: '对照' }).click();
  const dialog = screen.getByRole('dialog', { name: '两份材料对照' });
  await expect.element(dialog.getByText(/只作提示/)).toBeVisible();
  const [mine, theirs] = [
    dialog.getByRole('region', { name: '本项材料' }),
    dialog.getByRole('region', { name: '相近的材料' }),
  ];
  await expect.element(mine.getByRole('button', { name: '课程.txt', exact: true })).toBeVisible();
  await expect.element(theirs.getByText('石狮 2030 年：课表')).toBeVisible();
  await expect.element(theirs.getByRole('button', { name: '石狮课表.exe', exact: true })).toBeVisible();
});
