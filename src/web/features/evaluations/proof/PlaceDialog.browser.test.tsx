import { useState } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { FilePlace } from '#web/shared/files/PdfFrame.tsx';
import type { LinkedEvidence } from '../evaluation-reply.ts';
import { OpenedPiece } from './OpenedPiece.tsx';
import { PlaceDialog } from './PlaceDialog.tsx';

const piece = {
  ...{ id: '01890000-0000-7000-8000-000000000007', title: '会议纪要', page: null, region: null, pageNote: null },
} as unknown as LinkedEvidence;
const session = sessionOf('county');

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

const draw = (content: React.ReactNode) => drawFramed('/', { session, frame: plainFrame }, content);

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

type Region = NonNullable<FilePlace['region']>;

/** A piece whose rectangle is moved while it stays open. */
function Moving({ from, to }: { from: Region; to: Region }) {
  const [region, setRegion] = useState(from);
  return (
    <>
      <button type="button" onClick={() => setRegion(to)}>
        移动
      </button>
      <OpenedPiece evidenceId={piece.id} mayAttach={false} place={{ page: 3, region }} />
    </>
  );
}

describe('a piece with a PDF', () => {
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
  const region = { left: 0.1, top: 0.2, width: 0.6, height: 0.2 };
  const handed: Array<{ place: unknown }> = [];

  beforeEach(() => {
    handed.length = 0;
    vi.stubGlobal('fetch', async (input: unknown) => {
      if (String(input).includes('/bytes')) return new Response('%PDF');
      const answer = String(input).includes(file.id) ? { address: '/bytes' } : { rows: [file], mayAttach: false };
      return Response.json(answer);
    });
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
  });

  it('opens at its page, and says who brought its file, the receipt and the digest', async () => {
    const screen = await draw(<OpenedPiece evidenceId={piece.id} mayAttach={false} place={{ page: 3, region }} />);
    await expect.element(screen.getByText(/鲤城督导 .* 上传 · 回执 20261130-4F3B2C1D · 校验码/)).toBeVisible();
    await expect.element(screen.getByText('f7e10457d7ae…')).toHaveAttribute('title', digest);
    await expect.element(screen.getByRole('button', { name: '复制纪要.pdf的校验码' })).toBeVisible();
    await expect.poll(() => handed.map(({ place }) => place)).toContainEqual({ page: 3, region });
  });

  it('shows the rectangle anew where it was moved on the same page', async () => {
    const moved = { ...region, top: 0.5 };
    const screen = await draw(<Moving from={region} to={moved} />);
    await expect.poll(() => handed.at(-1)?.place).toEqual({ page: 3, region });
    await screen.getByRole('button', { name: '移动' }).click();
    await expect.poll(() => handed.at(-1)?.place).toEqual({ page: 3, region: moved });
  });
});
