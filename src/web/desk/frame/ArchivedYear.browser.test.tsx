import { expect, it } from 'vitest';
import type { Permission } from '#domain/access/permissions.ts';
import { drawFramed } from '#test/support/browser/framed.tsx';
import type { Frame } from '#web/shared/address/context.tsx';
import { useCanInYear, useShownYear, YearOfPage } from '#web/shared/desk/year-of-page.tsx';
import type { Session } from '#web/shared/session/session.tsx';
import { ArchivedYear } from './ArchivedYear.tsx';

const frame = {
  years: [
    { schoolYear: 2025, state: 'open', opensOn: '2025-09-15' },
    { schoolYear: 2024, state: 'closed', opensOn: '2024-09-15', archivedOn: '2025-10-15' },
  ],
  ...{ currentYear: 2025, today: '2025-11-30' },
} as unknown as Frame;
const permissions: readonly Permission[] = ['filing.fill'];
const session = {
  ...{ role: { level: 'city' }, school: null, unit: null, counties: [], path: [], permissions },
} as unknown as Session;

interface PageProps {
  own?: number | undefined;
}

function Subject({ own }: PageProps) {
  useShownYear(own);
  return <p>{useCanInYear('filing.fill') ? '导入' : '只读'}</p>;
}

const draw = (address: string, { own, ofAddress = true }: PageProps & { ofAddress?: boolean } = {}) =>
  drawFramed(
    address,
    { session, frame },
    <YearOfPage>
      <ArchivedYear ofAddress={ofAddress} />
      <Subject own={own} />
    </YearOfPage>,
  );

const sentence = '2024 学年已于 2025-10-15 归档，本页只能查阅和导出。';

it('a page that shows an archived year says so, and its acts are not offered', async () => {
  const screen = await draw('/?year=2024');
  await expect.element(screen.getByRole('status')).toHaveTextContent(sentence);
  await expect.element(screen.getByText('只读')).toBeVisible();
});

it('a page of one subject says it of the year of its subject, whatever the address names', async () => {
  const screen = await draw('/?year=2025', { own: 2024, ofAddress: false });
  await expect.element(screen.getByRole('status')).toHaveTextContent(sentence);
});

it('nothing is said of a year that takes writes, or on a page that shows none', async () => {
  for (const [address, ofAddress] of [
    ['/?year=2025', true],
    ['/?year=2024', false],
  ] as const) {
    const screen = await draw(address, { ofAddress });
    await expect.element(screen.getByText(ofAddress ? '导入' : '只读')).toBeVisible();
    expect(screen.getByRole('status').elements()).toEqual([]);
    await screen.unmount();
  }
});
