import { useState } from 'react';
import { expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-react';
import { DateRange } from './DateRange.tsx';

function Stage() {
  const [span, setSpan] = useState<{ from: string | undefined; to: string | undefined }>({
    from: '2026-03-01',
    to: undefined,
  });
  return (
    <>
      <DateRange label="日期" {...span} onChange={setSpan} />
      <output>{`${span.from ?? '不限'} ${span.to ?? '不限'}`}</output>
    </>
  );
}

it('takes the other end along once a day past it has been left, and not while it is being typed', async () => {
  const screen = await render(<Stage />);
  const to = screen.getByLabelText('日期，到');
  await to.fill('2026-04-30');
  await expect.element(screen.getByText('2026-03-01 2026-04-30')).toBeVisible();
  await to.fill('2026-02-10');
  await expect.element(screen.getByText('2026-03-01 2026-02-10')).toBeVisible();
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.tab();
  await userEvent.tab();
  await expect.element(screen.getByText('2026-02-10 2026-02-10')).toBeVisible();
  await screen.getByLabelText('日期，从').fill('');
  await expect.element(screen.getByText('不限 2026-02-10')).toBeVisible();
});

it('says of each end what is wrong with it, until that end is put right', async () => {
  const screen = await render(<Stage />);
  const [from, to] = [screen.getByLabelText('日期，从'), screen.getByLabelText('日期，到')];
  await from.fill('甲日');
  await to.fill('乙日');
  await userEvent.tab();
  await expect.element(from).toHaveAccessibleDescription(/甲日/);
  await expect.element(to).toHaveAccessibleDescription(/乙日/);
  await to.fill('2026-05-01');
  await expect.element(to).not.toHaveAttribute('aria-invalid');
  await expect.element(from).toHaveAccessibleDescription(/甲日/);
  expect(screen.getByRole('alert').elements()).toHaveLength(1);
});
