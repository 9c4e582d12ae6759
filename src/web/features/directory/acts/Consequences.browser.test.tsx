import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { Consequences } from './Consequences.tsx';

const school = {
  id: 1,
  name: '霞园中学',
  code: '3135990244',
  ownership: 'private',
  filings: [],
  accounts: [],
  findings: null,
};
const question = '已核实：“霞园中学”是民办学校，并入“博谷中学”后按公办计';

afterEach(() => vi.unstubAllGlobals());

it('carries the act out only after the consequences are shown and each question is confirmed', async () => {
  vi.stubGlobal('fetch', async () => Response.json({ schools: [school] }));
  const act = vi.fn(async () => undefined);
  const screen = await render(
    <QueryClientProvider client={new QueryClient()}>
      <Consequences schoolId={2} ending={[1]} questions={[question]} verb="并入本校" act={act} back={() => undefined} />
    </QueryClientProvider>,
  );
  const verb = screen.getByRole('button', { name: '并入本校' });
  await expect.element(screen.getByText('“霞园中学”不再是在办学校；标识码 3135990244 作废，不再分配。')).toBeVisible();
  await expect.element(verb).toBeDisabled();
  await screen.getByRole('checkbox', { name: question }).click();
  await expect.element(verb).toBeEnabled();
  await verb.click();
  expect(act).toHaveBeenCalledOnce();
});
