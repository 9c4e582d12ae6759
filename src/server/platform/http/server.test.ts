import { expect, it } from 'vitest';
import { z } from 'zod';
import { route } from '#contract/route.ts';
import type { Endpoint } from './endpoint.ts';
import { openHttp } from './server.ts';

const whence = route({
  name: 'test.whence',
  method: 'GET',
  path: '/api/whence',
  access: 'public',
  summary: '来自何处',
  output: z.object({ address: z.string() }),
});

async function addressSeen(trustedProxies: readonly string[] | undefined): Promise<string> {
  const endpoint: Endpoint = { route: whence, answer: async ({ address }) => ({ value: { address } }) };
  const http = await openHttp({
    endpoints: [endpoint],
    logLevel: 'silent',
    ...(trustedProxies === undefined ? {} : { trustedProxies }),
  });
  const response = await http.inject({
    url: '/api/whence',
    remoteAddress: '127.0.0.1',
    headers: { 'x-forwarded-for': '203.0.113.7, 198.51.100.9' },
  });
  await http.close();
  return response.json().address;
}

it('trusts only a proxy of the settings to report a caller’s address', async () => {
  expect(await addressSeen(undefined)).toBe('127.0.0.1');
  expect(await addressSeen([])).toBe('127.0.0.1');
  expect(await addressSeen(['10.0.0.0/8'])).toBe('127.0.0.1');
  // The entries before the proxy's own may have been made up by the caller.
  expect(await addressSeen(['127.0.0.1'])).toBe('198.51.100.9');
});
