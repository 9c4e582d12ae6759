import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { readDraft, wholeCode } from '#contract/frameworks/frameworks.ts';
import { drawFramed } from '#test/support/browser/framed.tsx';
import type { Frame } from '#web/shared/address/context.tsx';
import { queryClient, useRead } from '#web/shared/call/queries.ts';
import type { Session } from '#web/shared/session/session.tsx';
import { useDraftEdits } from './useDraftEdits.ts';
import { WholeForm } from './WholeForm.tsx';

const draftId = '01890000-0000-7000-8000-000000000001';
const sentence = '“小于”读不懂，请写成 <';

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

/** A server that keeps the list of vetoes and finds a fault in a condition that is in words, as the real one does. */
function serve() {
  const state = { vetoes: [{ when: 'A9 得分率 < 0.3', text: '一票否决' }], version: 0 };
  const other = { path: 'vetoes', code: null, message: '否决项没有依据' };
  const answer = () => {
    const issues = state.vetoes.flatMap(({ when }, at) =>
      when.includes('小于') ? [{ path: `vetoes[${at}].when`, code: null, message: sentence }] : [],
    );
    const lists = { documents: [], vetoes: state.vetoes, caps: [], downgrades: [], conclusions: [], gaps: [] };
    const whole = { title: '体系', edition: '2025', subject: 'school', notApplicable: 'rebase', decimals: 2, max: 100 };
    const versions = { [`${wholeCode}.vetoes`]: state.version };
    const definition = { ...whole, ...lists, indicators: [] };
    return Response.json({ id: draftId, issues: [...issues, other], openCodes: [], versions, definition });
  };
  vi.stubGlobal('fetch', async (_: unknown, init: RequestInit = {}) => {
    if ((init.method ?? 'GET') === 'GET') return answer();
    const { cells } = JSON.parse(String(init.body)) as { cells: { value: typeof state.vetoes }[] };
    state.vetoes = cells[0]!.value;
    state.version += 1;
    return answer();
  });
}

function Shown() {
  const { data: draft } = useRead(readDraft, { params: { draftId } });
  return draft ? <Completing draft={draft} /> : null;
}

function Completing({ draft }: { draft: Parameters<typeof useDraftEdits>[0] }) {
  return <WholeForm draft={draft} edits={useDraftEdits(draft)} />;
}

it('a condition that cannot be read says so at its field once it is saved, and the page stays where it was', async () => {
  serve();
  const screen = await drawFramed(
    '/',
    { session: {} as Session, frame: {} as Frame },
    <QueryClientProvider client={queryClient}>
      <Shown />
    </QueryClientProvider>,
  );
  const field = screen.getByLabelText(/^条件/).first();
  await field.fill('A9 得分率 小于 三成');
  const save = screen.getByRole('button', { name: '保存改动' });
  const placed = () => field.element().getBoundingClientRect().top;
  const stood = placed();
  // The act stands at the lower edge of the window: nobody leaves the field to save. A click by the driver would scroll.
  const { top, bottom } = save.element().getBoundingClientRect();
  expect(top > 0 && bottom <= innerHeight).toBe(true);
  (save.element() as HTMLElement).click();
  await expect.element(field).toHaveAttribute('aria-invalid', 'true');
  await expect.element(field).toHaveAccessibleDescription(expect.stringContaining(sentence));
  // It stands at the field alone; what has no field stands above the list.
  expect(screen.getByText(sentence).elements()).toHaveLength(1);
  await expect.element(screen.getByText('否决项没有依据')).toBeVisible();
  expect(Math.abs(placed() - stood)).toBeLessThan(40);
  await expect.element(save).toBeDisabled();
  await field.fill('A9 得分率 < 0.3');
  await save.click();
  await expect.element(field).not.toHaveAttribute('aria-invalid', 'true');
});
