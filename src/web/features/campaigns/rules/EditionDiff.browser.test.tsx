import { afterEach, expect, it, vi } from 'vitest';
import { drawFramed, plainFrame, sessionOf } from '#test/support/browser/framed.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { Session } from '#web/shared/session/session.tsx';
import { EditionDiff } from './EditionDiff.tsx';

const session = sessionOf('city', ['framework.read']);
const edition = {
  ...{ key: 'county-inspection-sample', revision: 2, hash: 'b', title: '测评体系' },
  ...{ authority: 'sample' as const, completedBy: null },
};
const change = { moved: null, points: null, texts: [], scoring: false };

/** The round before was judged by a revision of the edition. */
function serve(revision: number) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    if (!address.includes('framework-comparison')) {
      return Response.json({ title: '2023 年对县督导', edition: { ...edition, revision } });
    }
    return Response.json({
      ...{ first: { ...edition, revision }, second: edition, same: 61, rules: ['vetoes'] },
      changes: [
        { ...change, code: 'C66', title: '心理健康教育', change: 'added' },
        { ...change, code: 'C9', title: '幼儿园布局', change: 'removed' },
        { ...change, code: 'C5', title: '招生规范', change: 'changed', points: { from: 2, to: 3 } },
      ],
    });
  });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
  queryClient.clear();
});

const draw = (of: Session = session) =>
  drawFramed(
    '/',
    { session: of, frame: plainFrame },
    <EditionDiff earlierId="01890000-0000-7000-8000-000000000002" edition={edition} />,
  );

it('what the edition has otherwise than that of the round before is counted, named and led to', async () => {
  const asked = serve(1);
  const screen = await draw();
  await expect.element(screen.getByText('比“2023 年对县督导”增加 1 项，取消 1 项，改变 1 项，61 项相同')).toBeVisible();
  const rows = screen.getByRole('table', { name: '改变的指标' }).getByRole('row');
  await expect.element(rows.filter({ hasText: 'C66' })).toHaveTextContent('心理健康教育增加');
  await expect.element(rows.filter({ hasText: 'C9' })).toHaveTextContent('取消');
  await expect.element(rows.filter({ hasText: 'C5' })).toHaveTextContent('分值 2 分改为 3 分');
  const removed = rows.filter({ hasText: 'C9' }).getByRole('link');
  await expect.element(removed).toHaveAttribute('href', expect.stringContaining('revision=1'));
  await expect.element(screen.getByText(/指标以外改变的有：/)).toBeVisible();
  expect(asked.at(-1)).toMatch(/first=county-inspection-sample.*firstRevision=1|firstRevision=1.*first=county/);
});

it('where both rounds have the same revision nothing is compared', async () => {
  const asked = serve(2);
  const screen = await draw();
  await expect.element(screen.getByText('与“2023 年对县督导”用同一个版本，没有改变')).toBeVisible();
  expect(asked).toHaveLength(1);
});

it('whoever reads no editions is shown nothing of it', async () => {
  const asked = serve(1);
  await draw({ ...session, permissions: [] } as unknown as Session);
  expect(asked).toEqual([]);
});
