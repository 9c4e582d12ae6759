import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { PostName } from '#domain/access/actor.ts';
import { withLease } from '#platform/db/handle.ts';
import { hearNotifications } from '#platform/db/notifications.ts';
import { openTestApp, type TestApp } from '#test/support/app.ts';
import { schools, units } from '#test/support/scenario.ts';
import type { Credential, LookUpSession } from './session.ts';
import { rememberSessions } from './session-memory.ts';

let app: TestApp;
let asked = 0;
let reliable = true;
const ask: LookUpSession = (asking, credential, now) => {
  asked += 1;
  return app.services.lookUp(asking, credential, now);
};
const memory = rememberSessions(ask, { reliable: () => reliable });
const now = new Date('2025-10-15T02:00:00Z');

beforeAll(async () => {
  app = await openTestApp({ features: [], now });
});
afterAll(() => app.close());

function credentialOf(member: Parameters<TestApp['as']>[0]): Credential {
  return { cookieToken: decodeURIComponent(app.as(member).cookie.split('=')[1] ?? '') };
}
const lookUp = (member: Parameters<TestApp['as']>[0], at = now, post: PostName | null = null) =>
  withLease(app.services.pool, (held) =>
    memory.lookUp(held, { ...credentialOf(member), ...(post === null ? {} : { post }) }, at),
  );

/** An act takes away the rights of each of these people; nobody else in this file needs them afterwards. */
function memberOf(act: string): Parameters<TestApp['as']>[0] {
  if (act.includes('sessions')) return 'foreignHead';
  if (act.includes('assignments')) return 'inspector';
  if (act.includes('stand_ins')) return 'standIn';
  return act.includes('grants') ? 'otherOfficer' : 'neighbourClerk';
}

describe('a session in memory', () => {
  it('is looked up once in five seconds', async () => {
    const first = await lookUp('clerk');
    expect(first?.actor.role).toBe('school-clerk');
    expect(await lookUp('clerk', new Date(now.getTime() + 4_900))).toBe(first);
    expect(asked).toBe(1);
    await lookUp('clerk', new Date(now.getTime() + 5_000));
    expect(asked).toBe(2);
  });

  it('is kept for each post separately, and a post that the person does not hold opens nothing', async () => {
    memory.forget();
    const before = asked;
    const at = (index: number) =>
      withLease(app.services.pool, (held) => {
        const grantId = app.as('threePosts').grants[index] ?? '00000000-0000-4000-8000-000000000000';
        return memory.lookUp(held, { ...credentialOf('threePosts'), post: { grantId, standInId: null } }, now);
      });
    const roles = [];
    for (const index of [0, 1, 0, 1]) roles.push((await at(index))?.actor.role);
    expect(roles).toEqual(['school-head', 'county-officer', 'school-head', 'county-officer']);
    expect(asked - before).toBe(2);
    expect(await at(9)).toMatchObject({ postHeld: false, actor: { role: '', post: null }, scope: { places: [] } });
  });

  it('is found by one statement, whatever the post', async () => {
    for (const member of ['clerk', 'cityOfficer', 'threePosts', 'standIn', 'inspector', 'expert'] as const) {
      const { post } = app.as(member);
      await withLease(app.services.pool, async (held) => {
        await app.services.lookUp(held, { ...credentialOf(member), ...(post === null ? {} : { post }) }, now);
        expect(held.statements, member).toBe(1);
      });
    }
  });

  it('is looked up again when "last seen" is due, so that the database measures idleness', async () => {
    memory.forget();
    const before = asked;
    const late = new Date(now.getTime() + 61_000);
    await lookUp('head', late);
    await lookUp('head', late);
    expect(asked - before).toBe(2);
  });

  it('is not kept at all while notifications of changes cannot arrive', async () => {
    memory.forget();
    reliable = false;
    const before = asked;
    await lookUp('clerk');
    await lookUp('clerk');
    expect(asked - before).toBe(2);
    reliable = true;
  });

  it('is not kept when a change arrives during the look-up', async () => {
    memory.forget();
    const before = asked;
    await withLease(app.services.pool, async (held) => {
      const going = memory.lookUp(held, credentialOf('clerk'), now);
      memory.forget();
      await going;
    });
    await lookUp('clerk');
    expect(asked - before).toBe(2);
  });

  it.each([
    ['the end of a session', `delete from sessions where user_id = $1`],
    ['a revoked role', `update grants set revoked_at = now() where person_id = $1`],
    ['a disabled account', `update people set status = 'disabled' where id = $1`],
    [
      'an assignment that ends',
      `update assignments set ended_at = now() where grant_id in (select id from grants where person_id = $1)`,
    ],
    ['a stand-in that ends', `update stand_ins set ended_at = now() where person_id = $1`],
  ])('is dropped after %s, whoever causes it', async (_, act) => {
    const url = new URL(app.services.pool.options.connectionString as string);
    const ears = hearNotifications({ url: url.href, channel: 'access_changed', heard: () => memory.forget() });
    try {
      await vi.waitFor(() => expect(ears.hears).toBe(true), { timeout: 10_000 });
      const member = memberOf(act);
      const reach = async () => {
        const signed = await lookUp(member, now, app.as(member).post);
        const permissions = signed?.postHeld ? signed.actor.permissions.size : 0;
        return signed?.scope.schools === null ? permissions : (signed?.scope.schools.length ?? 0) * permissions;
      };
      expect(await reach()).toBeGreaterThan(0);
      await app.owner.query(act, [app.as(member).personId]);
      await vi.waitFor(async () => expect(await reach()).toBe(0), { timeout: 10_000 });
    } finally {
      await ears.stop();
    }
  });

  it('is dropped when the school moves: its accounts go with it, and a notification with them', async () => {
    const ears = hearNotifications({
      url: app.services.pool.options.connectionString as string,
      channel: 'access_changed',
      heard: () => memory.forget(),
    });
    try {
      await vi.waitFor(() => expect(ears.hears).toBe(true), { timeout: 10_000 });
      expect((await lookUp('cityManagedHead'))?.scope.places).toEqual([units.fengze.id]);
      await app.owner.query(
        'update school_places set county_id = $1, former_counties = array[county_id] where school_id = $2',
        [units.licheng.id, schools.cityManaged.id],
      );
      const both = [units.licheng.id, units.fengze.id];
      await vi.waitFor(async () => expect((await lookUp('cityManagedHead'))?.scope.places).toEqual(both), {
        timeout: 10_000,
      });
    } finally {
      await ears.stop();
    }
  });
});
