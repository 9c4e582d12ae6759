import { afterAll, beforeAll, expect, it } from 'vitest';
import { health } from '#contract/health.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [] });
});
afterAll(() => app.close());

it('reports to anybody that it is well, and nothing more', async () => {
  expect(await app.stranger.call(health)).toEqual({ status: 'ok' });
});
