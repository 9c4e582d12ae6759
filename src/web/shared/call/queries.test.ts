import { beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { attach } from '#contract/files/attachments.ts';
import { route } from '#contract/route.ts';
import { queryClient, refreshAfter } from './queries.ts';

const act = (name: string, touches?: readonly string[] | 'everything') =>
  route({
    ...{ name, method: 'POST', path: '/api/nothing', access: 'signed-in', summary: '试验' },
    output: z.object({}),
    ...(touches ? { touches } : {}),
  });

beforeEach(() => {
  queryClient.clear();
  for (const name of ['visits.list', 'visitors.list', 'home.frame', 'letters.read', 'session.read']) {
    queryClient.setQueryData([name, {}], {});
  }
});

const stale = () =>
  queryClient
    .getQueryCache()
    .getAll()
    .filter((query) => query.state.isInvalidated)
    .map((query) => query.queryKey[0]);

it('an act makes stale the reads of its own name and the home page', async () => {
  await refreshAfter(act('visits.plan'));
  expect(stale()).toEqual(['visits.list', 'home.frame']);
});

it('an act makes stale the reads that its route touches', async () => {
  await refreshAfter(act('visits.plan', ['letters']));
  expect(stale()).toEqual(['visits.list', 'home.frame', 'letters.read']);
});

it('an act that touches everything makes all reads stale', async () => {
  await refreshAfter(act('visits.plan', 'everything'));
  expect(stale()).toEqual(['visits.list', 'visitors.list', 'home.frame', 'letters.read', 'session.read']);
});

it('a file that is attached makes stale the leaf that it proves', async () => {
  queryClient.setQueryData(['evaluations.leaf', {}], {});
  await refreshAfter(attach);
  expect(stale()).toContain('evaluations.leaf');
});
