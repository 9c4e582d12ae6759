import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import { Questions } from '#web/shared/kit/dialog/Questions.tsx';
import { InspectorActs } from './InspectorActs.tsx';
import type { Inspector } from './inspector-reply.ts';

const id = '01890000-0000-7000-8000-000000000001';
const frame = { ...plainFrame, today: '2031-06-01' };
const session = sessionOf('city');
const inspector = (letterId: string | null) =>
  ({
    ...{ id, revision: 1, name: '林督学', kind: 'responsible', username: null, can: { letter: true } },
    ...{ letterWay: '聘书由干部送审。' },
    termList: [
      { id: '1', from: '2026-09-01', to: '2029-08-31', documentNumber: null, endedOn: null, reason: null, letterId },
      { id: '2', from: '2029-09-01', to: '2032-08-31', documentNumber: null, endedOn: null, reason: null, letterId },
    ],
  }) as unknown as Inspector;

const asked: string[] = [];
beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal('fetch', async (address: unknown) => {
    asked.push(String(address));
    return Response.json({ letterId: id, way: '' });
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

const draw = (letterId: string | null) =>
  drawFramed(
    '/',
    { session, frame },
    <>
      <InspectorActs inspector={inspector(letterId)} />
      <Questions />
    </>,
  );

it('a letter of appointment is drafted once it was asked how many of what, and the term has none', async () => {
  const screen = await draw(null);
  await screen.getByRole('button', { name: '拟聘书' }).click();
  const dialog = screen.getByRole('dialog');
  await expect.element(dialog).toHaveTextContent('1 份公文草稿“聘书（林督学）”');
  await expect.element(dialog).toHaveTextContent('任期 2029-09-01 至 2032-08-31');
  expect(asked).toEqual([]);
  await dialog.getByRole('button', { name: '拟聘书' }).click();
  await expect.poll(() => asked).toHaveLength(1);
});

it('a term whose letter stands gets no second one', async () => {
  const screen = await draw(id);
  await expect.element(screen.getByRole('button', { name: '拟聘书' })).not.toBeInTheDocument();
});
