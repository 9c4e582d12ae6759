import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { expect, it } from 'vitest';

/** The log goes to the standard output of the process, so it is read from outside. */
const program = `
  import { z } from 'zod';
  import { route } from '#contract/route.ts';
  import { openHttp } from '#platform/http/server.ts';
  const asked = { name: 'x.write', method: 'POST', path: '/api/write', access: 'public', summary: 'x' };
  const endpoint = {
    route: route({ ...asked, body: z.object({}), output: z.object({}) }),
    answer: async () => { throw new Error('first line\\n{"level":10,"msg":"made up"}'); },
  };
  const http = await openHttp({ endpoints: [endpoint] });
  const headers = { cookie: 'dudao.session_token=the-session', authorization: 'Bearer the-token', 'user-agent': 'a\\tb' };
  const payload = { password: 'the-password' };
  await http.inject({ method: 'POST', url: '/api/write?x=%0A%7B%22made%22:1%7D', headers, payload });
  await http.close();
`;

it('a fault is one line of JSON with time and number, whatever a caller sends; nothing of the request’s secrets is in it', () => {
  const root = path.resolve(import.meta.dirname, '../../../..');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', program],
    { cwd: root, encoding: 'utf8', timeout: 120_000 },
  );
  const lines = stdout.trimEnd().split('\n');
  expect([lines.length, stderr]).toEqual([1, '']);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    level: 50,
    time: expect.any(Number),
    msg: 'fault',
    reference: expect.stringMatching(/^[0-9a-f-]{36}$/),
    err: { message: 'first line\n{"level":10,"msg":"made up"}' },
  });
  expect(stdout).not.toMatch(/the-(session|token|password)/);
}, 150_000);
