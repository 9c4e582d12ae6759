import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { route, upload } from '#contract/route.ts';
import { type ClientBounds, clientBounds } from './body-bounds.ts';
import type { Endpoint } from './endpoint.ts';
import { openHttp } from './server.ts';

const bounds: ClientBounds = {
  ...clientBounds,
  header: 600,
  body: 900,
  upload: 5_000,
  pause: 400,
  silence: 1_500,
  idle: 300,
  unfinished: 3,
};
/** How much later than its bound a connection may end on a machine with much to do. */
const grace = 2_500;

const shared = { access: 'public', summary: '试' } as const;
const heard = { ...shared, output: z.object({ heard: z.int() }) };
const endpoints: Endpoint[] = [
  {
    route: route({ ...heard, name: 'test.read', method: 'GET', path: '/api/read' }),
    answer: async () => ({ value: { heard: 0 } }),
  },
  {
    route: route({ ...heard, name: 'test.write', method: 'POST', path: '/api/write', body: z.looseObject({}) }),
    answer: async ({ body }) => ({ value: { heard: JSON.stringify(body).length } }),
  },
  {
    route: route({ ...heard, name: 'test.upload', method: 'POST', path: '/api/upload', body: upload(1024 * 1024) }),
    answer: async ({ receive }) => ({ value: { heard: (await receive?.())?.file.bytes.length ?? 0 } }),
  },
];

let http: Awaited<ReturnType<typeof openHttp>>;
let port: number;
/** Requests of which the server has read the header. */
let begun = 0;
beforeAll(async () => {
  http = await openHttp({ endpoints, logLevel: 'silent', bounds });
  await http.listen({ port: 0, host: '127.0.0.1' });
  port = (http.server.address() as { port: number }).port;
  http.server.on('request', () => {
    begun += 1;
  });
});
afterAll(() => http.close());

interface Ending {
  readonly answer: string;
  readonly after: number;
}

const open: Array<() => void> = [];
afterEach(() => {
  for (const end of open.splice(0)) end();
});

/** Sends the beginning, then the drop again and again, until the server closes the connection. */
function talk(
  beginning: string,
  drop = '',
  every = 100,
): { readonly socket: Socket; readonly ending: Promise<Ending> } {
  const begun = performance.now();
  const socket = connect(port, '127.0.0.1');
  let answer = '';
  socket.on('data', (chunk) => {
    answer += chunk.toString();
  });
  socket.on('error', () => {});
  if (beginning) socket.write(beginning);
  const dripping = drop ? setInterval(() => socket.writable && socket.write(drop), every) : undefined;
  const end = () => {
    clearInterval(dripping);
    socket.destroy();
  };
  open.push(end);
  const ending = new Promise<Ending>((resolve) => {
    socket.once('close', () => {
      end();
      resolve({ answer, after: performance.now() - begun });
    });
  });
  return { socket, ending };
}

const head = (line: string, ...headers: string[]) => [`${line} HTTP/1.1`, 'host: x', ...headers, '', ''].join('\r\n');
const json = 'content-type: application/json';
const form = 'content-type: multipart/form-data; boundary=b';
const part = '--b\r\ncontent-disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n';

