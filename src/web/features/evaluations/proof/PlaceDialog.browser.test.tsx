import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed } from '#test/support/browser/framed.tsx';
import type { Frame } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Session } from '#web/shared/session/session.tsx';
import type { LinkedEvidence } from '../evaluation-reply.ts';
import { OpenedPiece } from './OpenedPiece.tsx';
import { PlaceDialog } from './PlaceDialog.tsx';

const piece = {
  ...{ id: '01890000-0000-7000-8000-000000000007', title: '会议纪要', page: null, region: null, pageNote: null },
} as unknown as LinkedEvidence;
const frame = { years: [], currentYear: null, today: '2026-11-30' } as unknown as Frame;
const session = {
  ...{ role: { level: 'county' }, permissions: [], school: null, unit: null, counties: [], path: [] },
  ...{ person: { id: 'ann', name: '甲' }, post: null },
} as unknown as Session;

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

const draw = (content: React.ReactNode) =>
  drawFramed('/', { session, frame }, <QueryClientProvider client={queryClient}>{content}</QueryClientProvider>);

it('a rectangle needs its page, and both are sent with the words', async () => {
  const sent: unknown[] = [];
  vi.stubGlobal('fetch', async (_: unknown, init: RequestInit = {}) => {
    if (init.method !== 'PUT') return Response.json({ rows: [] });
    sent.push(JSON.parse(String(init.body)));
    return Response.json({ evidence: [] });
  });
  const params = { evaluationId: '01890000-0000-7000-8000-000000000001', code: 'C1' };
  const screen = await draw(<PlaceDialog params={params} piece={piece} onClose={() => {}} />);
  await screen.getByRole('checkbox', { name: '在这一页上标出区域' }).click();
  await expect.element(screen.getByText('标出区域的，请写明是第几页。')).toBeVisible();
  await expect.element(screen.getByRole('button', { name: '保存' })).toBeDisabled();
  await screen.getByRole('textbox', { name: /第几页/ }).fill('3');
  await screen.getByRole('textbox', { name: /^宽/ }).fill('120');
  await expect.element(screen.getByText(/区域应在页面以内/)).toBeVisible();
  await screen.getByRole('textbox', { name: /^宽/ }).fill('60');
  await screen.getByRole('textbox', { name: /^位置/ }).fill('表 2');
  await screen.getByRole('button', { name: '保存' }).click();
  await expect
    .poll(() => sent)
    .toEqual([
      {
        ...{ evidenceId: piece.id, linked: true, pageNote: '表 2', page: 3 },
        region: { left: 0, top: 0, width: 0.6, height: 0.5 },
      },
    ]);
});

it('a piece opens at its page, and says who brought its file, the receipt and the digest', async () => {
  const digest = 'f7e10457d7ae'.padEnd(64, '0');
  const file = {
    ...{ id: '01890000-0000-7000-8000-00004f3b2c1d', name: '纪要.pdf', kind: 'PDF 文档', size: 2048, view: 'pdf' },
    ...{
      state: 'open',
      addedByName: '鲤城督导',
      addedAt: '2026-11-30T02:00:00Z',
      receipt: '20261130-4F3B2C1D',
      digest,
    },
  };
  vi.stubGlobal('fetch', async (input: unknown) => {
    if (String(input).includes('/bytes')) return new Response('%PDF');
    return Response.json(String(input).includes(file.id) ? { address: '/bytes' } : { rows: [file], mayAttach: false });
  });
  const handed: Array<{ place: unknown }> = [];
  const Real = MessageChannel;
  vi.stubGlobal(
    'MessageChannel',
    class {
      readonly port1 = {
        onmessage: (): void => {},
        postMessage: (given: { place: unknown }) => void handed.push(given),
      };
      readonly port2 = new Real().port2;
      constructor() {
        setTimeout(() => this.port1.onmessage(), 20);
      }
    },
  );
  const region = { left: 0.1, top: 0.2, width: 0.6, height: 0.2 };
  const screen = await draw(<OpenedPiece evidenceId={piece.id} mayAttach={false} place={{ page: 3, region }} />);
  await expect.element(screen.getByText(/鲤城督导 .* 上传 · 回执 20261130-4F3B2C1D · 校验码/)).toBeVisible();
  await expect.element(screen.getByText('f7e10457d7ae…')).toHaveAttribute('title', digest);
  await expect.element(screen.getByRole('button', { name: '复制纪要.pdf的校验码' })).toBeVisible();
  await expect.poll(() => handed.map(({ place }) => place)).toContainEqual({ page: 3, region });
});
