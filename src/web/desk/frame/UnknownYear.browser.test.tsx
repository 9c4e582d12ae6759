import { expect, it } from 'vitest';
import { drawFramed } from '#test/support/browser/framed.tsx';
import { type Frame, useDeskContext } from '#web/shared/address/context.tsx';
import type { Session } from '#web/shared/session/session.tsx';
import { UnknownYear } from './UnknownYear.tsx';

const frame = {
  ...{ years: [{ schoolYear: 2025, state: 'open' }], currentYear: 2025, today: '2025-11-30' },
} as unknown as Frame;
const session = { role: { level: 'city' }, school: null, unit: null, counties: [], path: [] } as unknown as Session;

function Year() {
  return <p>本页：{useDeskContext().year}</p>;
}

const draw = (address: string) =>
  drawFramed(
    address,
    { session, frame },
    <>
      <UnknownYear />
      <Year />
    </>,
  );

it('a year of the address that does not exist is named, and one press leads to the one that is shown', async () => {
  const screen = await draw('/?year=1999&unit=5');
  await expect
    .element(screen.getByRole('status'))
    .toHaveTextContent('系统中没有 1999 学年，这里显示 2025 学年的内容。');
  await expect.element(screen.getByText('本页：2025')).toBeVisible();
  const way = screen.getByRole('link', { name: '知道了' });
  await expect.element(way).toHaveAttribute('href', '/?year=2025&unit=5');
  await way.click();
  await expect.poll(() => screen.getByRole('status').elements()).toEqual([]);
});

it('nothing is said of a year that exists, or where the address names none', async () => {
  for (const address of ['/?year=2025', '/']) {
    const screen = await draw(address);
    await expect.element(screen.getByText('本页：2025')).toBeVisible();
    expect(screen.getByRole('status').elements()).toEqual([]);
    await screen.unmount();
  }
});
