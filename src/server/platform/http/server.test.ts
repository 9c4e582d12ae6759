import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { route, type Upload, upload } from '#contract/route.ts';
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

const take = route({
  name: 'test.take',
  method: 'POST',
  path: '/api/take',
  access: 'public',
  summary: '收下文件',
  body: upload(10_000),
  output: z.object({ bytes: z.number() }),
});

describe('what no route ever sees', () => {
  let folder: string;
  let http: Awaited<ReturnType<typeof openHttp>>;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'dudao-http-'));
    writeFileSync(join(folder, 'index.html'), '<!doctype html><div id="desk"></div>');
    http = await openHttp({
      endpoints: [
        {
          route: take,
          answer: async ({ receive }) => ({ value: { bytes: ((await receive!()) as Upload).file.bytes.length } }),
        },
      ],
      webRoot: folder,
      logLevel: 'silent',
    });
    await http.listen({ port: 0, host: '127.0.0.1' });
  });
  afterAll(async () => {
    await http.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Writes bytes as they are, closes its side, and returns all that comes back. */
  async function raw(text: string): Promise<string> {
    const socket = connect((http.server.address() as AddressInfo).port, '127.0.0.1');
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    socket.write(text);
    await once(socket, 'close');
    return answer;
  }

  const post = (contentType: string, body: string) =>
    `POST /api/take HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: ${contentType}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
  const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nabc';

  it.each([
    ['a path that is no text', 'GET /api/% HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['a path of half a character', 'GET /api/%E0%A4 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['no HTTP', 'HELLO\r\n\r\n'],
    ['a header without a name', 'GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n'],
    ['an endless header', `GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(40_000)}\r\n\r\n`],
    ['an upload without a boundary', post('multipart/form-data', 'abc')],
    ['an upload that is none', post('multipart/form-data; boundary=b', 'abc')],
    ['an upload that is cut off in its part', post('multipart/form-data; boundary=b', part)],
    ['an upload cut off in its headers', post('multipart/form-data; boundary=b', part.slice(0, 30))],
  ])('%s is refused with headers, a sentence and a reference', async (_, text) => {
    const [head = '', body = ''] = (await raw(text)).split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 400 /);
    expect(head.toLowerCase()).toContain("content-security-policy: default-src 'self'");
    expect(head.toLowerCase()).toContain('x-content-type-options: nosniff');
    expect(JSON.parse(body)).toMatchObject({
      code: 'request.invalid',
      message: expect.stringMatching(/^提交的内容不符合要求：/),
      reference: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it('takes a whole upload', async () => {
    expect(await raw(post('multipart/form-data; boundary=b', `${part}\r\n--b--\r\n`))).toContain('{"bytes":3}');
  });

  it.each(['/.env', '/.git/config', '/x.php', '/%2eenv', '/assets/.map'])('%s is no page of the desk', async (url) => {
    expect((await http.inject({ url })).statusCode).toBe(404);
  });

  it.each(['/', '/people', '/filings/review?unit=1.5'])('%s is', async (url) => {
    const { statusCode, body } = await http.inject({ url });
    expect([statusCode, body]).toEqual([200, expect.stringContaining('id="desk"')]);
  });
});