describe('a client that does not finish', () => {
  it.each([
    { what: 'a connection without a word', beginning: '', bound: bounds.header },
    { what: 'a header that drips', beginning: 'GET /api/read HTTP/1.1\r\nx: ', drop: 'x', bound: bounds.header },
    { what: 'a header that stops', beginning: 'GET /api/read HTTP/1.1\r\n', bound: bounds.header },
  ])('$what is cut off', async ({ beginning, drop, bound }) => {
    const { after } = await talk(beginning, drop).ending;
    expect(after).toBeGreaterThan(bound * 0.9);
    expect(after).toBeLessThan(bound + grace);
  });

  it.each([
    { what: 'that drips', path: '/api/write', headers: [json, 'content-length: 900'], drop: ' ', bound: bounds.body },
    { what: 'that stops', path: '/api/write', headers: [json, 'content-length: 900'], bound: bounds.pause },
    {
      what: 'in chunks without end',
      path: '/api/write',
      headers: [json, 'transfer-encoding: chunked'],
      drop: '1\r\n \r\n',
      bound: bounds.body,
    },
    {
      what: 'for no route',
      path: '/api/nowhere',
      headers: [json, 'content-length: 900'],
      drop: ' ',
      bound: bounds.body,
    },
    {
      what: 'for a page',
      path: '/assets/index.js',
      headers: [json, 'content-length: 900'],
      drop: ' ',
      bound: bounds.body,
    },
    {
      what: 'of an upload that stops',
      path: '/api/upload',
      headers: [form, 'content-length: 900'],
      beginning: part,
      bound: bounds.pause,
    },
  ])('a body $what is refused in words and cut off', async ({ path, headers, beginning = '', drop, bound }) => {
    const { answer, after } = await talk(head(`POST ${path}`, ...headers) + beginning, drop).ending;
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(answer).toMatch(/\r\nretry-after: 2\r\n/);
    expect(answer).toMatch(/\r\nconnection: close\r\n/);
    expect(answer).toContain('没有在规定时间内传完');
    expect(answer).toContain('content-security-policy');
    expect(after).toBeGreaterThan(bound * 0.9);
    expect(after).toBeLessThan(bound + grace);
  });

  it.each(['GET', 'HEAD'])('a %s with a body is refused at once', async (method) => {
    const { answer, after } = await talk(head(`${method} /api/read`, json, 'content-length: 900'), ' ').ending;
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(after).toBeLessThan(grace);
  });

  it('a body that nobody reads is cut off after its refusal', async () => {
    const { answer, after } = await talk(head('POST /api/write', 'content-type: text/html', 'content-length: 900'), ' ')
      .ending;
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(after).toBeLessThan(bounds.body + grace);
  });

  it('a connection that waits for its next request is closed', async () => {
    const { answer, after } = await talk(head('GET /api/read')).ending;
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(after).toBeLessThan(bounds.idle + 1_000 + grace);
  });

  it('an unfinished body behind a finished request is refused too', async () => {
    const beginning = head('GET /api/read') + head('POST /api/write', json, 'content-length: 900');
    const { answer } = await talk(beginning, ' ').ending;
    expect(answer).toMatch(/^HTTP\/1\.1 200 /);
    expect(answer).toContain('HTTP/1.1 408 ');
  });

  it('an address has few unfinished bodies at once, and gets its places back', async () => {
    const before = begun;
    const unfinished = Array.from({ length: bounds.unfinished }, () =>
      talk(head('POST /api/write', json, 'content-length: 900')),
    );
    await expect.poll(() => begun - before).toBe(bounds.unfinished);
    const more = () => talk(head('POST /api/write', json, 'connection: close', 'content-length: 2') + '{}').ending;
    expect((await more()).answer).toMatch(/^HTTP\/1\.1 429 /);
    await Promise.all(unfinished.map(({ ending }) => ending));
    for (let time = 0; time < 2 * bounds.unfinished; time += 1) expect((await more()).answer).toContain('{"heard":2}');
    // Whoever goes away in the middle gives the place back as well.
    for (let time = 0; time < 2 * bounds.unfinished; time += 1) {
      const present = begun;
      const gone = talk(head('POST /api/write', json, 'content-length: 900'));
      await expect.poll(() => begun).toBeGreaterThan(present);
      gone.socket.destroy();
      await gone.ending;
    }
    await expect.poll(async () => (await more()).answer).toContain('{"heard":2}');
  });
});

it('an honest upload over a slow line is received whole', async () => {
  const size = 40 * 1000;
  const tail = '\r\n--b--\r\n';
  const length = part.length + size + tail.length;
  const { socket, ending } = talk(
    head('POST /api/upload', form, 'connection: close', `content-length: ${length}`) + part,
  );
  for (let sent = 0; sent < size; sent += 2000) {
    socket.write('x'.repeat(2000));
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  socket.write(tail);
  const { answer, after } = await ending;
  expect(answer).toContain(`{"heard":${size}}`);
  expect(after).toBeGreaterThan(bounds.body * 2);
});
