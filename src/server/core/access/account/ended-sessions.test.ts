import { afterAll, beforeAll, expect, it } from 'vitest';
import * as people from '#contract/people/people.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { openSession } from '#test/support/cast.ts';

let app: TestApp;
beforeAll(async () => {
  app = await openTestApp();
});
afterAll(() => app.close());

it('counts the sign-ins that it ends, and not those that were over and are not tidied yet', async () => {
  const { personId } = app.as('threePosts');
  const openAt = (now: Date) => openSession(app.owner, personId, now);
  await app.owner.query('delete from sessions where user_id = $1', [personId]);
  await openAt(app.clock.now);
  await openAt(new Date(app.clock.now.getTime() - 86_400_000));
  await app.as('systemAdministrator').call(people.endSessions, { params: { personId } });
  const { rows } = await app.owner.query(
    `select after from audit_events where action = 'person.sessionsEnded' and object_id = $1`,
    [personId],
  );
  expect(rows).toEqual([{ after: { ended: 1 } }]);
  const left = await app.owner.query('select 1 from sessions where user_id = $1', [personId]);
  expect(left.rows).toEqual([]);
});
