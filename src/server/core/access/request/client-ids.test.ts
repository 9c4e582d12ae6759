import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { atPlaces, nowhere } from '#domain/access/actor.ts';
import { isProblem } from '#domain/kit/problem.ts';
import { withLease } from '#platform/db/handle.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import type { Member } from '#test/support/cast.ts';
import { units } from '#test/support/scenario.ts';
import { claimClientId } from './client-ids.store.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp({ features: [] });
});
afterAll(() => app.close());

const use = (member: Member, purpose = 'finding') => {
  return { personId: app.as(member).personId, purpose, what: '条问题', now: app.clock.now };
};
const claim = (id: string, given: ReturnType<typeof use>, meanwhile?: () => Promise<unknown>) =>
  withLease(app.services.pool, (held) =>
    held.writing(atPlaces([units.licheng.id]), async (db) => {
      const answer = await claimClientId(db, id, given);
      await meanwhile?.();
      return answer;
    }),
  );
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (error: unknown) => (isProblem(error) ? [error.code, error.message] : error),
  );

describe('an id that a desk has minted', () => {
  it('is claimed once, and the same person sends it again for the same thing', async () => {
    const id = randomUUID();
    expect(await claim(id, use('clerk'))).toBe('claimed');
    expect(await claim(id, use('clerk'))).toBe('repeated');
    expect(await claim(id.toUpperCase(), use('clerk'))).toBe('repeated');
  });

  it('is refused to everybody else, and for another thing, whatever the place', async () => {
    const id = randomUUID();
    await claim(id, use('clerk'));
    const taken = ['request.idTaken', '这条问题的编号已经用在别处，没有保存。请刷新页面，重新填写后再提交。'];
    expect(await refusal(claim(id, use('otherOfficer')))).toEqual(taken);
    expect(await refusal(claim(id, use('clerk', 'meeting')))).toEqual(taken);
  });

  it('is free again where the act that claimed it did not come to its end', async () => {
    const id = randomUUID();
    await expect(claim(id, use('clerk'), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await claim(id, use('head'))).toBe('claimed');
  });

  it('sent by two at once is stored by the first, and the second waits for its commit', async () => {
    const id = randomUUID();
    let second: Promise<unknown> | undefined;
    const waits = () =>
      app.owner
        .query(`select 1 from pg_locks where not granted and locktype = 'transactionid'`)
        .then(({ rows }) => rows);
    const first = claim(id, use('clerk'), async () => {
      second = claim(id, use('clerk'));
      await expect.poll(waits).not.toEqual([]);
    });
    expect([await first, await second]).toEqual(['claimed', 'repeated']);
  });

  it('is neither changed nor removed by the program', async () => {
    for (const statement of ['update client_ids set used_for = used_for', 'delete from client_ids']) {
      const change = withLease(app.services.pool, (held) => held.writing(nowhere, () => held.query(statement)));
      await expect(change).rejects.toThrow(/permission denied/);
    }
  });
});
