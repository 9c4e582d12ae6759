import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { userEvent } from 'vitest/browser';
import { drawFramed } from '#test/support/browser/framed.tsx';
import type { Frame } from '#web/shared/address/context.tsx';
import { queryClient } from '#web/shared/call/queries.ts';
import type { AllWords } from '#web/shared/desk/registry.ts';
import type { Session } from '#web/shared/session/session.tsx';
import { Palette } from './Palette.tsx';

const frame = { years: [], currentYear: null, today: '2026-11-30', units: [] } as unknown as Frame;
const session = {
  ...{ role: { level: 'city' }, school: null, unit: null, counties: [], path: [], permissions: [] },
  ...{ person: { id: 'ann', name: '甲' }, post: null },
} as unknown as Session;
const words = { actions: [], finders: [] } as unknown as AllWords;

function Desk() {
  const [finding, setFinding] = useState(false);
  return (
    <QueryClientProvider client={queryClient}>
      <button type="button" onClick={() => setFinding(true)}>
        搜索
      </button>
      {finding && <Palette pages={[]} words={words} onClose={() => setFinding(false)} onLeave={() => undefined} />}
    </QueryClientProvider>
  );
}

afterEach(() => queryClient.clear());

it('whoever gives up a search is back where the keyboard was', async () => {
  const screen = await drawFramed('/', { session, frame }, <Desk />);
  await screen.getByRole('button', { name: '搜索' }).click();
  await expect.element(screen.getByRole('combobox')).toHaveFocus();
  await userEvent.keyboard('{Escape}');
  await expect.element(screen.getByRole('button', { name: '搜索' })).toHaveFocus();
});
