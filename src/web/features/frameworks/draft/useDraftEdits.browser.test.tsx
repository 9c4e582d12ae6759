import { QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  RouterProvider,
} from '@tanstack/react-router';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { readDraft } from '#contract/frameworks/frameworks.ts';
import { queryClient, useRead } from '#web/shared/call/queries.ts';
import { DraftCells } from './DraftCells.tsx';
import { nodeIssues } from './draft-notes.ts';
import { useDraftEdits } from './useDraftEdits.ts';

const draftId = '01890000-0000-7000-8000-000000000001';

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

interface Sent {
  code: string;
  field: string;
  value: string | number | null;
  version: number;
}

/** A server that keeps the cells of one draft by their versions, as the real one does. */
function serve(count: number) {
  const versions: Record<string, number> = {};
  const indicators = Array.from({ length: count }, (_, at) => ({
    ...({ code: `C${at + 1}`, parent: null, title: '原名', points: 2 } as Record<string, unknown>),
  }));
  const state = { sent: [] as number[], held: null as Promise<void> | null };
  const write = ({ code, field, value }: Pick<Sent, 'code' | 'field' | 'value'>) => {
    indicators.find((one) => one.code === code)![field] = value;
    versions[`${code}.${field}`] = (versions[`${code}.${field}`] ?? 0) + 1;
  };
  const answer = () => Response.json({ id: draftId, issues: [], openCodes: [], versions, definition: { indicators } });
  vi.stubGlobal('fetch', async (_: unknown, init: RequestInit = {}) => {
    if ((init.method ?? 'GET') === 'GET') return answer();
    const { cells } = JSON.parse(String(init.body)) as { cells: Sent[] };
    state.sent.push(cells.length);
    await state.held;
    if (cells.some(({ code, field, version }) => (versions[`${code}.${field}`] ?? 0) !== version)) {
      const refusal = { code: 'thing.changed', kind: 'conflict', message: '指标的名称刚刚有改动' };
      return Response.json(refusal, { status: 409 });
    }
    for (const cell of cells) write(cell);
    return answer();
  });
  return { state, write, title: (code: string) => indicators.find((one) => one.code === code)!.title };
}

function Shown() {
  const { data: draft } = useRead(readDraft, { params: { draftId } });
  return draft ? <Completing draft={draft} /> : null;
}

function Completing({ draft }: { draft: Parameters<typeof useDraftEdits>[0] }) {
  const edits = useDraftEdits(draft);
  const { indicators } = draft.definition;
  const all = () => {
    for (const { code } of indicators) edits.set(code, { typed: { title: `新名 ${code}` }, confirmed: false });
  };
  const open = indicators[0]!;
  return (
    <>
      <button type="button" onClick={all}>
        全部填写
      </button>
      <button type="button" onClick={edits.save}>
        保存 {edits.count} 格
      </button>
      <DraftCells
        indicator={open}
        edit={edits.of(open.code)}
        onEdit={(edit) => edits.set(open.code, edit)}
        overtaken={edits.overtaken.filter(({ code }) => code === open.code)}
        onChoose={edits.choose}
        issues={nodeIssues(draft, open.code)}
      />
    </>
  );
}

async function stage() {
  const root = createRootRoute({
    component: () => (
      <QueryClientProvider client={queryClient}>
        <Outlet />
      </QueryClientProvider>
    ),
  });
  const routeTree = root.addChildren([createRoute({ getParentRoute: () => root, path: '/', component: Shown })]);
  const router = createRouter({ history: createMemoryHistory(), routeTree });
  return render(<RouterProvider router={router as never} />);
}

it('saves every cell, of more than one request too', async () => {
  const { state, title } = serve(51);
  const screen = await stage();
  await screen.getByRole('button', { name: '全部填写' }).click();
  await screen.getByRole('button', { name: '保存 51 格' }).click();
  await expect.element(screen.getByRole('button', { name: '保存 0 格' })).toBeVisible();
  expect(state.sent).toEqual([50, 1]);
  expect([title('C1'), title('C51')]).toEqual(['新名 C1', '新名 C51']);
});

it('keeps what is typed while a request runs, and sends it on top of what the request wrote', async () => {
  const { state, title } = serve(1);
  const screen = await stage();
  const field = screen.getByLabelText('名称');
  await field.fill('第一稿');
  let go = () => {};
  state.held = new Promise((resolve) => {
    go = resolve;
  });
  await screen.getByRole('button', { name: '保存 1 格' }).click();
  await expect.poll(() => state.sent.length).toBe(1);
  await field.fill('第一稿，再写');
  await screen.getByLabelText('责任单位').fill('教育局');
  go();
  await expect.element(screen.getByRole('button', { name: '保存 2 格' })).toBeVisible();
  await expect.poll(() => title('C1')).toBe('第一稿');
  await expect.element(field).toHaveValue('第一稿，再写');
  await screen.getByRole('button', { name: '保存 2 格' }).click();
  await expect.element(screen.getByRole('button', { name: '保存 0 格' })).toBeVisible();
  expect(title('C1')).toBe('第一稿，再写');
});

it('loses nothing to a refusal: the cell that somebody else wrote waits for a choice, and the others are saved', async () => {
  const { write, title } = serve(2);
  const screen = await stage();
  const field = screen.getByLabelText('名称');
  await field.fill('我的');
  await screen.getByLabelText('责任单位').fill('教育局');
  write({ code: 'C1', field: 'title', value: '同事的' });
  await screen.getByRole('button', { name: '保存 2 格' }).click();
  await expect.element(screen.getByRole('alert')).toHaveTextContent('指标 C1 的名称另有保存');
  await expect.element(field).toHaveValue('我的');
  await screen.getByRole('button', { name: '保存 1 格' }).click();
  await expect.element(screen.getByRole('button', { name: '保存 0 格' })).toBeVisible();
  expect(title('C1')).toBe('同事的');
  await screen.getByRole('button', { name: '用我的：我的' }).click();
  await screen.getByRole('button', { name: '保存 1 格' }).click();
  await expect.poll(() => title('C1')).toBe('我的');
});
