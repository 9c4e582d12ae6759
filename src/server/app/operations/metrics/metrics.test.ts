import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloneWithOwner } from '#test/support/database/database.ts';
import { type RunningServer, runServer } from '../../run.ts';

const token = 'a-token-of-the-collector';
let clone: Awaited<ReturnType<typeof cloneWithOwner>>;
let dataDir: string;
let server: RunningServer;
const start = (metricsToken: string | null) =>
  runServer({
    config: { port: 0, host: '127.0.0.1', dataDir, logLevel: 'silent', metricsToken },
    ...{ appUrl: clone.database.appUrl, sample: false, background: false },
  });
const ask = (path: string, authorization?: string) =>
  fetch(`${server.address}${path}`, { headers: authorization === undefined ? {} : { authorization } });

beforeAll(async () => {
  clone = await cloneWithOwner();
  dataDir = mkdtempSync(join(tmpdir(), 'dudao-metrics-'));
  server = await start(token);
});
afterAll(async () => {
  await server.close();
  await clone.close();
  rmSync(dataDir, { recursive: true, force: true });
});

describe('metrics', () => {
  it.each([undefined, '', 'Bearer', `Bearer ${token}x`, `Bearer ${token.slice(1)}`, `Basic ${token}`])(
    'are kept from whoever sends %s',
    async (authorization) => {
      const answer = await ask('/metrics', authorization);
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain('dudao_');
    },
  );

  it('count requests by template and status, and name no id, no person and no address', async () => {
    await ask('/api/health');
    await ask('/api/filings/0b0e6a0e-0000-4000-8000-000000000001?query=张三');
    await ask('/api/no-such-address/4711');
    await clone.owner.query(
      `insert into jobs (name, data, state, failed_at, error) values ('balance.recompute', '{}', 'failed', now(), 'x')`,
    );
    await clone.owner.query(
      `select record_audit(3, null, null, 'slow.begun', 'thing', '1', '{}', null, null, null, '某人', null, '10.1.2.3', null,
         null, null, null, null, null)`,
    );
    const answer = await ask('/metrics', `Bearer ${token}`);
    expect(answer.headers.get('content-type')).toContain('version=0.0.4');
    const text = await answer.text();
    const lines = text.split('\n');
    expect(lines).toContain('dudao_http_requests_total{method="GET",route="/api/health",status="200"} 1');
    expect(lines).toContain('dudao_http_requests_total{method="GET",route="/api/filings/:filingId",status="401"} 1');
    expect(lines).toContain('dudao_http_requests_total{method="GET",route="other",status="404"} 1');
    expect(lines).toContain('dudao_http_request_seconds_bucket{method="GET",route="/api/health",le="+Inf"} 1');
    expect(lines).toContain('dudao_jobs{state="failed"} 1');
    expect(lines).toContain('dudao_database_up 1');
    expect(text).toMatch(/^dudao_audit_unsealed_seconds \d/m);
    expect(text).not.toMatch(/4711|0b0e6a0e|张三|某人|10\.1\.2\.3|127\.0\.0\.1/);
    // Every line of a number is a name, labels and one number.
    const numbers = lines.filter((line) => line !== '' && !line.startsWith('#'));
    expect(numbers.filter((line) => !/^[a-z_]+(\{([a-z]+="[^"]*",?)+\})? \d+(\.\d+)?$/.test(line))).toEqual([]);
  });

  it('do not exist without a token', async () => {
    await server.close();
    server = await start(null);
    const answer = await ask('/metrics', 'Bearer null');
    expect(await answer.text()).not.toContain('dudao_http');
  });
});
