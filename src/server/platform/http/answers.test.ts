import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { file, route } from '#contract/route.ts';
import type { Endpoint } from './endpoint.ts';
import { openHttp } from './server.ts';

const shared = { access: 'public', summary: '试' } as const;
const secret = 'the-password-of-the-database';
const endpoints: Endpoint[] = [
  {
    route: route({ ...shared, name: 'test.read', method: 'GET', path: '/api/read', output: z.object({ a: z.int() }) }),
    answer: async () => ({ value: { a: 1, hash: secret } }),
  },
  {
    route: route({
      ...{ ...shared, name: 'test.write', method: 'POST', path: '/api/write' },
      ...{ body: z.object({ a: z.int() }), output: z.object({ a: z.int() }) },
    }),
    answer: async () => ({ value: { a: 1 } }),
  },
  {
    route: route({
      ...{ ...shared, access: 'setting.manage', name: 'test.own', method: 'GET', path: '/api/own' },
      output: z.object({}),
    }),
    answer: async () => ({ value: {} }),
  },
  {
    route: route({ ...shared, name: 'test.fault', method: 'GET', path: '/api/fault', output: z.object({}) }),
    answer: async () => {
      throw new Error(`select * from people where password = '${secret}'`);
    },
  },
  {
    route: route({ ...shared, name: 'test.file', method: 'GET', path: '/api/file', output: file('text/csv') }),
    answer: async () => ({
      value: { fileName: '表"一;\r\nx-made-up: 1', contentType: 'text/csv; charset=utf-8', body: new Uint8Array([65]) },
    }),
  },
];

/** A built desk, and beside it what must not be served. */
const folder = mkdtempSync(path.join(tmpdir(), 'dudao-answers-'));
let http: Awaited<ReturnType<typeof openHttp>>;
beforeAll(async () => {
  mkdirSync(path.join(folder, '.git'));
  writeFileSync(path.join(folder, '.git/config'), secret);
  writeFileSync(path.join(folder, 'auth-secret'), secret);
  mkdirSync(path.join(folder, 'web/assets'), { recursive: true });
  writeFileSync(path.join(folder, 'web/index.html'), '<!doctype html><title>desk</title>');
  writeFileSync(path.join(folder, 'web/assets/index-1a2b.js'), 'export {};');
  http = await openHttp({ endpoints, logLevel: 'silent', webRoot: path.join(folder, 'web') });
});
afterAll(async () => {
  await http.close();
  rmSync(folder, { recursive: true });
});

const pages = ['/', '/balance/counties', '/assets/index-1a2b.js', '/assets/missing.js'];
const answers = ['/api/read', '/api/file', '/api/fault', '/api/nowhere'];

it('the head of what is public is told to a watchdog, and of nothing else', async () => {
  const asked = ['/api/read', '/api/own'].map((url) => http.inject({ method: 'HEAD', url }));
  expect((await Promise.all(asked)).map(({ statusCode }) => statusCode)).toEqual([200, 404]);
});

describe('every answer of a route, a page and a refusal', () => {
  it.each([...pages, ...answers])('of %s carries the headers that bind the browser', async (url) => {
    const { headers } = await http.inject({ url });
    const policy = String(headers['content-security-policy']).split(';');
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
      ]),
    );
    // Neither scripts written into a page nor scripts of others.
    expect(policy.filter((line) => line.startsWith('script-src'))).toEqual([]);
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('same-origin');
    expect(headers['cross-origin-opener-policy']).toBe('same-origin');
  });

  it.each([...pages, ...answers])('of %s says what it is, and texts in which encoding', async (url) => {
    expect((await http.inject({ url })).headers['content-type']).toMatch(
      /^(application\/(json|javascript)|text\/(html|plain|csv)); charset=utf-8$/i,
    );
  });

  it.each(answers)('of %s is kept by nobody', async (url) => {
    expect((await http.inject({ url })).headers['cache-control']).toBe('no-store');
  });

  it('opens nothing to the pages of another host', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    for (const method of ['GET', 'OPTIONS'] as const) {
      const answer = await http.inject({ method, url: '/api/read', headers });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
  });

  it('has the fields of the contract and no other', async () => {
    expect((await http.inject({ url: '/api/read' })).body).toBe('{"a":1}');
  });

  it('to a fault of the program says a number to quote, and nothing of the inside', async () => {
    const answer = await http.inject({ url: '/api/fault' });
    expect(answer.statusCode).toBe(500);
    expect(Object.keys(answer.json()).sort()).toEqual(['code', 'kind', 'message', 'reference']);
    expect(answer.body).not.toMatch(/password|select|\.ts|Error/);
  });

  it('with a file is saved under its name, whatever signs the name has', async () => {
    const { headers } = await http.inject({ url: '/api/file' });
    expect(headers['content-disposition']).toBe(
      "attachment; filename*=UTF-8''%E8%A1%A8%22%E4%B8%80%3B%0D%0Ax-made-up%3A%201",
    );
    expect(headers['x-made-up']).toBeUndefined();
  });
});

describe('what nobody may ask for', () => {
  it.each([
    '/../auth-secret',
    '/..%2fauth-secret',
    '/assets/../../auth-secret',
    '/assets/%2e%2e/%2e%2e/.git/config',
    '/.git/config',
    '//auth-secret',
  ])('%s leads to no file beside the desk', async (url) => {
    expect((await http.inject({ url })).body).not.toContain(secret);
  });

  it('a folder is not listed', async () => {
    for (const url of ['/assets', '/assets/']) {
      expect((await http.inject({ url })).body).not.toContain('index-1a2b');
    }
  });

  it.each(['TRACE', 'CONNECT', 'PROPFIND'])('%s is no way to ask', async (method) => {
    expect(
      await raw(`${method} /api/read HTTP/1.1\r\nhost: x\r\ncookie: a=${secret}\r\nconnection: close\r\n\r\n`),
    ).not.toMatch(/^HTTP\/1\.1 200|the-password/);
  });

  it.each([
    'content-length: 7\r\ntransfer-encoding: chunked',
    'content-length: 7\r\ncontent-length: 8',
    'transfer-encoding: chunked\r\ntransfer-encoding: identity',
  ])('a request of two lengths is refused and its rest not read as another: %j', async (lengths) => {
    const head = `POST /api/write HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${lengths}\r\n\r\n`;
    const answer = await raw(`${head}0\r\n\r\nGET /api/read HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
    expect(answer).toMatch(/^(HTTP\/1\.1 400 |$)/);
    expect(answer).not.toContain('{"a":1}');
  });

  it.each(['{"a":1,"__proto__":{"b":2}}', '{"a":1,"constructor":{"prototype":{"b":2}}}'])(
    'a body that would change what all objects inherit is refused: %s',
    async (payload) => {
      const headers = { 'content-type': 'application/json' };
      const answer = await http.inject({ method: 'POST', url: '/api/write', headers, payload });
      expect(answer.statusCode).toBe(400);
    },
  );
});

/** Sends bytes as they are, and returns everything that comes back until the server closes. */
async function raw(bytes: string): Promise<string> {
  await http.listen({ port: 0, host: '127.0.0.1' }).catch((error: { code?: string }) => {
    if (error.code !== 'FST_ERR_REOPENED_SERVER') throw error;
  });
  const { port } = http.server.address() as { port: number };
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    socket.setTimeout(5_000, () => socket.destroy());
    socket.on('data', (chunk) => {
      answer += chunk.toString();
    });
    socket.on('error', () => {});
    socket.once('close', () => resolve(answer));
  });
}
