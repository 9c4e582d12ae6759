import { QueryClientProvider } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { render } from 'vitest-browser-react';
import { z } from 'zod';
import { route } from '#contract/route.ts';
import { queryClient, useAct } from './queries.ts';

const plan = route({
  ...{ name: 'visits.plan', method: 'POST', path: '/api/visits', access: 'signed-in', summary: '试验' },
  body: z.object({ school: z.string() }),
  output: z.object({}),
});

function Stage() {
  const { act } = useAct(plan);
  return ['甲', '乙'].map((school) => (
    <button key={school} type="button" onClick={() => void act({ body: { school } })}>
      {school}
    </button>
  ));
}

afterEach(() => vi.unstubAllGlobals());

it('sends a double click once, another input beside it, and the same again once it is done', async () => {
  const sent: string[] = [];
  const answers: Array<() => void> = [];
  vi.stubGlobal('fetch', (_: unknown, init: RequestInit) => {
    sent.push(String(init.body));
    return new Promise((answer) => answers.push(() => answer(Response.json({}))));
  });
  const screen = await render(
    <QueryClientProvider client={queryClient}>
      <Stage />
    </QueryClientProvider>,
  );
  const [first, second] = ['甲', '乙'].map((name) => screen.getByRole('button', { name }).element() as HTMLElement);
  first?.click();
  first?.click();
  second?.click();
  await expect.poll(() => sent).toEqual(['{"school":"甲"}', '{"school":"乙"}']);
  for (const answer of answers) answer();
  await expect
    .poll(() => {
      first?.click();
      return sent.length;
    })
    .toBe(3);
});
