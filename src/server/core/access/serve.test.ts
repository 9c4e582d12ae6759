import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { route } from '#contract/route.ts';
import { job } from '#platform/jobs/port.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { doing } from './feature.ts';
import { serve } from './serve.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [] });
});
afterAll(() => app.close());

const asked = route({
  name: 'x.asked',
  method: 'GET',
  path: '/api/x',
  access: 'filing.read',
  summary: 'x',
  output: z.object({}),
});

/** The reply of a route's endpoint to the county officer. */
const answer = (served: ReturnType<typeof serve>) =>
  served(app.services).answer({
    ...{ params: {}, query: {}, body: undefined, headers: {}, address: '127.0.0.1', requestId: 'x' },
    cookies: Object.fromEntries([app.as('countyOfficer').cookie.split('=').map(decodeURIComponent)]),
    log: { info() {}, warn() {}, error() {} },
  } as never);

it('a handler that never calls authorize is a fault, unless its route says so', async () => {
  await expect(answer(serve(asked, async () => ({})))).rejects.toThrow('without asking authorize');
  await expect(answer(serve({ ...asked, scoped: true }, async () => ({})))).resolves.toEqual({ value: {} });
  const authorised = serve(asked, async (ctx) => {
    ctx.authorize(true);
    return {};
  });
  await expect(answer(authorised)).resolves.toEqual({ value: {} });
});

it('a job runs with its own data and its reach, and not with another’s', async () => {
  const ran: object[] = [];
  const counted = job({
    name: 'x.count',
    title: '计数',
    data: z.object({ unit: z.int() }),
    keyOf: ({ unit }) => `unit ${unit}`,
    retries: 1,
  });
  const work = doing(counted, async (_services, data) => void ran.push(data));
  const by = { personId: 'somebody', grantId: 'a post', standInId: null };
  await work.run(app.services, { places: [3], by, unit: 7, more: 'is not asked for' });
  expect(ran).toEqual([{ unit: 7, places: [3], by }]);
  expect(work.keyOf?.({ places: [3], unit: 7 })).toBe('unit 7');
  expect(() => work.run(app.services, { places: [3], unit: 'seven' })).toThrow();
  expect(ran).toHaveLength(1);
});
